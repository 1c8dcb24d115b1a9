using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>What every order store keeps (design §3.4); each runs this suite, none has one of its own.</summary>
public abstract partial class OrderStoreContract : IAsyncLifetime
{
    IStoreBackend backend = null!;
    readonly Guid id = Guid.NewGuid();

    private protected abstract Task<IStoreBackend> Open();
    private protected IOrderStore Store => backend.Orders;
    static CancellationToken Ever => Given.Ever;

    public async Task InitializeAsync() => backend = await Open();
    public async Task DisposeAsync() => await backend.DisposeAsync();

    OrderCommit Step(int? expected, Guid? of = null, string status = "NEW") => Given.Step(of ?? id, expected, backend.Now, status);

    async Task Committed(OrderCommit commit) => Assert.Equal(CommitOutcome.Committed, await Store.Commit(commit, Ever));
    async Task Conflicts(OrderCommit commit) => Assert.Equal(CommitOutcome.Conflict, await Store.Commit(commit, Ever));

    [Fact]
    public async Task Knows_no_order_that_was_never_created() => Assert.Null(await Store.Load(id, Ever));

    [Fact]
    public async Task Creates_an_order_only_if_it_is_absent()
    {
        var first = Step(null) with { Document = "first" };
        await Committed(first);
        await Conflicts(Step(null) with { Document = "second" });
        Assert.Equal(new StoredOrder(id, 1, "first"), await Store.Load(id, Ever));
    }

