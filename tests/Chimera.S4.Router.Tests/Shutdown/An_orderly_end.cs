using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Shutdown;

public class An_orderly_end
{
    static readonly ExecPolicy Patient = new() { MakerThenTaker = new() { WaitMs = 3000, MinFillRatio = 0 } };

    [Fact]
    public async Task Of_the_last_replica_withdraws_makers_and_leaves_the_rest()
    {
        await using var rig = await Rig();
        await Rests(rig, RouterRig.Intent("maker") with { ExecPolicy = Patient });
        await Rests(rig, RouterRig.Intent("plain", "LIMIT", 98));
        await Rests(rig, RouterRig.Intent("asked-for-as-such", "LIMIT_MAKER", 98));
        var canceled = Cancels(rig);

        await Ended(rig, rig.Get<OrderlyEnd>().Run(RouterRig.Ever));

        Assert.Equal([RouterRig.ClientOrderIdOf("maker")], canceled);
        Assert.True(await rig.Order("maker") is { Final: false, VenueOrders: [{ Status: VenueStatus.Canceled, IsWithdrawn: true }], WakeAt: not null });
        Assert.Equal((OrderStatus.Working, OrderStatus.Working), ((await rig.Order("plain"))!.Status, (await rig.Order("asked-for-as-such"))!.Status));
        Assert.Equal(0, rig.Dispatcher.InHand);
    }

    [Fact]
    public async Task Takes_no_intent_any_more_and_is_not_ready()
    {
        await using var rig = await Rig();
        var gate = rig.Get<StartupGate>();
        gate.MarkBusStarted();
        gate.Enter(StartupGate.Ready);
        var end = rig.Get<OrderlyEnd>().StoppingAsync(RouterRig.Ever);
        Assert.Equal((false, "stopping"), (gate.IsReady, gate.Stage));
        await Ended(rig, end);
        await rig.Ask(RouterRig.Intent("late"));
        // Each question goes through the same bus, and is answered: the intent has had more time than it takes.
        for (var asked = 0; asked < 20; asked++) await rig.Client<GetReconciliation>("s4-queries").GetResponse<ReconciliationReport>(new GetReconciliation());
        Assert.Null(await rig.Order("late"));
        Assert.Equal(0, rig.Spot.Count("place"));
    }

    [Fact]
    public async Task Beside_another_replica_leaves_the_makers_to_it()
    {
        await using var rig = await Rig();
        await Rests(rig, RouterRig.Intent("maker") with { ExecPolicy = Patient });
        await rig.Get<ILeases>().Hold("replica:other", "other", TimeSpan.FromMinutes(10), RouterRig.Ever);
        var before = await rig.Version("maker");

        await Ended(rig, rig.Get<OrderlyEnd>().Run(RouterRig.Ever));

        Assert.Equal(0, rig.Spot.Count("cancel"));
        Assert.Equal(before, await rig.Version("maker"));
        Assert.False(rig.Get<Leaving>().IsWithdrawing);
    }

    [Fact]
    public async Task Stops_withdrawing_when_another_replica_comes()
    {
        await using var rig = await Rig();
        await Rests(rig, RouterRig.Intent("maker") with { ExecPolicy = Patient });
        var answer = new TaskCompletionSource<VenueAnswer>();
        rig.Spot.OnCancel = _ => answer.Task;
        var withdrawing = rig.Get<MakerWithdrawal>().Run(RouterRig.Ever);
        await Goes(rig, () => rig.Spot.Count("cancel") == 1);
        await rig.Get<ILeases>().Hold("replica:other", "other", TimeSpan.FromMinutes(10), RouterRig.Ever);
        await Ended(rig, withdrawing);
        Assert.False(rig.Get<Leaving>().IsWithdrawing);
        Assert.Equal([RouterRig.ClientOrderIdOf("maker")], rig.Get<MakerWithdrawal>().Result.Left);
        answer.SetResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
    }

    [Fact]
    public async Task Names_what_it_could_not_withdraw_within_its_bound()
    {
        await using var rig = await Rig();
        await Rests(rig, RouterRig.Intent("maker") with { ExecPolicy = Patient });
        rig.Spot.OnCancel = _ => Task.FromResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
        using var bound = new CancellationTokenSource();
        var withdrawing = rig.Get<MakerWithdrawal>().Run(bound.Token);
        await Goes(rig, () => rig.Spot.Count("cancel") == 1);
        await bound.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawing);
        var withdrawn = rig.Get<MakerWithdrawal>().Result;
        Assert.Equal((0, 0, RouterRig.ClientOrderIdOf("maker")), (withdrawn.Canceled, withdrawn.Ended, Assert.Single(withdrawn.Left)));
    }

    [Fact]
    public async Task Counts_a_maker_that_fills_before_its_cancel_comes_as_ended()
    {
        await using var rig = await Rig();
        await Rests(rig, RouterRig.Intent("maker") with { ExecPolicy = Patient });
        rig.Spot.OnCancel = cancel => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(cancel.ClientOrderId, VenueStatus.Filled, 1)));
        var withdrawing = rig.Get<MakerWithdrawal>().Run(RouterRig.Ever);
        await Ended(rig, withdrawing);
        var withdrawn = rig.Get<MakerWithdrawal>().Result;
        Assert.Equal((0, 1, 0), (withdrawn.Canceled, withdrawn.Ended, withdrawn.Left.Count));
        await rig.Until("maker", order => order is { Status: OrderStatus.Closed });
    }

    [Fact]
    public async Task Waits_for_what_is_in_hand()
    {
        await using var rig = await Rig();
        var answer = new TaskCompletionSource<VenueAnswer>();
        rig.Spot.OnPlace = _ => answer.Task;
        await rig.Ask(RouterRig.Intent("slow", "LIMIT", 98));
        await Eventually.True(() => rig.Spot.Count("place") == 1);
        var end = rig.Get<OrderlyEnd>().Run(RouterRig.Ever);
        await Goes(rig, () => rig.Get<Leaving>().TakesNothing);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.False(end.IsCompleted);
        answer.SetResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf("slow"), VenueStatus.New)));
        await Ended(rig, end);
        Assert.Equal(0, rig.Dispatcher.InHand);
    }

    static async Task<RouterRig> Rig()
    {
        var rig = await RouterRig.Start();
        rig.Spot.OnPlace = request => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(IdOf(request), VenueStatus.New, venueOrderId: IdOf(request))));
        return rig;
    }

    static string IdOf(SignedRequest request) => request.Text.Split('&')[0].Split('=')[1];

    static async Task Rests(RouterRig rig, OrderIntent intent)
    {
        await rig.Ask(intent);
        await rig.Until(intent.IntentId!, order => order.VenueOrders is [{ Status: VenueStatus.New, PlaceSeq: null }]);
    }

    static List<string> Cancels(RouterRig rig)
    {
        var canceled = new List<string>();
        rig.Spot.OnCancel = cancel =>
        {
            lock (canceled) canceled.Add(cancel.ClientOrderId);
            return Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(cancel.ClientOrderId, VenueStatus.Canceled, venueOrderId: cancel.ClientOrderId)));
        };
        return canceled;
    }

    /// <summary>The clock is the test's: it goes on until what waits for it has ended. No timer is delivered meanwhile.</summary>
    static async Task Ended(RouterRig rig, Task task)
    {
        await Goes(rig, () => task.IsCompleted);
        await task;
    }

    static Task Goes(RouterRig rig, Func<bool> until) => Eventually.True(() =>
    {
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        return until();
    });
}
