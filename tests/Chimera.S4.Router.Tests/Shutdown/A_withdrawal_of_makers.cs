using Chimera.S4.Orders;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Chimera.S4.Router.Tests.Shutdown.LeavingRouter;

namespace Chimera.S4.Router.Tests.Shutdown;

public class A_withdrawal_of_makers
{
    [Fact]
    public async Task Stops_withdrawing_when_another_replica_comes()
    {
        await using var rig = await Rig();
        await Rests(rig, Maker("maker"));
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
        await Rests(rig, Maker("maker"));
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
        await Rests(rig, Maker("maker"));
        rig.Spot.OnCancel = cancel => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(cancel.ClientOrderId, VenueStatus.Filled, 1)));
        var withdrawing = rig.Get<MakerWithdrawal>().Run(RouterRig.Ever);
        await Ended(rig, withdrawing);
        var withdrawn = rig.Get<MakerWithdrawal>().Result;
        Assert.Equal((0, 1, 0), (withdrawn.Canceled, withdrawn.Ended, withdrawn.Left.Count));
        await rig.Until("maker", order => order is { Status: OrderStatus.Closed });
    }

    /// <summary>It was decided before the withdrawal began, and is committed when that has looked already.</summary>
    [Fact]
    public async Task Waits_for_a_maker_that_comes_after_its_first_look()
    {
        TaskCompletionSource deciding = new(TaskCreationOptions.RunContinuationsAsynchronously), commit = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int looks = 0, waits = 0;
        await using var rig = await Rig(services =>
        {
            services.AddSingleton(provider => Stub<IOrderStore>.Of((method, args) =>
            {
                if (method.Name is nameof(IOrderStore.Live)) Interlocked.Increment(ref looks);
                if (method.Name is not nameof(IOrderStore.Commit) || args[0] is not OrderCommit { ExpectedVersion: null } late || late.Id != SagaIds.Of("late")) return Stub.PassOn;
                deciding.TrySetResult();
                return Held(Real(provider), late, commit.Task);
            }, Real(provider)));
            services.AddSingleton<ILeases>(provider => Stub<ILeases>.Of((method, _) =>
            {
                if (method.Name is nameof(ILeases.Held)) Interlocked.Increment(ref waits);
                return Stub.PassOn;
            }, ActivatorUtilities.CreateInstance<SqliteLeases>(provider)));
        });
        TaskCompletionSource<VenueAnswer> first = new(), late = new();
        rig.Spot.OnCancel = cancel => cancel.ClientOrderId == RouterRig.ClientOrderIdOf("first") ? first.Task : late.Task;
        await Rests(rig, Maker("first"));
        await rig.Ask(Maker("late"));
        await deciding.Task;

        var withdrawing = rig.Get<MakerWithdrawal>().Run(RouterRig.Ever);
        await Goes(rig, () => rig.Spot.Count("cancel") == 1);
        commit.SetResult();
        await Goes(rig, () => rig.Spot.Count("cancel") == 2);
        var before = looks;
        first.SetResult(Gone("first"));
        await Goes(rig, () => withdrawing.IsCompleted || looks >= before + 2);       // at both markets
        before = waits;
        await Goes(rig, () => withdrawing.IsCompleted || waits > before);
        late.SetResult(Gone("late"));
        await Ended(rig, withdrawing);

        var withdrawn = rig.Get<MakerWithdrawal>().Result;
        Assert.Equal((2, 0, 0), (withdrawn.Canceled, withdrawn.Ended, withdrawn.Left.Count));
    }

    static VenueAnswer Gone(string id) => ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf(id), VenueStatus.Canceled, venueOrderId: RouterRig.ClientOrderIdOf(id)));

    static IOrderStore Real(IServiceProvider provider) => ActivatorUtilities.CreateInstance<SqliteOrderStore>(provider, true);

    static async Task<CommitOutcome> Held(IOrderStore real, OrderCommit commit, Task until)
    {
        await until;
        return await real.Commit(commit, RouterRig.Ever);
    }
}