    [Fact]
    public async Task Knows_which_prices_are_watched_and_for_whom()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 0, 0, 123, TimeSpan.Zero);
        async Task<ArmedGuard?> Mine() => (await Store.ArmedGuards(Ever)).SingleOrDefault(guard => guard.OrderId == id);
        await Committed(Step(null) with { Guard = new GuardState("BTCUSDT", "i:1", new ArmedPrices(at, 90.5m, null)) });
        Assert.Equal(new ArmedGuard(id, "BTCUSDT", "i:1", new ArmedPrices(at, 90.5m, null)), await Mine());
        await Conflicts(Step(null) with { Guard = new GuardState("BTCUSDT", "i:1", null) });
        await Committed(Step(1) with { Guard = new GuardState("BTCUSDT", "i:1", new ArmedPrices(at, null, 110)) });
        Assert.Equal(new ArmedPrices(at, null, 110), (await Mine())!.Prices);
        await Committed(Step(2));                                  // says nothing about it
        Assert.NotNull(await Mine());
        await Committed(Step(3) with { Guard = new GuardState("BTCUSDT", "i:1", null) });
        Assert.Null(await Mine());
    }

    [Fact]
    public async Task Replaces_only_the_version_that_was_expected()
    {
        await Conflicts(Step(1));                                  // nothing there to replace
        await Committed(Step(null));
        await Committed(Step(1) with { Document = "two" });
        await Conflicts(Step(1) with { Document = "late" });
        await Conflicts(Step(3) with { Document = "early" });
        Assert.Equal(new StoredOrder(id, 2, "two"), await Store.Load(id, Ever));
    }

    [Fact]
    public async Task Lets_exactly_one_of_fifty_committers_win_each_version()
    {
        await Committed(Step(null) with { Document = "" });
        var wins = await Task.WhenAll(Enumerable.Range(0, 50).Select(async writer =>
        {
            for (var tries = 1; ; tries++)
            {
                var seen = (await Store.Load(id, Ever))!;
                var next = Step(seen.Version) with { Document = $"{seen.Document}{writer};", Result = Given.Result(id, seen.Version, backend.Now) };
                if (await Store.Commit(next, Ever) == CommitOutcome.Committed) return tries;
            }
        }));
        var last = (await Store.Load(id, Ever))!;
        Assert.Equal(51, last.Version);
        Assert.Equal(Enumerable.Range(0, 50), last.Document.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Order());
        Assert.Equal(Enumerable.Range(1, 50), (await Store.Results(new ListResults(), Ever)).Items.Select(line => line.Seq));
        Assert.Contains(wins, tries => tries > 1);                 // they did meet
    }

    OrderCommit Full(int? expected) => Step(expected, status: "FILLED") with
    {
        Effects = [Given.Effect(7)],
        Arm = [new NewTimer(Guid.NewGuid(), backend.Now, "body")],
        Result = Given.Result(id, 1, backend.Now),
        VenueOrders = [new VenueOrderKey("SPOT", "BTCUSDT", "4711")],
        Record = new JournalBatch { IntentId = "i" },
        RecordSeq = 8,
    };

    [Fact]
    public async Task Changes_everything_in_one_step()
    {
        await Committed(Full(null));
        Assert.Contains(await Store.PendingEffects(id, Ever), effect => effect.Seq == 7);
        Assert.NotNull(await Store.NextTimerDue(Ever));
        Assert.Single((await Store.Results(new ListResults(), Ever)).Items);
        Assert.Equal(id, await Store.FindByVenueOrderId("SPOT", "BTCUSDT", "4711", Ever));
        Assert.Single((await Store.List(new ListIntents { State = "FILLED" }, Ever)).Items);
        Assert.Equal([id], await LiveIds());
    }

    [Fact]
    public async Task Leaves_nothing_of_a_step_that_conflicts()
    {
        await Committed(Step(null));
        await Conflicts(Full(5));
        await Conflicts(Full(null));
        Assert.Empty(await Store.PendingEffects(id, Ever));
        Assert.Empty(await Store.ClaimDueEffects(Given.Week, 10, Ever));
        Assert.Null(await Store.NextTimerDue(Ever));
        Assert.Empty((await Store.Results(new ListResults(), Ever)).Items);
        Assert.Null(await Store.FindByVenueOrderId("SPOT", "BTCUSDT", "4711", Ever));
        Assert.Empty((await Store.List(new ListIntents { State = "FILLED" }, Ever)).Items);
        Assert.Single((await Store.List(new ListIntents { State = "NEW" }, Ever)).Items);
    }

    [Fact]
    public async Task Refuses_a_step_that_contradicts_itself()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Step(null) with { TombstoneTtl = TimeSpan.FromDays(6.9) }, Ever));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Step(0), Ever));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Step(null) with { Record = new JournalBatch { IntentId = "i" } }, Ever));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Step(null) with { Effects = [Given.Effect(0)] }, Ever));
        Assert.Null(await Store.Load(id, Ever));
    }

    [Fact]
    public async Task Keeps_a_finished_order_from_being_created_again()
    {
        await Committed(Step(null));
        await Committed(Step(1, status: "FILLED") with { Document = "done", TombstoneTtl = Given.Week });
        Assert.Empty(await LiveIds());
        await Conflicts(Step(null));
        Assert.Equal(new StoredOrder(id, 2, "done"), await Store.Load(id, Ever));
        Assert.Single((await Store.List(new ListIntents(), Ever)).Items);
    }

    [Fact]
    public async Task Forgets_a_finished_order_when_its_tombstone_lapses()
    {
        await Committed(Full(null) with { TombstoneTtl = Given.Week });
        await backend.Lapse(id);
        Assert.Null(await Store.Load(id, Ever));
        Assert.Empty((await Store.List(new ListIntents { Symbol = "BTCUSDT" }, Ever)).Items);
        Assert.Empty((await Store.List(new ListIntents(), Ever)).Items);
        Assert.Null(await Store.FindByVenueOrderId("SPOT", "BTCUSDT", "4711", Ever));
        await Committed(Step(null) with { Document = "anew" });
        Assert.Equal(new StoredOrder(id, 1, "anew"), await Store.Load(id, Ever));
    }

    [Fact]
    public async Task Brings_an_order_back_to_life_when_the_venue_adds_to_it()
    {
        await Committed(Full(null) with { TombstoneTtl = Given.Week });
        await Committed(Step(1, status: "PARTIALLY_FILLED"));
        await backend.Lapse(id);                                   // no limit is left that could
        Assert.Equal(2, (await Store.Load(id, Ever))!.Version);
        Assert.Equal([id], await LiveIds());
        Assert.Equal(id, await Store.FindByVenueOrderId("SPOT", "BTCUSDT", "4711", Ever));
    }

    [Fact]
    public async Task Walks_all_live_orders_by_id_over_many_pages()
    {
        var ids = Enumerable.Range(0, 1203).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(ids.Select(other => Committed(Step(null, other))));
        await Committed(Step(1, ids[0]) with { TombstoneTtl = Given.Week });
        Assert.Equal(ids.Skip(1).Select(other => other.ToString()).Order(StringComparer.Ordinal), (await LiveIds()).Select(other => other.ToString()));
    }

    [Fact]
    public async Task Keeps_its_first_deployment()
    {
        Assert.Equal("testnet/1", await Store.ClaimDeployment("testnet/1", Ever));
        Assert.Equal("testnet/1", await Store.ClaimDeployment("production/2", Ever));
    }

    [Fact]
    public async Task Keeps_everything_through_a_kill()
    {
        var timer = new NewTimer(Guid.NewGuid(), backend.Now.AddHours(1), "later");
        await Committed(Full(null) with { Arm = [timer] });
        await Store.ClaimDeployment("testnet/1", Ever);
        await backend.Placements.TryBegin(Given.Placement("c1"), Ever);
        await using var next = await backend.AfterKill();
        Assert.Equal(await Store.Load(id, Ever), await next.Orders.Load(id, Ever));
        Assert.Equal(await Store.PendingEffects(id, Ever), await next.Orders.PendingEffects(id, Ever));
        Assert.Equal(await Store.NextTimerDue(Ever), await next.Orders.NextTimerDue(Ever));
        Assert.Single((await next.Orders.Results(new ListResults(), Ever)).Items);
        Assert.Equal("testnet/1", await next.Orders.ClaimDeployment("other", Ever));
        Assert.Equal(Given.Placement("c1"), await next.Placements.Load("c1", Ever));
        Assert.Equal(CommitOutcome.Conflict, await next.Orders.Commit(Step(null), Ever));
        Assert.Equal(CommitOutcome.Committed, await next.Orders.Commit(Step(1), Ever));
    }

    [Fact]
    public async Task Obeys_a_caller_who_has_given_up()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Load(id, new CancellationToken(canceled: true)));
        await Store.Ping(Ever);
    }

    async Task<List<Guid>> LiveIds()
    {
        var ids = new List<Guid>();
        await foreach (var line in Store.Live(Ever)) ids.Add(line.Id);
        return ids;
    }
}
