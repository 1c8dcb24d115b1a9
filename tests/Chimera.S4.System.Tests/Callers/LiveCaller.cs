using System.Text.Json;

namespace Chimera.S4.System.Tests.Callers;

/// <summary>A watcher of <c>GET /ops/live</c>, which knows no more of it than that events have a name and JSON.</summary>
sealed class LiveCaller(HttpClient http, StreamReader lines) : IDisposable
{
    static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);
    readonly Dictionary<string, JsonElement> latest = [];

    public static async Task<LiveCaller> Open(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        return new LiveCaller(http, new StreamReader(await http.GetStreamAsync("/ops/live")));
    }

    /// <summary>Reads on until such an event is told; at once where the latest of that name is such: what does not change is not told again.</summary>
    public async Task Told(string name, Func<JsonElement, bool> holds)
    {
        if (latest.TryGetValue(name, out var known) && holds(known)) return;
        using var bound = new CancellationTokenSource(Generous);
        for (string? line, kind = ""; (line = await lines.ReadLineAsync(bound.Token)) is not null;)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line["event: ".Length..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            latest[kind] = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            if (kind == name && holds(latest[kind])) return;
        }
        throw new InvalidOperationException($"the stream has ended before such a '{name}'");
    }

    public void Dispose()
    {
        lines.Dispose();
        http.Dispose();
    }
}
