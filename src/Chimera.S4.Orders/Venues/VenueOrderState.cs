namespace Chimera.S4.Orders;

/// <summary>One order as the venue told it, on whichever channel.</summary>
public sealed record VenueOrderState
{
    public required string Symbol { get; init; }

    /// <summary>The id that the order was placed with, also after spot renamed it to a cancel's id where the venue still tells it.</summary>
    public required string ClientOrderId { get; init; }
    public required string VenueOrderId { get; init; }

    /// <summary>It was placed to wait for a price in a book of its own (futures), and is canceled and looked for there.</summary>
    public bool IsConditional { get; init; }
    public required VenueStatus Status { get; init; }
    public required Quantity CumQty { get; init; }
    public decimal? CumQuote { get; init; }
    public IReadOnlyList<Trade> Trades { get; init; } = [];
    public DateTimeOffset? Time { get; init; }

    /// <summary>Why it expired or was refused, in the venue's words; null where there is nothing to say.</summary>
    public string? Remark { get; init; }

    /// <summary>The trades that came along are all that the cumulative quantity counts.</summary>
    public bool HasItsTrades => Trades.Sum(trade => trade.Qty.Value) == CumQty.Value;

    /// <summary>This and what the venue told of the order after it, as one: taken together they come to what they come to one after the other.</summary>
    /// <returns>Null: they are of different orders, or the later one tells less far; they have to be told one after the other.</returns>
    public VenueOrderState? With(VenueOrderState later) => Key(later) != Key(this) || later.Status < Status || later.CumQty.Value < CumQty.Value ? null : later with
    {
        CumQuote = later.CumQuote ?? (later.CumQty == CumQty ? CumQuote : null),
        Trades = [.. Trades.Concat(later.Trades).DistinctBy(trade => trade.TradeId)],
        Remark = (later.Status == Status ? Remark : null) ?? later.Remark,
    };

    static (string, string, string, bool) Key(VenueOrderState order) => (order.Symbol, order.ClientOrderId, order.VenueOrderId, order.IsConditional);
}
