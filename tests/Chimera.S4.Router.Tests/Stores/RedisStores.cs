using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>A server shared with other tests; the names of this one begin with a root of its own.</summary>
sealed class RedisBackend : IStoreBackend
{
    public RedisBackend(RedisOptions options, RedisKeys? keys = null)
    {
        Options = options;
        Keys = keys ?? new RedisKeys($"test:{Guid.NewGuid():N}:");
        Connection = new RedisConnection(options, NullLogger<RedisConnection>.Instance);
        Orders = new RedisOrderStore(Connection, Keys);
        Placements = new RedisPlacementJournal(Connection, Keys);
    }

    public static async Task<IStoreBackend> Shared()
    {
        var backend = new RedisBackend(SharedRedis.Options);
        await backend.UntilItAnswers();
        return backend;
    }

    public Task UntilItAnswers() => this.Until(Answers, answers => answers);

    async Task<bool> Answers()
    {
        try
        {
            await Orders.Ping(Given.Ever);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    public RedisOptions Options { get; }
    public RedisKeys Keys { get; }
    public RedisConnection Connection { get; }
    public IOrderStore Orders { get; }
    public IPlacementJournal Placements { get; }
    public IGateStore Gates => new RedisGateStore(Connection, Keys);
    public IAlertStore Alerts => new RedisAlertStore(Connection, Keys);
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();
    public Task Tick() => Task.Delay(5);

    /// <summary>Shortens whatever limits the server has set to nothing; what has none stays.</summary>
    public Task Lapse(Guid id) => Raw(async db =>
    {
        RedisKey[] keys = [Keys.Order(id), Keys.VenueOrder("SPOT", "BTCUSDT", "4711")];
        foreach (var key in keys)
            if (await db.KeyTimeToLiveAsync(key) is not null) await db.KeyExpireAsync(key, TimeSpan.Zero);
        return true;
    });

    public Task<T> Raw<T>(Func<IDatabase, Task<T>> ask) => Connection.Ask(ask, Given.Ever);

    public Task<IStoreBackend> AfterKill() => Task.FromResult<IStoreBackend>(new RedisBackend(Options, Keys));

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();
}

[Trait("Category", "Services")]
public class A_Redis_order_store : OrderStoreContract
{
    private protected override Task<IStoreBackend> Open() => RedisBackend.Shared();
}

[Trait("Category", "Services")]
public class A_Redis_gate_store : GateStoreContract
{
    private protected override Task<IStoreBackend> Open() => RedisBackend.Shared();

    [Theory]
    [InlineData("ON", true)]
    [InlineData("OFF", false)]
    [InlineData("off", true)]
    [InlineData(" OFF", true)]
    public async Task Tells_the_switch_as_it_was_set_by_hand(string word, bool isOn)
    {
        var backend = (RedisBackend)Backend;
        await backend.Raw(db => db.StringSetAsync(backend.Keys.KillSwitch, word));
        Assert.Equal(isOn, GateState.IsOn((await Gates.Read(Given.Ever)).KillSwitch));
    }

    [Fact]
    public async Task Takes_a_switch_that_is_no_word_for_on()
    {
        var backend = (RedisBackend)Backend;
        await backend.Raw(db => db.ListLeftPushAsync(backend.Keys.KillSwitch, "OFF"));
        Assert.True(GateState.IsOn((await Gates.Read(Given.Ever)).KillSwitch));
    }

    [Fact]
    public async Task Publishes_the_worse_of_both_venues_under_the_names_that_others_know()
    {
        var backend = (RedisBackend)Backend;
        await Gates.TrySetBreaker(Market.Fut, null, "f", new(BreakerState.Half, 10, 0, Backend.Now), Given.Ever);
        await Gates.TrySetBreaker(Market.Spot, null, "s", new(BreakerState.Open, 40, 10, Backend.Now), Given.Ever);
        Assert.Equal("OPEN", (await backend.Raw(db => db.StringGetAsync($"{backend.Keys.Root}router:cb:state"))).ToString());
        await Gates.TrySetBreaker(Market.Spot, "s", "t", new(BreakerState.Closed, 0, 0, Backend.Now), Given.Ever);
        Assert.Equal("HALF", (await backend.Raw(db => db.StringGetAsync($"{backend.Keys.Root}router:cb:state"))).ToString());
        Assert.Equal(("HALF", "0.0000"), ((await backend.Raw(db => db.HashGetAsync($"{backend.Keys.Root}router:cb:stats", "FUT:state"))).ToString(), (await backend.Raw(db => db.HashGetAsync($"{backend.Keys.Root}router:cb:stats", "FUT:rate"))).ToString()));
    }
}

[Trait("Category", "Services")]
public class A_Redis_placement_journal : PlacementJournalContract
{
    private protected override Task<IStoreBackend> Open() => RedisBackend.Shared();

    [Fact]
    public async Task Marks_a_placement_for_other_services_for_a_day_and_limits_only_what_is_resolved()
    {
        var backend = (RedisBackend)Backend;
        await Journal.TryBegin(Given.Placement(Id), Given.Ever);
        var mark = await backend.Raw(db => db.KeyTimeToLiveAsync($"{backend.Keys.Root}idem:order:{Id}"));
        Assert.InRange(mark!.Value, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
        Assert.Null(await backend.Raw(db => db.KeyTimeToLiveAsync(backend.Keys.Journal(Id))));
        await Journal.Resolve(Id, null, "done", Given.Ever);
        Assert.InRange((await backend.Raw(db => db.KeyTimeToLiveAsync(backend.Keys.Journal(Id))))!.Value, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
    }
}

[Trait("Category", "Services")]
public class The_names_in_Redis : IAsyncLifetime
{
    readonly RedisBackend backend = new(SharedRedis.Options);
    readonly Guid id = Guid.NewGuid();

    public Task InitializeAsync() => backend.UntilItAnswers();
    public async Task DisposeAsync() => await backend.DisposeAsync();

    RedisKey Key(string name) => backend.Keys.Root + name;
    OrderCommit Step(int? expected) => Given.Step(id, expected, backend.Now);

    [Fact]
    public async Task Carry_results_with_exactly_the_agreed_fields()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        await backend.Orders.Commit(Step(null) with { Result = Given.Result(id, 1, at) with { AvgPrice = null, SlippageBps = null } }, Given.Ever);
        await backend.Orders.Commit(Step(1) with { Result = Given.Result(id, 2, at, "QTY_ROUNDED", corrects: 1) }, Given.Ever);
        var entries = await backend.Raw(db => db.StreamRangeAsync(Key("ord:results")));
        Assert.Equal($"result_id={id}:1 intent_id=intent-{id:N} seq=1 status=FILLED filled_qty=0.015 avg_price= slippage_bps= code= ts=2026-11-22T08:00:00.0000000+00:00", Line(entries[0]));
        Assert.Equal($"result_id={id}:2 intent_id=intent-{id:N} seq=2 status=FILLED filled_qty=0.015 avg_price=64250.123456789 slippage_bps=-1.25 code=QTY_ROUNDED ts=2026-11-22T08:00:00.0000000+00:00 corrects=1", Line(entries[1]));
    }

    /// <summary>Spec §4.2 names the key and its first two fields.</summary>
    [Fact]
    public async Task Show_a_watched_price_for_as_long_as_it_is_watched()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        var name = Key("guard:spot:BTCUSDT:i:1");
        await backend.Orders.Commit(Step(null) with { Guard = new GuardState("BTCUSDT", "i:1", new ArmedPrices(at, 90.50m, 110)) }, Given.Ever);
        Assert.Equal($"armed=1 armed_at=2026-11-22T08:00:00.0000000+00:00 order={id} sl_px=90.5 tp_px=110", await Fields(name));
        await backend.Orders.Commit(Step(1) with { Guard = new GuardState("BTCUSDT", "i:1", new ArmedPrices(at, 90.50m, null)) }, Given.Ever);
        Assert.Equal($"armed=1 armed_at=2026-11-22T08:00:00.0000000+00:00 order={id} sl_px=90.5", await Fields(name));
        await backend.Orders.Commit(Step(2) with { Guard = new GuardState("BTCUSDT", "i:1", null) }, Given.Ever);
        Assert.False(await backend.Raw(db => db.KeyExistsAsync(name)));
        Assert.False(await backend.Raw(db => db.KeyExistsAsync(backend.Keys.Guards)));
    }

    async Task<string> Fields(RedisKey name) => string.Join(' ', (await backend.Raw(db => db.HashGetAllAsync(name))).Select(field => $"{field.Name}={field.Value}"));

    static string Line(StreamEntry entry) => string.Join(' ', entry.Values.Select(field => $"{field.Name}={field.Value}"));

    [Fact]
    public async Task Tell_a_tombstone_by_its_limit_and_a_live_order_by_none()
    {
        await backend.Orders.Commit(Step(null), Given.Ever);
        Assert.Null(await backend.Raw(db => db.KeyTimeToLiveAsync(backend.Keys.Order(id))));
        await backend.Orders.Commit(Step(1) with { TombstoneTtl = Given.Week }, Given.Ever);
        Assert.InRange((await backend.Raw(db => db.KeyTimeToLiveAsync(backend.Keys.Order(id))))!.Value, TimeSpan.FromDays(6.9), Given.Week);
    }

    [Fact]
    public async Task Leave_the_indexes_when_their_order_has_lapsed()
    {
        await backend.Orders.Commit(Step(null) with { TombstoneTtl = Given.Week }, Given.Ever);
        await backend.Lapse(id);
        await backend.Raw(async db => await db.SortedSetAddAsync(Key("s4:lapse"), $"{id}|NEW|BTCUSDT", 1));   // its week is over
        var other = Guid.NewGuid();
        await backend.Orders.Commit(Given.Step(other, null, backend.Now) with { TombstoneTtl = Given.Week }, Given.Ever);
        foreach (var index in new[] { "s4:ops:created", "s4:ops:status:NEW", "s4:ops:symbol:BTCUSDT" })
            Assert.Equal([other.ToString()], (await backend.Raw(db => db.SortedSetRangeByRankAsync(Key(index)))).Select(member => member.ToString()));
    }

    [Fact]
    public async Task Keep_a_step_out_whole_when_the_results_key_is_something_else()
    {
        await backend.Raw(db => db.StringSetAsync(Key("ord:results"), "not a stream"));
        await Assert.ThrowsAsync<RedisServerException>(() => backend.Orders.Commit(Step(null) with { Result = Given.Result(id, 1, backend.Now) }, Given.Ever));
        Assert.Null(await backend.Orders.Load(id, Given.Ever));
    }

    [Fact]
    public async Task Hold_the_record_as_a_pending_effect()
    {
        var record = new JournalBatch { IntentId = "i", Events = [new StrategyEvent { Key = "k", Type = StrategyEvents.Accepted, IntentId = "i", Seq = 1, Timestamp = backend.Now }] };
        await backend.Orders.Commit(Step(null) with { Record = record, RecordSeq = 3 }, Given.Ever);
        var effect = Assert.Single(await backend.Orders.PendingEffects(id, Given.Ever));
        Assert.Equal((3, RecordEffect.Kind), (effect.Seq, effect.Kind));
        Assert.Equal(record.Events, RecordEffect.Read(effect.Payload).Events);
    }

    [Fact]
    public async Task Serve_on_through_a_flush_of_all_scripts()
    {
        using var client = await SharedRedis.Client(backend.Options);
        for (int? version = null; version is null or < 20; version = (version ?? 0) + 1)
        {
            var flush = client.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
            Assert.Equal(CommitOutcome.Committed, await backend.Orders.Commit(Step(version), Given.Ever));
            await flush;
        }
        Assert.Equal(20, (await backend.Orders.Load(id, Given.Ever))!.Version);
    }
}
