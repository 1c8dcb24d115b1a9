using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Orders.Views;

/// <summary>The whole story of an intent in one list: received, decided, sent, acknowledged, filled, ended, and what happened in between. <c>infra/queries/timeline</c> tells the same from the record.</summary>
static class Timelines
{
    public static TimelineEntry[] Of(Order order) =>
        [.. Steps(order).OrderBy(step => step.Earliest > step.Entry.At ? step.Earliest : step.Entry.At).ThenBy(step => step.Rank).Select(step => step.Entry)];

    /// <param name="Earliest">It cannot have been before, whatever a clock of the venue's says.</param>
    sealed record Step(DateTimeOffset Earliest, int Rank, TimelineEntry Entry);

    static IEnumerable<Step> Steps(Order order)
    {
        yield return At(order.Intent.ReceivedAt, 0, "RECEIVED", null, null);
        foreach (var venue in order.VenueOrders)
        {
            var id = venue.ClientOrderId;
            var price = (venue.Price ?? venue.TriggerPx) is { } px ? $" at {px}" : "";
            if (venue.DecidedAt is { } decided) yield return At(decided, 2, "DECIDED", id, $"{Words.Of(venue.Type)} {venue.OrderQty}{price}");
            if (venue.SentAt is { } sent) yield return At(sent, 3, "SENT", id, null);
            if (venue.AckedAt is { } acknowledged) yield return At(acknowledged, 4, "ACKNOWLEDGED", id, venue.VenueOrderId);
            foreach (var trade in venue.Trades)
                yield return At(trade.Time, 5, "FILL", id, $"{trade.Qty} at {trade.Px}, trade {trade.TradeId}", venue.SentAt ?? venue.DecidedAt);
            if (venue.EndedAt is { } ended) yield return At(ended, 6, "ENDED", id, Words.Of(venue.Status));
        }
        foreach (var note in order.Timeline) yield return At(note.At, note.What == OrderEventType.Accepted.Text() ? 1 : 7, note.What, note.ClientOrderId, note.Detail);
    }

    static Step At(DateTimeOffset at, int rank, string what, string? clientOrderId, string? detail, DateTimeOffset? earliest = null) =>
        new(earliest ?? at, rank, new TimelineEntry { At = at, What = what, ClientOrderId = clientOrderId, Detail = detail });
}
