namespace Chimera.S4.Orders;

/// <summary>The purchase of a spot quantity that is to have exits: together with them as one list where the venue takes it, else as any other.</summary>
static class SpotEntry
{
    public static void Step(Draft draft, SpotExitTerms terms, MarketView view)
    {
        var (order, leg) = (draft.Order, draft.Order.Legs[0]);
        var last = LegProgress.Of(order, leg).Last;
        if (last is null && !order.CancelAsked && ComesAsList(order.Intent, view.Instrument))
            draft.PlaceList(order.Legs[1], terms, view.Instrument!.Lots.Floor(SpotExitTerms.AfterFees(leg.Target)), leg);
        else if (last is { ListId: not null, Status: VenueStatus.Rejected } && !order.CancelAsked && IsAboutTheList(last))
        {
            // Each of them is told of; as long as one is not, it might yet be there.
            if (order.VenueOrders.Any(venue => venue.ListId == last.ListId && venue is not { Status: VenueStatus.Rejected, PlaceSeq: null })) return;
            draft.Note("LIST_REFUSED", last.VenueText);
            draft.Place(leg, leg.Type, leg.Target, leg.Price);
        }
        else LegWork.Step(draft, leg, view);
    }

    /// <summary>The stop came before the first fill, and the caller wants to be on the other side then: as much is sold as was to be bought, once, if the account holds it (decision 0012).</summary>
    public static void Reverse(Draft draft, Instrument instrument, MarketView view)
    {
        var order = draft.Order;
        if (order.Intent.Guard is not { Reverse: true }) return;
        if (order.Legs.FirstOrDefault(leg => leg.Purpose is LegPurpose.Reversal) is { } reversal)
        {
            var work = LegProgress.Of(order, reversal);
            // Once; but the venue may take it at market in several orders only.
            if (work.Last is { Status: VenueStatus.Filled } && reversal.Ended is null && Taking.Takeable(work.Left, order, instrument, view) is { } more) draft.Place(reversal, OrderType.Market, more);
            else if (work.Last is { IsAlive: false } done) draft.End(reversal, done.Status, done.Reason);
        }
        else if (order is { Watch.ReachedAt: not null, CumQty.IsZero: true, ExitsCanceled: false } && order.Entries.Any() && order.Entries.All(entry => entry.Status is VenueStatus.Canceled))
        {
            var target = instrument.LotsFor(OrderType.Market).Floor(order.OrderQty);
            if (Taking.Takeable(target, order, instrument, view) is { } first) draft.Place(draft.Start(new Leg(order.Legs.Length, LegPurpose.Reversal, Side.Sell, target, OrderType.Market) { StartedAt = draft.Now }), OrderType.Market, first);
        }
    }

    static bool ComesAsList(Intent intent, Instrument? instrument) =>
        intent is { Oco: not null, Type: OrderType.LimitMaker } or { Oco: not null, Type: OrderType.Limit, TimeInForce: null or TimeInForce.Gtc }
        && instrument is not null && instrument.Features.HasFlag(Features.Oco | Features.Oto);

    // Whether the entry itself can be had shows only when it is asked for alone; a purse that is empty is so in any company.
    static bool IsAboutTheList(VenueOrder entry) =>
        entry.Reason is ReasonCode.VenueRejected or ReasonCode.VenueFilter or ReasonCode.VenueTooManyOrders or ReasonCode.WouldTrigger or null;
}
