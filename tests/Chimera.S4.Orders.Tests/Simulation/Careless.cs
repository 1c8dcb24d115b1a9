namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Policies that lack a protection, as a hasty author would have written them: the document, or the decision, is changed on its way.</summary>
static class Careless
{
    const int Later = 5_000;

    public static readonly IReadOnlyList<Ports> Policies =
    [
        new("exits that exclude each other") { Decided = (_, decision) => Each(decision, effect => effect is PlaceListEffect { Entry: null } list ? Apart(list) : [effect]) },
        new("cancel seen before the replacement") { Seen = order => EachOrder(order, venue => venue is { CancelSeq: not null, IsAlive: true } ? venue with { Status = VenueStatus.Canceled } : venue) },
        new("fees taken off what is held") { Seen = order => EachOrder(order, venue => venue with { Trades = [.. venue.Trades.Select(trade => trade with { CommissionAsset = null })] }) },
        new("protection sized by what has filled") { Decided = (order, decision) => Each(decision, effect => [effect is PlaceEffect { ReduceOnly: true } exit && order.Intent.Protection is not null ? exit with { Qty = order.OrderQty } : effect]) },
        new("protection resized as fills come") { Decided = (order, decision) => Each(decision, effect => IsExit(order, effect) && order.VenueOrders.Any(venue => venue.Leg > 0) ? [] : [effect]) },
        new("siblings canceled when flat") { Decided = (order, decision) => Each(decision, effect => effect is CancelEffect && order.Intent.Protection is not null ? [] : [effect]) },
        new("watch where no stop stands") { Decided = (_, decision) => decision with { Order = decision.Order with { Watch = null } } },
        new("the new stop seen to stand before the old one goes") { Seen = order => order.Replaced is { AskSeq: null } ? EachOrder(order, venue => venue.Status is VenueStatus.None ? venue with { Status = VenueStatus.New } : venue) : order },
        new("wait for the end of what is replaced") { Seen = order => order.Replaced is { AskSeq: not null, Ended: null } replaced ? order with { Replaced = replaced with { Ended = new ReplacedEnd(Quantity.Zero, Unknown: false) } } : order },
        new("what the replaced has filled") { Decided = (order, decision) => order.Replaced is { Ended: null } && order.Legs.IsEmpty ? Each(decision, effect => [effect is PlaceEffect place ? place with { Qty = order.OrderQty } : effect]) : decision },
        new("exits that go with the position") { Seen = order => order with { FlatAt = null, FlatSeenAt = null } },
        new("slices that start once") { Decided = (order, decision) => decision.Events.Any(told => told.Type is OrderEventType.SliceSent) && order.Legs.Length > 0 ? Each(decision, effect => effect is PlaceEffect slice ? [slice, Again(slice)] : [effect]) : decision },
        new("slices kept when they fail") { Seen = order => order.Twap is { IsDone: false } plan && order.Legs.Any(leg => leg.Ended is VenueStatus.Rejected or VenueStatus.Expired) ? order with { Twap = plan with { Slices = plan.Slices[..order.Legs.Length] } } : order },
    ];

    static bool IsExit(Order order, Effect effect) => effect is PlaceEffect { ReduceOnly: true } && order.Intent.Protection is not null;

    static Effect[] Apart(PlaceListEffect list) => [.. new[] { list.Above, list.Below }.Select((exit, at) => new PlaceEffect(list.Seq + at * Later, list.Market, list.Symbol, exit.ClientOrderId)
    {
        Side = list.Side, Type = exit.Type, Qty = list.Qty, Price = exit.Price, TriggerPx = exit.TriggerPx, ReduceOnly = true,
    })];

    static PlaceEffect Again(PlaceEffect slice)
    {
        ClientOrderId.TryParse(slice.ClientOrderId, Sample.Prefix, out var id);
        return new PlaceEffect(slice.Seq + Later, slice.Market, slice.Symbol, (id with { Attempt = id.Attempt + 100 }).ToString()) { Side = slice.Side, Type = slice.Type, Qty = slice.Qty, Price = slice.Price };
    }

    static Decision Each(Decision decision, Func<Effect, Effect[]> of) => decision with { Effects = [.. decision.Effects.SelectMany(of)] };
    static Order EachOrder(Order order, Func<VenueOrder, VenueOrder> of) => order with { VenueOrders = [.. order.VenueOrders.Select(of)] };
}
