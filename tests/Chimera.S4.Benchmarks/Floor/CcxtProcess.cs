using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Floor;

/// <summary>ccxt's createOrder in a Node process: what a user would write instead of S4, without a bus and without anything that outlives a crash.</summary>
sealed class CcxtProcess(string folder, Uri rest, Uri sockets) : ServerProcess("ccxt", folder)
{
    static readonly string Client = Path.Combine(Executables.Root, "tests", "clients", "ccxt");

    readonly int port = Ports.Free();

    public Uri Address => new($"http://127.0.0.1:{port}");

    protected override (string, IEnumerable<string>) Command =>
        ("node", [Path.Combine(Client, "placer.mjs"), port.ToString(CultureInfo.InvariantCulture), rest.AbsoluteUri, sockets.AbsoluteUri, SimulatorProcess.Key, SimulatorProcess.Secret]);

    protected override async Task<string?> NotReady()
    {
        using var http = new JsonCaller(Address);
        return (await http.Get("/")).Status == 200 ? null : "it has not read the markets";
    }

    /// <summary>Restores the client's packages where they are not there. What is lacking to run it; null: nothing.</summary>
    public static async Task<string?> Lacking()
    {
        if (!await Succeeds("node", "--version")) return "node is not here";
        if (Directory.Exists(Path.Combine(Client, "node_modules", "ccxt"))) return null;
        return await Succeeds("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent") ? null : "npm could not restore ccxt";
    }

    static async Task<bool> Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Client, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;       // no such program
        }
    }
}
