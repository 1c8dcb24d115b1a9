using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Venues;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Orders;

public sealed class An_intent_on_the_bus : IAsyncLifetime
{
    RouterRig rig = null!;
    readonly string id = $"intent-{Guid.NewGuid():N}";
    string OrderId => RouterRig.ClientOrderIdOf(id);

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    void Fill(int trades = 2, bool withTrades = true) =>
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(OrderId, trades == 2 ? VenueStatus.Filled : VenueStatus.PartiallyFilled, trades * 0.5m, withTrades)));

    async Task Resting(decimal qty = 1)
    {
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(OrderId, VenueStatus.New)));
        await rig.Ask(RouterRig.Intent(id, "LIMIT", 100, qty));
        await rig.Until(id, order => order.Status is OrderStatus.Working);
    }

    [Fact]
    public async Task Becomes_a_filled_and_closed_order_with_nothing_left_to_do()
    {
        Fill();
        await rig.Ask(RouterRig.Intent(id));
        await rig.Until(id, order => order.Status is OrderStatus.Closed);
        await Eventually.True(async () => (await rig.Pending(id)) is [] or ["markout"] && rig.Dispatcher.InHand == 0);
        var order = (await rig.Order(id))!;
        Assert.Equal((1m, 100m, true), (order.CumQty.Value, order.AvgPx, order.Final));
        var results = await rig.Store.Results(new ListResults(), RouterRig.Ever);
        Assert.Equal(("FILLED", 1m), (results.Items.Single().Status, results.Items.Single().FilledQty));
        Assert.Equal(1, rig.Spot.Count("place"));
    }

    /// <summary>On Redis each costs a round trip: neither the document nor the gates are asked for after the other has answered.</summary>
    [Fact]
    public async Task Waits_for_its_document_and_the_gates_at_once()
    {
        TaskCompletionSource document = new(TaskCreationOptions.RunContinuationsAsynchronously), gates = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var side = await RouterRig.Start(services =>
        {
            services.AddSingleton<IOrderStore>(provider =>
            {
                IOrderStore real = ActivatorUtilities.CreateInstance<SqliteOrderStore>(provider, true);
                return Stub<IOrderStore>.Of((method, args) => method.Name == nameof(IOrderStore.Load) ? Load() : Stub.PassOn, real);
                async Task<StoredOrder?> Load() { document.TrySetResult(); await gates.Task.WaitAsync(TimeSpan.FromSeconds(5)); return await real.Load(SagaIds.Of(id), RouterRig.Ever); }
            });
            services.AddSingleton<IGateStore>(provider =>
            {
                IGateStore real = ActivatorUtilities.CreateInstance<SqliteGateStore>(provider);
                return Stub<IGateStore>.Of((method, args) => method.Name == nameof(IGateStore.Read) ? Read() : Stub.PassOn, real);
                async Task<GateReading> Read() { gates.TrySetResult(); await document.Task.WaitAsync(TimeSpan.FromSeconds(5)); return await real.Read(RouterRig.Ever); }
            });
        });
        side.Spot.OnPlace = _ => Task.FromResult(Known(State(OrderId, VenueStatus.New)));
        await side.Ask(RouterRig.Intent(id));
        await side.Until(id, order => order.Status is OrderStatus.Working);
    }

    [Fact]
    public async Task Answers_whoever_waits_with_the_end()
    {
        Fill();
        var reply = await rig.Client<OrderIntent>("s4-intents").GetResponse<IntentReply>(RouterRig.Intent(id));
        Assert.Equal((200, "FILLED", true), (reply.Message.HttpStatus, reply.Message.Result.Status, reply.Message.Result.Final));
    }

    [Fact]
    public async Task Is_one_order_however_often_and_however_concurrently_it_comes()
    {
        Fill();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.Client<OrderIntent>("s4-intents").GetResponse<IntentReply>(RouterRig.Intent(id))));
        Assert.Equal(1, rig.Spot.Count("place"));
        Assert.Single(replies.Select(reply => (reply.Message.HttpStatus, reply.Message.Result)).Distinct());
    }

    [Fact]
    public async Task Is_refused_under_an_id_that_was_used_with_other_content()
    {
        Fill();
        await rig.Client<OrderIntent>("s4-intents").GetResponse<IntentReply>(RouterRig.Intent(id));
        var other = await rig.Client<OrderIntent>("s4-intents").GetResponse<IntentReply>(RouterRig.Intent(id, qty: 2));
        Assert.Equal((409, "INTENT_ID_REUSED"), (other.Message.HttpStatus, other.Message.Result.Code));
        Assert.Equal((1m, OrderStatus.Closed), ((await rig.Order(id))!.OrderQty.Value, (await rig.Order(id))!.Status));
    }

    [Fact]
    public async Task Is_denied_in_words_and_never_placed()
    {
        var reply = await rig.Client<OrderIntent>("s4-intents").GetResponse<IntentReply>(RouterRig.Intent(id) with { Symbol = "NOSUCH" });
        Assert.Equal((400, "UNKNOWN_SYMBOL", "ROUTER"), (reply.Message.HttpStatus, reply.Message.Result.Code, reply.Message.Result.RejectedBy));
        Assert.Empty(rig.Spot.Calls);
    }

    [Theory]
    [InlineData("SPOT", 20.3, 29.7)]
    [InlineData("SPOT", 49.9, 1)]
    [InlineData("FUT", 20.3, 39.7)]
    public async Task Is_told_while_the_breaker_is_open_when_it_lets_probes_in(string market, double after, double told)
    {
        await Open(Market.Spot);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        await Open(Market.Fut);
        rig.Clock.Advance(TimeSpan.FromSeconds(after));

        var reply = await rig.Client<OrderIntent>("s4-intents").GetResponse<IntentReply>(RouterRig.Intent(id) with { Market = market });

        Assert.Equal((503, "BREAKER_OPEN", TimeSpan.FromSeconds(told)), (reply.Message.HttpStatus, reply.Message.Result.Code, reply.Message.RetryAfter));

        Task<int> Open(Market of) => rig.Get<SharedBreaker>().Change(of, (known, now) => (known.Heard(100, 100, now, new BreakerOptions()), 0), RouterRig.Ever);
    }

    [Fact]
    public async Task Loses_none_of_fifty_events_that_come_at_once()
    {
        await Resting(25);
        Trade Fifty(int number) => new($"{number}", new Quantity(0.5m), new Price(100 + number), 0, "BTC", true, DateTimeOffset.UnixEpoch);
        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => rig.Report(id, State(OrderId, number == 50 ? VenueStatus.Filled : VenueStatus.PartiallyFilled, number * 0.5m) with { Trades = [Fifty(number)] })));
        await rig.Until(id, order => order.Status is OrderStatus.Closed);
        var order = (await rig.Order(id))!;
        Assert.Equal((50, 25m, 125.5m), (order.VenueOrders[0].Trades.Length, order.CumQty.Value, order.AvgPx));
    }

    [Fact]
    public async Task Writes_no_commit_for_what_it_knows_already()
    {
        await Resting();
        await Eventually.True(async () => await rig.Pending(id) is [] or ["markout"]);
        var version = await rig.Version(id);
        for (var again = 0; again < 20; again++) await rig.Report(id, State(OrderId, VenueStatus.New));
        await rig.Report(id, State(OrderId, VenueStatus.PartiallyFilled, 0.5m));
        await rig.Until(id, order => order.Status is OrderStatus.PartiallyFilled);
        Assert.Equal(version + 1, await rig.Version(id));
    }

    [Fact]
    public async Task Is_canceled_at_the_venue_and_says_so_again_when_it_is_asked_again()
    {
        await Resting();
        rig.Spot.OnCancel = effect => Task.FromResult(Known(State(OrderId, VenueStatus.Canceled)));
        var cancels = rig.Client<CancelRequest>("s4-intents");
        var first = await cancels.GetResponse<CancelReply>(new CancelRequest { IntentId = id, Reason = "RISK" });
        var again = await cancels.GetResponse<CancelReply>(new CancelRequest { IntentId = id });
        Assert.Equal((200, "CANCELED"), (first.Message.HttpStatus, first.Message.Result.Status));
        Assert.Equal((200, "CANCELED"), (again.Message.HttpStatus, again.Message.Result.Status));
        Assert.Equal(1, rig.Spot.Count("cancel"));
    }

    [Fact]
    public async Task That_nobody_knows_cannot_be_canceled()
    {
        var reply = await rig.Client<CancelRequest>("s4-intents").GetResponse<CancelReply>(new CancelRequest { IntentId = "never heard of" });
        Assert.Equal((404, "ORDER_NOT_FOUND"), (reply.Message.HttpStatus, reply.Message.Result.Code));
    }

    [Fact]
    public async Task Keeps_its_cancel_until_the_placement_is_known()
    {
        await rig.Ask(RouterRig.Intent(id, "LIMIT", 100));
        await rig.Until(id, order => order.Status is OrderStatus.Unknown);
        await rig.Send(new CancelOrder { OrderId = SagaIds.Of(id), Reason = "RISK" });
        await rig.Until(id, order => order.CancelAsked);
        Assert.Equal(0, rig.Spot.Count("cancel"));
        rig.Spot.OnCancel = _ => Task.FromResult(Known(State(OrderId, VenueStatus.Canceled)));
        await rig.Report(id, State(OrderId, VenueStatus.New));
        await rig.Until(id, order => order.Status is OrderStatus.Canceled);
        Assert.Equal(1, rig.Spot.Count("cancel"));
    }

    [Fact]
    public async Task Asks_the_venue_for_the_fills_that_are_missing_and_then_disarms_its_timer()
    {
        Fill(withTrades: false);
        await rig.Ask(RouterRig.Intent(id));
        await rig.Until(id, order => order.Status is OrderStatus.Filled);
        Assert.False((await rig.Order(id))!.Final);
        Assert.NotNull(await rig.Store.NextTimerDue(RouterRig.Ever));
        rig.Spot.OnQuery = _ => Task.FromResult(Known(State(OrderId, VenueStatus.Filled, 1)));

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.DeliverTimers();

        await rig.Until(id, order => order.Status is OrderStatus.Closed);
        Assert.Null(await rig.Store.NextTimerDue(RouterRig.Ever));
        Assert.Equal(["place", "query"], rig.Spot.Calls);
    }

    [Fact]
    public async Task Takes_no_notice_of_a_timer_that_is_stale_and_takes_it_out_of_the_store()
    {
        Fill(withTrades: false);
        await rig.Ask(RouterRig.Intent(id));
        await rig.Until(id, order => order.Status is OrderStatus.Filled);
        await rig.Report(id, State(OrderId, VenueStatus.Filled, 1));       // the fills come by themselves just as the timer is delivered
        await rig.Until(id, order => order.Status is OrderStatus.Closed);
        var stale = Guid.NewGuid();
        var version = await rig.Version(id);
        await Arm(stale, new ProbeDue { OrderId = SagaIds.Of(id), TimerId = stale });

        await rig.DeliverTimers();

        await Eventually.True(async () => await rig.Version(id) == version + 1);
        await NothingComesBack();
        Assert.Equal(["place"], rig.Spot.Calls);
    }

    [Fact]
    public async Task That_has_lapsed_does_not_leave_its_timer_behind()
    {
        var orphan = Guid.NewGuid();
        await Arm(orphan, new ProbeDue { OrderId = Guid.NewGuid(), TimerId = orphan });
        await rig.DeliverTimers();
        Assert.Null(await rig.Store.NextTimerDue(RouterRig.Ever));          // claimed
        await Eventually.True(async () =>
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(11));
            return await rig.Store.ReapTimers(RouterRig.Ever) == 0 && await rig.Store.NextTimerDue(RouterRig.Ever) is null;
        });
    }

    /// <summary>Puts a timer into the store by a commit to some other order.</summary>
    async Task Arm(Guid token, ProbeDue timer) =>
        await rig.Store.Commit(Stores.Given.Step(Guid.NewGuid(), null, rig.Clock.GetUtcNow()) with { Arm = [new NewTimer(token, rig.Clock.GetUtcNow().AddSeconds(-1), Router.Timers.TimerBody.Write(timer))] }, RouterRig.Ever);

    async Task NothingComesBack()
    {
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await rig.Store.ReapTimers(RouterRig.Ever));
        Assert.Null(await rig.Store.NextTimerDue(RouterRig.Ever));
    }
}

