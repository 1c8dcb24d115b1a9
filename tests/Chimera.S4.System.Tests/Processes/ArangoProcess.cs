using System.Net.Sockets;
using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>The stand-in for ArangoDB. What it has answered is on disk: killed and started again, it has lost nothing.</summary>
sealed class ArangoProcess(string folder) : ServerProcess("arango", folder)
{
    public const string Password = "story";
    readonly int port = Ports.Free();

    public Uri Address => new($"http://127.0.0.1:{port}");

    protected override (string, IEnumerable<string>) Command => (Executables.Of("Chimera.S4.ArangoStandIn", "tests"), ["--url", $"http://127.0.0.1:{port}", "--password", Password, "--data", Path.Combine(Folder, "arango.jsonl")]);

    protected override async Task<string?> NotReady()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return null;
        }
        catch (SocketException refused)
        {
            return refused.Message;
        }
    }
}
