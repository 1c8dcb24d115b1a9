namespace Chimera.S4.Orders;

/// <summary>Something learned of an order, on its way to it.</summary>
/// <param name="Source">STREAM, PLACE, CANCEL, QUERY: which channel told it.</param>
/// <param name="VenueCode">The venue's error code; null where it gave none.</param>
/// <param name="VenueTime">When, by the venue's clock; null where it did not say.</param>
public sealed record Finding(string Source, Observation Seen, int? VenueCode = null, DateTimeOffset? VenueTime = null)
{
    public const string Stream = "STREAM", Place = "PLACE", Cancel = "CANCEL", Query = "QUERY";

    /// <summary>An order's state, told of under <paramref name="clientOrderId"/>.</summary>
    public static Finding Known(string source, string clientOrderId, VenueOrderState state) => new(source, new Observation
    {
        ClientOrderId = clientOrderId, Kind = ReportKind.Known, VenueOrderId = state.VenueOrderId, Status = state.Status, CumQty = state.CumQty, CumQuote = state.CumQuote,
        Trades = [.. state.Trades], VenueText = state.Remark,
    }, VenueTime: state.Time);

    /// <summary>Anything but an order's state.</summary>
    public static Finding Plain(string source, string clientOrderId, ReportKind kind, VenueAnswer? answer = null) =>
        new(source, new Observation { ClientOrderId = clientOrderId, Kind = kind, Reason = answer?.Reason, VenueText = answer?.VenueText }, answer?.VenueCode);

    /// <summary>As the answer to an effect of the order.</summary>
    public Finding Answering(int seq, DateTimeOffset? at = null) => this with { Seen = Seen with { EffectSeq = seq, AnsweredAt = at } };
}