public sealed class An_intent_in_trouble
{
    readonly string id = $"intent-{Guid.NewGuid():N}";
    string OrderId => RouterRig.ClientOrderIdOf(id);

    /// <summary>The store, with a script in front of its commits.</summary>
    static Action<IServiceCollection> Commits(Func<Func<Task<CommitOutcome>>, Task<CommitOutcome>?> script) => services =>
    {
        var real = services.Last(service => service.ServiceType == typeof(IOrderStore)).ImplementationFactory!;
        services.AddSingleton(provider =>
        {
            var store = (IOrderStore)real(provider);
            return Stub<IOrderStore>.Of((method, args) =>
                method.Name == nameof(IOrderStore.Commit) ? script(() => store.Commit((OrderCommit)args[0]!, CancellationToken.None)) ?? Stub.PassOn : Stub.PassOn, store);
        });
    };

    [Fact]
    public async Task Is_decided_again_when_another_committed_first()
    {
        var conflicts = 0;
        await using var rig = await RouterRig.Start(Commits(_ => Interlocked.Increment(ref conflicts) <= 5 ? Task.FromResult(CommitOutcome.Conflict) : null));
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(OrderId, VenueStatus.Filled, 1)));
        await rig.Ask(RouterRig.Intent(id));
        await rig.Until(id, order => order.Status is OrderStatus.Closed);
        Assert.Equal(1, rig.Spot.Count("place"));
        Assert.True(conflicts > 5);
    }

    public static TheoryData<string, Exception> Waits => new()
    {
        { "the store's, told by its own name", new StoreUnavailableException("given up", new TaskCanceledException()) },
        { "somebody else's", new InvalidOperationException("given up", new TaskCanceledException()) },
    };

    [Theory, MemberData(nameof(Waits), DisableDiscoveryEnumeration = true)]
    public async Task Is_decided_again_when_a_wait_was_cut_short_inside(string whose, Exception cut)
    {
        var commits = 0;
        await using var rig = await RouterRig.Start(Commits(_ => Interlocked.Increment(ref commits) <= 3 ? Task.FromException<CommitOutcome>(cut) : null));
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(OrderId, VenueStatus.Filled, 1)));
        await rig.Ask(RouterRig.Intent(id));
        await rig.Until(id, order => order.Status is OrderStatus.Closed);
        Assert.True(commits > 3, whose);
    }

    [Fact]
    public void Is_not_lost_to_a_name_that_no_policy_knows() =>
        Assert.IsNotType<OperationCanceledException>(new StoreUnavailableException("given up", new TaskCanceledException()).GetBaseException(), exactMatch: false);

    [Fact]
    public async Task Takes_effect_once_when_the_answers_of_its_commits_are_lost()
    {
        var commits = 0;
        await using var rig = await RouterRig.Start(Commits(commit => Interlocked.Increment(ref commits) % 2 == 1 ? Lost(commit) : null));
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(OrderId, VenueStatus.Filled, 1)));
        await rig.Ask(RouterRig.Intent(id));
        await Eventually.True(async () =>
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await rig.Sweep();                                            // nobody handed the effects over: their commit failed, as far as its process knows
            return await rig.Order(id) is { Status: OrderStatus.Closed };
        });
        Assert.Equal(1, rig.Spot.Count("place"));
        var results = await rig.Store.Results(new ListResults(), RouterRig.Ever);
        Assert.Single(results.Items);

        static async Task<CommitOutcome> Lost(Func<Task<CommitOutcome>> commit)
        {
            await commit();
            throw new StoreUnavailableException("the answer was lost");
        }
    }
}
