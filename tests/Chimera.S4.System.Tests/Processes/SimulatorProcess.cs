using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>The exchange, in a process of its own, so that it outlives the router. The market is frozen: what a story expects, it can compute.</summary>
/// <param name="limits">Factor on Binance's rate limits; <c>x1</c>: its own.</param>
sealed class SimulatorProcess(string folder, string limits = "x100") : ServerProcess("simulator", folder)
{
    readonly int port = Ports.Free();

    public Uri Address => new($"http://127.0.0.1:{port}");
    public Uri Sockets => new($"ws://127.0.0.1:{port}");
    public const string Key = "paper-api-key", Secret = "paper-api-secret";

    protected override (string, IEnumerable<string>) Command => (Executables.Of("Chimera.S4.Simulator"),
        ["--urls", $"http://127.0.0.1:{port}", "--volatility", "0", "--depth", "10000000", "--limits", limits, "--data", Path.Combine(Folder, "exchange.jsonl")]);

    protected override async Task<string?> NotReady()
    {
        using var http = new JsonCaller(Address);
        return (await http.Get("/api/v3/ping")).Status == 200 ? null : "it does not answer a ping";
    }
}
