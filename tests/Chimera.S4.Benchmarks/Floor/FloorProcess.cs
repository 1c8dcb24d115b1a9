using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Floor;

/// <summary>This program once more, as the floor.</summary>
sealed class FloorProcess(string folder, Uri broker, string redis, Uri rest, Uri sockets) : ServerProcess("floor", folder)
{
    readonly int port = Ports.Free();

    public Uri Address => new($"http://127.0.0.1:{port}");

    protected override (string, IEnumerable<string>) Command => (ThisProgram, ["floor", broker.AbsoluteUri, redis, rest.AbsoluteUri, sockets.AbsoluteUri, Address.AbsoluteUri]);

    static string ThisProgram => Path.Combine(AppContext.BaseDirectory, "Chimera.S4.Benchmarks");

    protected override Task<string?> NotReady() => Task.FromResult(Output.Contains(FloorPipeline.Ready, StringComparison.Ordinal) ? null : "it has not said that it is ready");
}
