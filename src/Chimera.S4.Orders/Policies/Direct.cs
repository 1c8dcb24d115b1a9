namespace Chimera.S4.Orders;

/// <summary>A leg that is one order, as asked.</summary>
static class Direct
{
    public static void Step(Draft draft, Leg leg, MarketView view)
    {
        var last = LegProgress.Of(draft.Order, leg).Last;
        if (last is null && leg.Ended is not null) return;
        if (last is null && draft.Order.CancelAsked) draft.End(leg, VenueStatus.Canceled);
        else if (last is null) draft.Place(leg, leg.Type, leg.Target, leg.Price, leg.TriggerPx);
        else if (last.IsAlive && draft.Order.CancelAsked) draft.Cancel(last);
        else if (leg.Ended is null && MakingRoom.MayTry(draft, last, view) is { } may)
        {
            if (draft.Order.CancelAsked) draft.End(leg, VenueStatus.Canceled);
            else if (may) draft.Place(leg, leg.Type, leg.Target, leg.Price, leg.TriggerPx);
            return;
        }
        else if (leg.Ended is VenueStatus.Canceled && MakingRoom.IsLocked(last)) return;
        if (last is not null) draft.End(leg, last.Status.IsTerminal() ? last.Status : null, last.Status.IsTerminal() ? last.Reason : null);
    }
}
