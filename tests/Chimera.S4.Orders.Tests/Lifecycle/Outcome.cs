namespace Chimera.S4.Orders.Tests;

/// <summary>An order without what may differ between two tellings of the same life: times, sequence numbers, the order of trades, whether a cancel still went out.</summary>
static class Outcome
{
    public static string Of(Order order) => Shape.Of(Plain(order) with { VenueOrders = [.. order.VenueOrders.Select(venue => Plain(venue) with { CancelId = null, CancelSeq = null, QuerySeq = null })] });

    /// <summary>What the order will do from here on: <see cref="Of"/> and which effects are pending.</summary>
    public static string Future(Order order) => Shape.Of(Plain(order));

    static Order Plain(Order order) => order with
    {
        EffectSeq = 0, ResultSeq = 0, RecordSeq = 0, Timeline = [], UpdatedAt = default, Probes = 0,
        Published = order.Published is null ? null : order.Published with { Seq = 0 },
        ClosedAt = order.ClosedAt is null ? null : default(DateTimeOffset), ProbeAt = order.ProbeAt is null ? null : default(DateTimeOffset),
        VenueOrders = [.. order.VenueOrders.Select(Plain)],
    };

    static VenueOrder Plain(VenueOrder venue) => venue with
    {
        Trades = [.. venue.Trades.OrderBy(trade => trade.TradeId, StringComparer.Ordinal)], SentAt = null, AckedAt = null, DecidedAt = null, EndedAt = null, Sight = null,
        PlaceSeq = venue.PlaceSeq is null ? null : 0, CancelSeq = venue.CancelSeq is null ? null : 0, QuerySeq = venue.QuerySeq is null ? null : 0,
    };
}
