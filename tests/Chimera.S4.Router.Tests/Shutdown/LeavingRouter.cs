using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Chimera.S4.Router.Tests.Shutdown;

/// <summary>A router whose orders rest as they are placed, and which is told to stop.</summary>
static class LeavingRouter
{
    public static async Task<RouterRig> Rig(Action<IServiceCollection>? change = null)
    {
        var rig = await RouterRig.Start(change);
        rig.Spot.OnPlace = request => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(IdOf(request), VenueStatus.New, venueOrderId: IdOf(request))));
        return rig;
    }

    public static OrderIntent Maker(string id) => RouterRig.Intent(id) with { ExecPolicy = new() { MakerThenTaker = new() { WaitMs = 3000, MinFillRatio = 0 } } };

    public static string IdOf(SignedRequest request) => request.Text.Split('&')[0].Split('=')[1];

    public static async Task Rests(RouterRig rig, OrderIntent intent)
    {
        await rig.Ask(intent);
        await rig.Until(intent.IntentId!, order => order.VenueOrders is [{ Status: VenueStatus.New, PlaceSeq: null }]);
    }

    /// <summary>Answers every cancel with its success.</summary>
    public static List<string> Cancels(RouterRig rig)
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
    public static async Task Ended(RouterRig rig, Task task)
    {
        await Goes(rig, () => task.IsCompleted);
        await task;
    }

    public static Task Goes(RouterRig rig, Func<bool> until) => Eventually.True(() =>
    {
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        return until();
    });

    /// <summary>Each question goes through the same bus, and is answered when it has been written to the same store: whatever was to happen has had more time than it takes.</summary>
    public static async Task TimeGoesBy(RouterRig rig)
    {
        for (var asked = 0; asked < 20; asked++)
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await rig.Client<SetKillSwitch>("s4-queries").GetResponse<GatesView>(new SetKillSwitch { State = "OFF", Reason = "time goes by", By = "the test" });
        }
    }
}
