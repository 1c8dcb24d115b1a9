using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Xunit;

namespace Chimera.S4.Router.Tests.Recalibration;

public sealed class The_daily_recalibration : IAsyncLifetime
{
    static readonly DateOnly Monday = new(2026, 11, 23);

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 0, 5, 0, TimeSpan.Zero));
    readonly SqliteBackend backend;
    readonly SqliteCurveStore store;
    readonly Figures figures = new();
    readonly RecalibrationMetrics metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
    readonly string folder = Directory.CreateTempSubdirectory("s4-recalibration-").FullName;

    public The_daily_recalibration()
    {
        backend = new SqliteBackend(clock: clock);
        store = new SqliteCurveStore(backend.Database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await backend.DisposeAsync();
    }

    CurveRecalibration Work(ICurveStore? to = null, string? table = null) =>
        new(figures, to ?? store, new CurvesOptions { TablePath = table }, new PolicyLimits(), ["BTCUSDT", "ETHUSDT"], clock, metrics) { Rules = new CalibrationRules { Resamples = 50 } };

    async Task<RouteCurves?> Stored(string symbol = "BTCUSDT") => (await store.Read([symbol], Given.Ever))[0] is { } text ? CurvesJson.Read(text, out _) : null;

    Task<RecalibrationReport> Run(int day = 0, bool dryRun = false, ICurveStore? to = null) => Work(to).Run(Monday.AddDays(day), dryRun, Given.Ever);

    [Fact]
    public async Task Writes_the_first_revision_where_there_is_something_to_learn_from()
    {
        figures.Legs["BTCUSDT"] = Patient();
        await Run();
        var curves = (await Stored())!;
        Assert.Equal((1, 3000, 0.04m, clock.GetUtcNow()), (curves.Rev, curves.WaitMs(Market.Spot, 1, 0, 0)!.Value, curves.Explore!.Share, curves.MadeAt!.Value));
        Assert.Null(await Stored("ETHUSDT"));
    }

    [Fact]
    public async Task Makes_a_step_on_the_second_day_and_keeps_what_was_before()
    {
        await store.Replace("BTCUSDT", null, """{"rev":4,"maker_wait_ms":[{"notional_from":"0","value":500}]}""", Given.Ever);
        figures.Legs["BTCUSDT"] = Patient();
        await Run();
        Assert.Equal((4, 1000), ((await Stored())!.Rev, (await Stored())!.Learning!.ShadowWaitMs.Single().Value));
        await Run(day: 1);
        var curves = (await Stored())!;
        Assert.Equal((5, 4, 1000, 500), (curves.Rev, curves.PreviousRev, curves.WaitMs(Market.Spot, 500, 2, 10_000)!.Value, curves.Learning!.PreviousWaitMs.Single().Value));
    }

    /// <summary>Two replicas that both believe that it is theirs to do.</summary>
    [Fact]
    public async Task Is_done_once_however_many_do_it_at_once()
    {
        await store.Replace("BTCUSDT", null, """{"rev":4,"maker_wait_ms":[{"notional_from":"0","value":500}]}""", Given.Ever);
        figures.Legs["BTCUSDT"] = Patient();
        for (var day = 0; day < 2; day++)
        {
            var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Run(day)));
            Assert.Single(reports, report => report.Symbols[0].IsWritten);
        }
        Assert.Equal(5, (await Stored())!.Rev);
    }

    [Fact]
    public async Task Builds_upon_what_another_has_written_meanwhile()
    {
        figures.Legs["BTCUSDT"] = Patient();
        var meddled = new Meddled(store, """{"rev":9,"maker_wait_ms":[{"notional_from":"0","value":250}]}""");
        await Run(to: meddled);
        Assert.Equal((9, 500), ((await Stored())!.Rev, (await Stored())!.Learning!.ShadowWaitMs.Single().Value));
    }

    [Fact]
    public async Task Leaves_a_document_alone_that_it_cannot_read_and_says_why()
    {
        await store.Replace("BTCUSDT", null, """{"rev":0}""", Given.Ever);
        figures.Legs["BTCUSDT"] = Patient();
        Assert.Contains("rev 0 must be a whole number from 1", Assert.Single((await Run()).Symbols[0].Said), StringComparison.Ordinal);
        Assert.Equal("""{"rev":0}""", (await store.Read(["BTCUSDT"], Given.Ever))[0]);
    }

    [Fact]
    public async Task Starts_from_the_file_where_the_store_has_nothing()
    {
        var table = Path.Combine(folder, "route.json");
        await File.WriteAllTextAsync(table, """{"BTCUSDT":{"rev":3,"maker_wait_ms":[{"notional_from":"0","value":250}]}}""");
        figures.Legs["BTCUSDT"] = Patient();
        await Work(table: table).Run(Monday, false, Given.Ever);
        Assert.Equal((3, 500), ((await Stored())!.Rev, (await Stored())!.Learning!.ShadowWaitMs.Single().Value));
    }

    [Fact]
    public async Task Shows_in_a_dry_run_what_it_would_write_and_writes_nothing()
    {
        const string document = """{"rev":4,"maker_wait_ms":[{"notional_from":"0","value":500}]}""";
        await store.Replace("BTCUSDT", null, document, Given.Ever);
        figures.Legs["BTCUSDT"] = Patient();
        figures.Refused = [new("line 3", "symbol is missing"), new("line 9", "symbol is missing")];
        var shown = Show(await Run(dryRun: true));
        Assert.Equal(document, (await store.Read(["BTCUSDT"], Given.Ever))[0]);
        foreach (var part in new[] { "BTCUSDT  revision 4 stays, 3,000 legs", "→ 1000 in the shadow", "below 1,000", "3000 (3000)", "2 left out: symbol is missing (line 3, line 9)", "ETHUSDT  no curve, 0 legs", "nothing to learn from yet", "A dry run: nothing is written" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
        await Run();
        Assert.Contains("revision 4 → 5", Show(await Run(dryRun: true)), StringComparison.Ordinal);      // after the day's own: as tomorrow would see it
    }

    static string Show(RecalibrationReport report)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        RecalibrationScreen.Show(console, report);
        return text.ToString();
    }

    RecalibrationJob Job(string replica, RecalibrationOptions? options = null) =>
        new(Work(), new RecalibrationDays(), new SqliteLeases(backend.Database), new Replica(replica), options ?? new RecalibrationOptions(), clock, metrics, NullLogger<RecalibrationJob>.Instance);

    [Fact]
    public async Task Comes_at_its_hour_and_once_a_day()
    {
        figures.Legs["BTCUSDT"] = Patient();
        var job = Job("one");
        await job.Look(Given.Ever);
        Assert.Equal(0, figures.Reads);                            // 00:05
        clock.Advance(TimeSpan.FromMinutes(5));
        await job.Look(Given.Ever);
        await job.Look(Given.Ever);
        Assert.Equal(1, figures.Reads);
        clock.Advance(TimeSpan.FromDays(1));
        await job.Look(Given.Ever);
        Assert.Equal((2, Monday.AddDays(1)), (figures.Reads, (await Stored())!.Learning!.CalibratedOn));
    }

    [Fact]
    public async Task Is_left_to_the_one_who_holds_the_lease_and_taken_over_when_it_ends()
    {
        figures.Legs["BTCUSDT"] = Patient();
        clock.Advance(TimeSpan.FromHours(1));
        figures.IsAway = true;
        await Job("one").Look(Given.Ever);                         // and dies of it
        figures.IsAway = false;
        await Job("other").Look(Given.Ever);
        Assert.Null(await Stored());
        clock.Advance(RecalibrationJob.Every + TimeSpan.FromSeconds(1));
        await Job("other").Look(Given.Ever);
        Assert.Equal(1, (await Stored())!.Rev);
    }

    [Fact]
    public async Task Is_tried_again_after_the_source_was_away()
    {
        figures.Legs["BTCUSDT"] = Patient();
        clock.Advance(TimeSpan.FromHours(1));
        var job = Job("one");
        figures.IsAway = true;
        await job.Look(Given.Ever);
        Assert.Null(await Stored());
        figures.IsAway = false;
        await job.Look(Given.Ever);
        Assert.Equal(1, (await Stored())!.Rev);
    }

    [Fact]
    public async Task Is_not_done_where_it_is_off()
    {
        clock.Advance(TimeSpan.FromHours(1));
        await Job("one", new RecalibrationOptions { At = null }).Look(Given.Ever);
        Assert.Equal(0, figures.Reads);
    }

    // Every wait as often as any other; a fill comes within two seconds or so, and taking gets dearer slowly: it pays to wait.
    static TcaRow[] Patient()
    {
        var (random, grid) = (new Random(5), new[] { 0, 100, 250, 500, 1000, 2000, 3000 });
        return [.. Enumerable.Range(0, 3_000).Select(i =>
        {
            var (wait, fill, noise) = (grid[i % grid.Length], -2000 * Math.Log(1 - random.NextDouble()), random.NextDouble() - 0.5);
            var made = fill <= wait;
            return new TcaRow
            {
                Market = Market.Spot, At = GivenLeg.At, Notional = 500, SpreadBps = 2, Depth = 10_000, WaitMs = wait, Propensity = 1.0 / grid.Length, Rev = 4, MadeShare = made ? 1 : 0, MadeMs = made ? fill : 0, RestedMs = made ? 0 : wait,
                MakerBps = made ? 0.5 + noise : null, TakerBps = made ? null : 5 + wait / 2000.0 + noise,
            };
        })];
    }

    sealed class Figures : ITcaSource
    {
        int reads;

        public Dictionary<string, TcaRow[]> Legs { get; } = [];
        public TcaRefusal[] Refused { get; set; } = [];
        public bool IsAway { get; set; }
        public int Reads => reads;
        public string Name => "figures by hand";

        public Task<TcaReading> Read(DateTimeOffset since, CancellationToken cancel)
        {
            if (IsAway) throw new StoreUnavailableException("away", null);
            Interlocked.Increment(ref reads);
            return Task.FromResult(TcaReading.Of(Legs.SelectMany(symbol => symbol.Value.Select(row => (symbol.Key, row))), Refused));
        }
    }

    /// <summary>Somebody writes by hand between the first reading and the first writing.</summary>
    sealed class Meddled(ICurveStore store, string document) : ICurveStore
    {
        bool done;

        public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) => store.Read(symbols, cancel);

        public async Task<bool> Replace(string symbol, string? before, string after, CancellationToken cancel)
        {
            if (!done) await store.Replace(symbol, before, document, cancel);
            done = true;
            return await store.Replace(symbol, before, after, cancel);
        }
    }
}
