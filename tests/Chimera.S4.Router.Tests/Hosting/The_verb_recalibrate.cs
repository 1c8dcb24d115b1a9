using System.Globalization;
using Xunit;

namespace Chimera.S4.Router.Tests.Hosting;

/// <summary>The built router as a process of its own, with a file of figures.</summary>
public sealed class The_verb_recalibrate : IDisposable
{
    static readonly int[] Waits = [0, 100, 250, 500, 1000, 2000, 3000];

    readonly string folder = Directory.CreateTempSubdirectory("s4-verb-").FullName;

    [Fact]
    public async Task Shows_what_would_be_written_and_then_writes_it_and_trades_nothing()
    {
        var source = Path.Combine(folder, "tca.jsonl");
        var at = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("O", CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(source, [.. Enumerable.Range(0, 301).Select(i => Line(at, Waits[i % Waits.Length])), "nonsense"]);

        var dry = await Run(source, "--recalibrate", "--dry-run");
        foreach (var part in new[] { "A dry run: nothing is written", "BTCUSDT  revision 1 is the first, 301 legs", "How long to rest", "→ 2000 in the shadow", "1 left out", "line 302", "ETHUSDT  no curve, 0 legs" }) Assert.Contains(part, dry, StringComparison.Ordinal);
        Assert.Contains("revision 1 is the first", await Run(source, "--recalibrate"), StringComparison.Ordinal);
        Assert.Contains("has been calibrated already", await Run(source, "--recalibrate"), StringComparison.Ordinal);
        Assert.Contains("BTCUSDT  revision 1 stays, 301 legs", await Run(source, "--recalibrate", "--dry-run"), StringComparison.Ordinal);
        Assert.Equal(["data", "tca.jsonl"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order());
        Assert.DoesNotContain("paper-exchange.jsonl", Directory.EnumerateFiles(Path.Combine(folder, "data")).Select(Path.GetFileName));
    }

    // Nobody ever came, and each second of waiting cost a basis point more.
    static string Line(string at, int waitMs) =>
        $$"""{"symbol":"BTCUSDT","market":"SPOT","at":"{{at}}","notional":"500","spread_bps":"1","depth":"9000","wait_ms":{{waitMs}},"propensity":"0.5","made_share":0,"rested_ms":{{waitMs}},"taker_bps":{{3 + waitMs / 1000m}}}""";

    async Task<string> Run(string source, params string[] switches)
    {
        await using var router = new RouterProcess(switches, ("S4_TCA_SOURCE", source), ("S4_DATA_DIR", Path.Combine(folder, "data")));
        Assert.True(await router.Exit() == 0, router.Output + router.Errors);
        return router.Output;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
