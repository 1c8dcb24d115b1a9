using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Ops;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Venues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;
using static Chimera.S4.Router.Tests.Shutdown.LeavingRouter;

namespace Chimera.S4.Router.Tests.Shutdown;

public class An_orderly_end
{
    [Fact]
    public async Task Of_the_last_replica_withdraws_makers_and_leaves_the_rest()
    {
        await using var rig = await Rig();
        using var measured = new Measured(rig.Get<System.Diagnostics.Metrics.IMeterFactory>());
        await Rests(rig, Maker("maker"));
        await Rests(rig, RouterRig.Intent("plain", "LIMIT", 98));
        await Rests(rig, RouterRig.Intent("asked-for-as-such", "LIMIT_MAKER", 98));
        var canceled = Cancels(rig);

        await Ended(rig, rig.Get<OrderlyEnd>().Run(RouterRig.Ever));

        Assert.Equal([RouterRig.ClientOrderIdOf("maker")], canceled);
        Assert.True(await rig.Order("maker") is { Final: false, VenueOrders: [{ Status: VenueStatus.Canceled, IsWithdrawn: true }], WakeAt: not null });
        Assert.Equal((OrderStatus.Working, OrderStatus.Working), ((await rig.Order("plain"))!.Status, (await rig.Order("asked-for-as-such"))!.Status));
        Assert.Equal((1, 0, 0), (measured["s4.shutdown.makers canceled"], measured["s4.shutdown.makers ended"], measured["s4.shutdown.makers left"]));
        Assert.Equal((0, 0), (rig.Dispatcher.InHand, measured["s4.shutdown.effects_left"]));
    }

    [Fact]
    public async Task Takes_no_intent_any_more_and_is_not_ready()
    {
        await using var rig = await Rig();
        var gate = rig.Get<StartupGate>();
        gate.MarkBusStarted();
        gate.Enter(StartupGate.Ready);
        Assert.Equal((true, HealthStatus.Healthy), (gate.IsReady, await Readiness(rig)));
        var end = rig.Get<OrderlyEnd>().StoppingAsync(RouterRig.Ever);
        Assert.Equal((false, "stopping", HealthStatus.Unhealthy), (gate.IsReady, gate.Stage, await Readiness(rig)));
        await Ended(rig, end);
        await rig.Ask(RouterRig.Intent("late"));
        await TimeGoesBy(rig);
        Assert.Null(await rig.Order("late"));
        Assert.Equal(0, rig.Spot.Count("place"));
    }

    /// <summary>Before the bus has started, and where the broker brings nothing any more: a successor is wanted at once, and there is nothing that could be left in order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_at_once_where_the_queues_are_not_consumed(bool isDeaf)
    {
        await using var rig = await Rig();
        await Rests(rig, Maker("maker"));
        if (isDeaf)
        {
            rig.Get<StartupGate>().MarkBusStarted();
            rig.Get<StartupGate>().GoDeaf();
        }
        Assert.True(rig.Get<OrderlyEnd>().StoppingAsync(RouterRig.Ever).IsCompletedSuccessfully);
        Assert.False(rig.Get<Leaving>().TakesNothing);
    }

    [Fact]
    public async Task Beside_another_replica_leaves_to_it_the_makers_and_what_is_reported()
    {
        await using var rig = await Rig();
        await Rests(rig, Maker("maker"));
        await rig.Get<ILeases>().Hold("replica:other", "other", TimeSpan.FromMinutes(10), RouterRig.Ever);
        var before = await rig.Version("maker");

        await Ended(rig, rig.Get<OrderlyEnd>().Run(RouterRig.Ever));
        await rig.Report("maker", ScriptedVenue.State(RouterRig.ClientOrderIdOf("maker"), VenueStatus.Filled, 1));
        await TimeGoesBy(rig);

        Assert.Equal(0, rig.Spot.Count("cancel"));
        Assert.Equal(before, await rig.Version("maker"));
        Assert.False(rig.Get<Leaving>().IsWithdrawing);
    }

