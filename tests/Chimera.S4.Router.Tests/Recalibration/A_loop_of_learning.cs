using System.Diagnostics.Metrics;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Recalibration;

/// <summary>From what came of many orders to how the next one waits, and back: the record and the job of one router, the curves in a real Redis, the orders of another router that is composed as in operation.</summary>
[Trait("Category", "Services")]
public sealed class A_loop_of_learning : IAsyncLifetime
{
    const string ByHand = """{"rev":4,"maker_wait_ms":[{"notional_from":"0","value":500}]}""";
    static readonly int[] Waits = [0, 100, 250, 500, 1000, 2000, 3000];

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 0, 10, 0, TimeSpan.Zero));
    readonly IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    readonly Random random = new(5);
    SqliteBackend record = null!;
    RedisBackend redis = null!;
    RedisCurveStore curves = null!;
    RecalibrationJob job = null!;
    RouterRig other = null!;

    public async Task InitializeAsync()
    {
        record = new SqliteBackend(clock: clock);
        redis = (RedisBackend)await RedisBackend.Shared();
        curves = new RedisCurveStore(redis.Connection, redis.Keys);
        var work = new CurveRecalibration(new SqliteTca(record.Database), curves, new CurvesOptions(), new PolicyLimits(), ["BTCUSDT"], clock, new RecalibrationMetrics(meters));
        job = new RecalibrationJob(work, new RecalibrationDays(), new RedisLeases(redis.Connection, redis.Keys), new Replica("one"), new RecalibrationOptions(), clock, new RecalibrationMetrics(meters), NullLogger<RecalibrationJob>.Instance);
        other = await RouterRig.Start();
        other.Facts.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(99, 1_000)], [new BookLevel(101, 1_000)], other.Clock.GetUtcNow()));
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await redis.DisposeAsync();
        await record.DisposeAsync();
    }

    [Fact]
    public async Task Makes_a_revision_that_another_routers_orders_wait_by_and_takes_it_back_when_they_cost_more()
    {
        await curves.Replace("BTCUSDT", null, ByHand, Given.Ever);
        await Trade(rev: 4, waitMs: 500, dearer: 0);
        await NextDay();
        Assert.Equal((4L, 500L, "4"), await OtherRouter());       // proposed, and in the shadow

        await Trade(rev: 4, waitMs: 500, dearer: 0);
        await NextDay();
        Assert.Equal((5L, 1000L, "5"), await OtherRouter());

        await Trade(rev: 5, waitMs: 1000, dearer: 4);
        await NextDay();
        Assert.Equal((6L, 500L, "6"), await OtherRouter());
        Assert.Equal((5L, 6L), (CurvesJson.Read((await curves.Read(["BTCUSDT"], Given.Ever))[0]!, out _)!.PreviousRev, CurvesJson.Read((await curves.Read(["BTCUSDT"], Given.Ever))[0]!, out _)!.Learning!.MadeRev));
    }

    async Task NextDay()
    {
        clock.Advance(TimeSpan.FromDays(1));
        await job.Look(Given.Ever);
    }

    /// <summary>What an order of the other router is decided by, as its own record tells, and what it says of itself in health.</summary>
    async Task<(long Rev, long WaitMs, string RouteRev)> OtherRouter()
    {
        using var feed = new RouteTableFeed(other.Get<RouteTable>(), [curves], new CurvesOptions(), () => ["BTCUSDT"], clock, other.Get<RouterMetrics>(), NullLogger<RouteTableFeed>.Instance);
        await feed.Look(Given.Ever);
        var id = $"intent-{Guid.NewGuid():N}";
        other.Spot.OnPlace = _ => Task.FromResult(Known(State(RouterRig.ClientOrderIdOf(id), VenueStatus.New)));
        // Of 2,000: chance has no say in it.
        await other.Ask(RouterRig.Intent(id, qty: 20) with { ExecPolicy = new ExecPolicy { MakerThenTaker = new MakerThenTaker() } });
        await other.Until(id, order => order.Status is OrderStatus.Working);
        var row = await other.Get<SqliteDatabase>().Read(db => db.Query("SELECT rcu_rev, maker_wait_ms FROM orders WHERE intent_id = $1", row => (row.GetInt64(0), row.GetInt64(1)), id), Given.Ever);
        var health = (await other.Client<GetHealth>("s4-queries").GetResponse<HealthReport>(new GetHealth())).Message;
        return (Assert.Single(row).Item1, row[0].Item2, health.Checks.Single(check => check.Name == "route_rev").Detail!);
    }

    /// <summary>A day of the first router in its record: 220 orders that waited as the curve has it, and 420 that waited by chance. A fill comes within two seconds or so, and taking gets dearer slowly.</summary>
    async Task Trade(long rev, int waitMs, double dearer)
    {
        var legs = Enumerable.Range(0, 640).Select(i => i < 220 ? Leg(rev, waitMs, null, dearer) : Leg(rev, Waits[i % Waits.Length], 1m / Waits.Length, dearer));
        foreach (var batch in legs.Chunk(100)) await record.Journal.Write(batch, Given.Ever);
    }

    JournalBatch Leg(long rev, int waitMs, decimal? propensity, double dearer)
    {
        var (intent, at, fillMs) = ($"i{Guid.NewGuid():N}", clock.GetUtcNow().AddMinutes(random.Next(1_000)), -2000 * Math.Log(1 - random.NextDouble()));
        var isMade = fillMs <= waitMs;
        var ended = at.AddMilliseconds(isMade ? fillMs : waitMs);
        var price = isMade ? 99.95m : decimal.Round(100 + (decimal)(5 + waitMs / 2000.0 + dearer + random.NextDouble()) / 100, 6);
        OrderRecord Of(OrderRecord order, bool isFilled) => order with
        {
            RcuRev = rev, MakerWaitMs = waitMs, ExplorePropensity = propensity, ExecPolicy = """{"maker_then_taker":{}}""", Qty = 4, FilledQty = isFilled ? 4 : 0, AvgPrice = isFilled ? price : null, MidAtDecide = 100,
            DecidedAt = order.Type == "MARKET" ? ended : at, EndedAt = ended, CreatedAt = at, UpdatedAt = ended, ClosedAt = ended,
        };
        var maker = Of(GivenLeg.Maker(intent), isMade);
        var taker = Of(GivenLeg.Taker(intent), true);
        var fill = GivenLeg.Fills(intent)[0] with { ClientOrderId = isMade ? maker.ClientOrderId : taker.ClientOrderId, Qty = 4, Price = price, Commission = 0, Timestamp = ended };
        var markout = GivenLeg.Markouts(intent)[2] with { Price = price, DueAt = ended.AddSeconds(30), Mid = 100, MidAt = ended.AddSeconds(30), MarkoutBps = 5 };
        return new JournalBatch { IntentId = intent, Orders = isMade ? [maker] : waitMs == 0 ? [taker] : [maker, taker], Fills = [fill], Markouts = isMade ? [markout] : [] };
    }
}
