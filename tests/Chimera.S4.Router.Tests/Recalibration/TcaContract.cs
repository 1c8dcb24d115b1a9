using Chimera.S4.ArangoStandIn;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Tests.Journal;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chimera.S4.Router.Tests.Recalibration;

/// <summary>S4's own record as rows to learn from, wherever it is kept.</summary>
public abstract class TcaContract : IAsyncLifetime
{
    static readonly DateTimeOffset Since = GivenLeg.At.AddDays(-1);

    IRecordBackend backend = null!;
    ITcaSource source = null!;

    private protected abstract Task<(IRecordBackend, ITcaSource)> Open();

    public async Task InitializeAsync() => (backend, source) = await Open();
    public virtual async Task DisposeAsync() => await backend.DisposeAsync();

    async Task<TcaReading> Read(params JournalBatch[] batches)
    {
        await backend.Journal.Write(batches, Given.Ever);
        return await source.Read(Since, Given.Ever);
    }

    [Fact]
    public async Task Tells_of_a_leg_what_was_made_and_when_what_was_taken_and_what_both_cost()
    {
        var reading = await Read(GivenLeg.Batch());
        var row = Assert.Single(reading.Rows["BTCUSDT"]);
        Assert.Empty(reading.Refused);
        Assert.Equal((Market.Spot, GivenLeg.At, 1000, 7L, 1500, false), (row.Market, row.At, row.WaitMs!.Value, row.Rev, row.GapMs!.Value, row.IsExcluded));
        foreach (var (what, expected, actual) in new[]
                 {
                     ("notional", 400, row.Notional), ("spread", 10, row.SpreadBps), ("depth", 5_000, row.Depth), ("propensity", 0.5, row.Propensity), ("share", 0.75, row.MadeShare), ("made ms", 400, row.MadeMs), ("rested ms", 1000, row.RestedMs),
                     // 5 below the middle, 2 of fees, 5 of spread less what the middle came back by: 5 of the one, twice 2 of the other.
                     ("made", 3, row.MakerBps), ("taken", 25, row.TakerBps), ("child", 100.2, row.TakenNotional), ("its slip", 9.99, row.TakenSlipBps),
                     // Half a thousandth in one of the steps of 59 s.
                     ("sigma", 1e4 * Math.Log(1.0005) / Math.Sqrt(59), row.SigmaBps),
                     ("delay", 10, row.Lost?.Delay), ("queueing", 10, row.Lost?.Queueing), ("trading", 1e4 * ((3 * 99.95 + 100.2) / 4 - 100.2) / 100, row.Lost?.Trading), ("opportunity", 0, row.Lost?.Opportunity),
                     ("fees", 1e4 * (3 * 99.95 * 0.0002 + 100.2 * 0.0005) / 400, row.Lost?.Fees),
                 })
            Assert.True(actual is { } number && Math.Abs(expected - number) < 1e-6, $"{what}: {expected} expected, {actual} found");
    }

    [Fact]
    public async Task Tells_of_many_and_leaves_the_old_ones()
    {
        var batches = Enumerable.Range(0, 1_100).Select(i => GivenLeg.Batch($"i{i}")).ToArray();
        foreach (var some in batches.Chunk(200)) await backend.Journal.Write(some, Given.Ever);
        Assert.Equal(1_100, (await source.Read(Since, Given.Ever)).Rows["BTCUSDT"].Count());
        Assert.Empty((await source.Read(GivenLeg.At.AddDays(1), Given.Ever)).Rows);
    }

    [Fact]
    public async Task Turns_round_what_was_sold()
    {
        var (sell, plain) = ("SELL", GivenLeg.Batch());
        var row = Assert.Single((await Read(plain with { Orders = [.. plain.Orders.Select(order => order with { Side = sell })] })).Rows["BTCUSDT"]);
        Assert.Equal((2_000.0, 13.0, -15.0), (row.Depth, Math.Round(row.MakerBps!.Value, 6), Math.Round(row.TakerBps!.Value, 6)));
    }

