using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>A row of <c>fills</c>, append-only.</summary>
public sealed record FillRecord
{
    /// <summary>As <see cref="FillId"/>.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }

    /// <summary>Market, symbol, the venue's trade id, and the side: a trade between two orders of one account fills both.</summary>
    [JsonPropertyName("fill_id")] public required string FillId { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>The venue's id; null: the trade was told without it.</summary>
    [JsonPropertyName("order_id")] public string? OrderId { get; init; }
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }

    /// <summary>SPOT or FUT.</summary>
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }

    /// <summary>BUY or SELL.</summary>
    [JsonPropertyName("side")] public required string Side { get; init; }

    /// <summary>The venue's, unique per market and symbol.</summary>
    [JsonPropertyName("trade_id")] public required string TradeId { get; init; }

    /// <summary>Base units.</summary>
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }

    /// <summary>Quote units.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public required decimal Price { get; init; }

    /// <summary>Units of <see cref="CommissionAsset"/>; negative is a rebate.</summary>
    [JsonPropertyName("commission"), JsonConverter(typeof(DecimalText))] public required decimal Commission { get; init; }

    /// <summary>Null: the venue did not say.</summary>
    [JsonPropertyName("commission_asset")] public string? CommissionAsset { get; init; }

    /// <summary>True: it rested. False: it took. Null: the venue did not say.</summary>
    [JsonPropertyName("maker")] public bool? Maker { get; init; }

    /// <summary>Quote units: middle of the book when the order's request was signed; null: none was known.</summary>
    [JsonPropertyName("mid_at_send"), JsonConverter(typeof(DecimalText))] public decimal? MidAtSend { get; init; }

    /// <summary>The best three levels when the request was signed, <c>{"bids":[["px","qty"]…],"asks":[…]}</c>; null: no book was known.</summary>
    [JsonPropertyName("book_top3")] public string? BookTop3 { get; init; }

    /// <summary>sign(side) · (price − mid_at_send) / mid_at_send · 10⁴ in basis points, 4 digits, positive is a cost; null: no mid was known.</summary>
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }

    /// <summary>When it happened. The venue's clock.</summary>
    [JsonPropertyName("timestamp")] public required DateTimeOffset Timestamp { get; init; }
}
