using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chimera.S4.Router.Tests.Simulator;

/// <summary>One answer of the exchange.</summary>
public sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    public int Code => Json.GetProperty("code").GetInt32();
    public string Message => Json.GetProperty("msg").GetString()!;
    public string this[string name] => Json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Json.GetProperty(name).GetRawText();
    public decimal Amount(string name) => decimal.Parse(this[name], CultureInfo.InvariantCulture);
}

/// <summary>A Binance client written for these tests alone: it signs by the documents, not by the simulator's code.</summary>
public sealed class VenueClient(Uri address, string apiKey = "paper-api-key", string secret = "paper-api-secret") : IDisposable
{
    /// <summary>What it signs by: the simulator's own clock, where a test holds that one still.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    /// <summary>Everything in the query, signed, with a fresh timestamp unless the parameters bring one.</summary>
    public Task<Answer> Signed(string method, string path, string parameters = "")
    {
        var query = parameters.Contains("timestamp=") ? parameters : $"{parameters}{(parameters == "" ? "" : "&")}timestamp={Clock.GetUtcNow().ToUnixTimeMilliseconds()}";
        return Raw(method, $"{path}?{query}&signature={Sign(query)}");
    }

    public Task<Answer> Public(string path) => Raw("GET", path, withKey: false);

    public async Task<Answer> Raw(string method, string pathAndQuery, string? body = null, bool withKey = true, string? contentType = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), pathAndQuery);
        if (withKey) request.Headers.Add("X-MBX-APIKEY", apiKey);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, contentType ?? "application/x-www-form-urlencoded");
        using var response = await _http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    public Task<Answer> Admin(string method, string path, object? body = null) =>
        Raw(method, path, body is null ? null : JsonSerializer.Serialize(body), withKey: false, "application/json");

    public void Dispose() => _http.Dispose();
}