    [Fact]
    public async Task Names_what_it_cannot_use()
    {
        var (blind, holed) = (GivenLeg.Batch("blind"), GivenLeg.Batch("holed"));
        var reading = await Read(GivenLeg.Batch(), blind with { Orders = [.. blind.Orders.Select(order => order with { MidAtDecide = null })] }, holed with { Fills = [.. holed.Fills.Skip(1)] });
        Assert.Single(reading.Rows["BTCUSDT"]);
        Assert.Equal(["intent blind leg 0: mid_at_decide is not known", "intent holed leg 0: fills of order holed-m are missing: 1 of 3"], reading.Refused.Select(one => $"{one.Row}: {one.Why}").Order());
    }

    [Fact]
    public async Task Waits_for_a_leg_that_is_not_over_and_does_not_look_at_what_is_no_entry()
    {
        var (alive, between, exit, resting) = (GivenLeg.Batch("alive"), GivenLeg.Batch("between"), GivenLeg.Batch("exit"), GivenLeg.Batch("resting"));
        var reading = await Read(
            between with { Orders = [between.Orders[0] with { ClosedAt = null }] },
            alive with { Orders = [alive.Orders[0], alive.Orders[1] with { EndedAt = null }] },
            exit with { Orders = [.. exit.Orders.Select(order => order with { Purpose = "EXIT" })] },
            resting with { Orders = [resting.Orders[0] with { Type = "LIMIT", MakerWaitMs = null }] });
        Assert.Empty(reading.Rows);
        Assert.Empty(reading.Refused);
    }

    [Fact]
    public async Task Excludes_what_a_gate_stopped()
    {
        var batch = GivenLeg.Batch();
        Assert.True(Assert.Single((await Read(batch with { Orders = [batch.Orders[0], batch.Orders[1] with { Code = "KILL_SWITCH" }] })).Rows["BTCUSDT"]).IsExcluded);
    }

    [Fact]
    public async Task Knows_no_cost_of_a_fill_that_nobody_watched()
    {
        var batch = GivenLeg.Batch();
        var row = Assert.Single((await Read(batch with { Markouts = [] })).Rows["BTCUSDT"]);
        Assert.Equal((0.75, (double?)null, (double?)null), (row.MadeShare, row.MakerBps, row.SigmaBps));
        Assert.Null(row.CostBps);
    }

    [Fact]
    public async Task Learns_nothing_of_waiting_where_its_sender_chose_the_wait()
    {
        var batch = GivenLeg.Batch();
        var asked = """{"maker_then_taker":{"wait_ms":1000}}""";
        var row = Assert.Single((await Read(batch with { Orders = [.. batch.Orders.Select(order => order with { ExecPolicy = asked })] })).Rows["BTCUSDT"]);
        Assert.Equal(((int?)null, 0.75, 100.2), (row.WaitMs, row.MadeShare, Math.Round(row.TakenNotional!.Value, 6)));
    }

    [Fact]
    public async Task Learns_nothing_of_waiting_from_what_could_not_rest()
    {
        var batch = GivenLeg.Batch();
        var row = Assert.Single((await Read(batch with { Orders = [batch.Orders[1]], Fills = [batch.Fills[2]] })).Rows["BTCUSDT"]);
        Assert.Equal(((int?)null, 0.0, 100.2), (row.WaitMs, row.MadeShare, Math.Round(row.TakenNotional!.Value, 6)));
    }
}

public class What_is_learnt_from_SQLite : TcaContract
{
    private protected override Task<(IRecordBackend, ITcaSource)> Open()
    {
        var record = new SqliteRecord();
        return Task.FromResult<(IRecordBackend, ITcaSource)>((record, new SqliteTca(record.Database)));
    }
}

public class What_is_learnt_from_the_stand_in_for_ArangoDB : TcaContract
{
    StandIn? server;

    private protected override async Task<(IRecordBackend, ITcaSource)> Open()
    {
        server = await StandIn.Start(new StandInOptions(Password: "secret"));
        var record = new ArangoRecord(server.Address, "root", "secret");
        return (record, new ArangoTca(record.Services.GetRequiredService<ArangoHttp>(), record.Services.GetRequiredService<IOptions<ArangoOptions>>(), null));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await server!.DisposeAsync();
    }
}
