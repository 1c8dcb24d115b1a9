using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>The words under which effects are stored.</summary>
public static class EffectKinds
{
    public const string Place = "place", PlaceList = "place-list", Cancel = "cancel", Query = "query", EndIntent = "end-intent", FindExits = "find-exits", GiveWay = "give-way", Record = RecordEffect.Kind, Markout = "markout", Reply = "reply";

    public static string Of(Effect effect) => effect switch
    {
        PlaceEffect => Place,
        PlaceListEffect => PlaceList,
        CancelEffect => Cancel,
        QueryEffect => Query,
        EndIntentEffect => EndIntent,
        FindExitsEffect => FindExits,
        GiveWayEffect => GiveWay,
        _ => throw new InvalidOperationException($"no kind for {effect.GetType().Name}"),
    };
}

/// <summary>An answer as stored: to whom, and exactly one of the two answers.</summary>
/// <param name="At">When it was decided. Null: stored by a router that did not write it down.</param>
public sealed record ReplyPayload(Uri ReplyTo, Guid RequestId, IntentReply? Intent, CancelReply? Cancel, DateTimeOffset? At = null);