    [Fact]
    public async Task Of_the_last_replica_waits_for_what_is_in_hand_and_hears_of_its_orders_until_then()
    {
        await using var rig = await Rig();
        await Rests(rig, RouterRig.Intent("other", "LIMIT", 98));
        var (answer, end) = await EndWithOneInHand(rig);
        await rig.Report("other", ScriptedVenue.State(RouterRig.ClientOrderIdOf("other"), VenueStatus.Filled, 1));
        await rig.Until("other", order => order.Status is OrderStatus.Closed);
        Assert.False(end.IsCompleted);
        answer.SetResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf("slow"), VenueStatus.New)));
        await Ended(rig, end);
        Assert.Equal(0, rig.Dispatcher.InHand);
    }

    [Fact]
    public async Task Beside_another_replica_waits_for_what_is_in_hand()
    {
        await using var rig = await Rig();
        await rig.Get<ILeases>().Hold("replica:other", "other", TimeSpan.FromMinutes(10), RouterRig.Ever);
        var (answer, end) = await EndWithOneInHand(rig);
        Assert.False(end.IsCompleted);
        answer.SetResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf("slow"), VenueStatus.New)));
        await Ended(rig, end);
        Assert.Equal(0, rig.Dispatcher.InHand);
    }

    /// <summary>It has come as far as taking nothing any more, and has had time to go further.</summary>
    static async Task<(TaskCompletionSource<VenueAnswer> Answer, Task End)> EndWithOneInHand(RouterRig rig)
    {
        var answer = new TaskCompletionSource<VenueAnswer>();
        rig.Spot.OnPlace = _ => answer.Task;
        await rig.Ask(RouterRig.Intent("slow", "LIMIT", 98));
        await Eventually.True(() => rig.Spot.Placed.Any(request => IdOf(request) == RouterRig.ClientOrderIdOf("slow")));
        var end = rig.Get<OrderlyEnd>().Run(RouterRig.Ever);
        await Goes(rig, () => rig.Get<Leaving>().TakesNothing);
        await TimeGoesBy(rig);
        return (answer, end);
    }

    [Fact]
    public async Task Comes_after_its_bound_whatever_does_not_answer()
    {
        await using var rig = await Rig(services => services.AddSingleton(new ShutdownOptions { Bound = TimeSpan.FromSeconds(4) }));
        using var measured = new Measured(rig.Get<System.Diagnostics.Metrics.IMeterFactory>());
        await Rests(rig, Maker("maker"));
        var answer = new TaskCompletionSource<VenueAnswer>();
        rig.Spot.OnCancel = _ => answer.Task;
        rig.Get<StartupGate>().MarkBusStarted();
        var told = rig.Clock.GetUtcNow();

        await Ended(rig, rig.Get<OrderlyEnd>().StoppingAsync(RouterRig.Ever));

        Assert.True(rig.Clock.GetUtcNow() - told >= TimeSpan.FromSeconds(3), "a quarter of the bound is for taking down what serves");
        Assert.Equal((1, 1), (measured["s4.shutdown.makers left"], measured["s4.shutdown.effects_left"]));
        answer.SetResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
    }

    [Fact]
    public async Task Tries_again_where_the_store_is_away_for_a_moment()
    {
        var away = 2;
        await using var rig = await Rig(services => services.AddSingleton<ILeases>(provider => Stub<ILeases>.Of((method, _) =>
            method.Name is nameof(ILeases.Held) && Interlocked.Decrement(ref away) >= 0 ? Task.FromException<IReadOnlyList<string>>(new StoreUnavailableException("away")) : Stub.PassOn,
            ActivatorUtilities.CreateInstance<SqliteLeases>(provider))));
        await Rests(rig, Maker("maker"));
        var canceled = Cancels(rig);

        await Ended(rig, rig.Get<OrderlyEnd>().Run(RouterRig.Ever));

        Assert.Equal([RouterRig.ClientOrderIdOf("maker")], canceled);
    }

    static async Task<HealthStatus> Readiness(RouterRig rig) => (await rig.Get<HealthCheckService>().CheckHealthAsync(check => check.Name == "stopping")).Status;
}
