using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chimera.S4.System.Tests.Callers;

/// <summary>An HTTP answer, read without any type of S4.</summary>
sealed record Answer(int Status, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    public string? Text(string name) => Json.ValueKind is JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
    public decimal Amount(string name) => decimal.Parse(Text(name)!, CultureInfo.InvariantCulture);
    public override string ToString() => $"{Status} {Body}";
}

/// <summary>REST with JSON bodies.</summary>
sealed class JsonCaller(Uri address, string? key = null) : IDisposable
{
    // Longer than the longest wait that a caller may prefer.
    readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(90) };

    public Task<Answer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));
    public Task<Answer> Post(string path, JsonNode body, int? waitSeconds = null) => PostText(path, body.ToJsonString(), waitSeconds);

    public Task<Answer> PostText(string path, string body, int? waitSeconds = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (waitSeconds is { } seconds) request.Headers.Add("Prefer", $"wait={seconds}");
        return Send(request);
    }

    public Task<Answer> Put(string path, JsonNode body) =>
        Send(new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") });

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        if (key is not null) request.Headers.Add("X-API-Key", key);
        using (request)
        using (var response = await http.SendAsync(request)) return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();
}
