using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>What one decision adds to the record (spec §4.1). Writing it twice, or out of order, ends the same.</summary>
[EntityName("s4-journal-batch"), MessageUrn("s4-journal-batch")]
public sealed record JournalBatch
{
    public required string IntentId { get; init; }
    public OrderRecord[] Orders { get; init; } = [];
    public FillRecord[] Fills { get; init; } = [];
    public StrategyEvent[] Events { get; init; } = [];
}

/// <summary>A row of <c>orders</c>: one venue order as it stands, or one denial. A higher <see cref="Seq"/> replaces a lower one, never the reverse.</summary>
public sealed record OrderRecord
{
    /// <summary><c>_key</c>: the client order id.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }
    [JsonPropertyName("seq")] public required int Seq { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }
    [JsonPropertyName("order_id")] public string? OrderId { get; init; }
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }
    [JsonPropertyName("side")] public required string Side { get; init; }
    [JsonPropertyName("type")] public required string Type { get; init; }
    [JsonPropertyName("time_in_force")] public string? TimeInForce { get; init; }
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public decimal? Price { get; init; }
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }
    [JsonPropertyName("qty_requested"), JsonConverter(typeof(DecimalText))] public required decimal QtyRequested { get; init; }
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }
    [JsonPropertyName("avg_price"), JsonConverter(typeof(DecimalText))] public decimal? AvgPrice { get; init; }
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }
    [JsonPropertyName("reduce_only")] public required bool ReduceOnly { get; init; }
    [JsonPropertyName("status")] public required string Status { get; init; }
    [JsonPropertyName("final")] public required bool Final { get; init; }
    [JsonPropertyName("code")] public string? Code { get; init; }
    [JsonPropertyName("rejected_by")] public string? RejectedBy { get; init; }
    [JsonPropertyName("message")] public string? Message { get; init; }

    /// <summary>Revision of the route curve in force at acceptance; 0 where none was.</summary>
    [JsonPropertyName("rcu_rev")] public required long RcuRev { get; init; }

    /// <summary>Snapshot of the policy as asked, JSON; null where none was.</summary>
    [JsonPropertyName("exec_policy")] public string? ExecPolicy { get; init; }
    [JsonPropertyName("created_at")] public required DateTimeOffset CreatedAt { get; init; }
    [JsonPropertyName("updated_at")] public required DateTimeOffset UpdatedAt { get; init; }
    [JsonPropertyName("sent_at")] public DateTimeOffset? SentAt { get; init; }
    [JsonPropertyName("acknowledged_at")] public DateTimeOffset? AcknowledgedAt { get; init; }
    [JsonPropertyName("closed_at")] public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>A row of <c>fills</c>, append-only.</summary>
public sealed record FillRecord
{
    /// <summary><c>_key</c> and <c>fill_id</c>: market, symbol, the venue's trade id, and the side: a trade between two orders of one account fills both.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }
    [JsonPropertyName("fill_id")] public required string FillId { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }
    [JsonPropertyName("order_id")] public string? OrderId { get; init; }
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }
    [JsonPropertyName("side")] public required string Side { get; init; }
    [JsonPropertyName("trade_id")] public required string TradeId { get; init; }
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public required decimal Price { get; init; }
    [JsonPropertyName("commission"), JsonConverter(typeof(DecimalText))] public required decimal Commission { get; init; }
    [JsonPropertyName("commission_asset")] public string? CommissionAsset { get; init; }
    [JsonPropertyName("maker")] public bool? Maker { get; init; }
    [JsonPropertyName("mid_at_send"), JsonConverter(typeof(DecimalText))] public decimal? MidAtSend { get; init; }
    [JsonPropertyName("book_top3")] public string? BookTop3 { get; init; }
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }
    [JsonPropertyName("timestamp")] public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>A row of <c>strategy_events</c>, append-only.</summary>
public sealed record StrategyEvent
{
    /// <summary><c>_key</c>: saga id, sequence and type.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }

    /// <summary>One of <see cref="StrategyEvents"/>.</summary>
    [JsonPropertyName("type")] public required string Type { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }
    [JsonPropertyName("seq")] public required int Seq { get; init; }
    [JsonPropertyName("client_order_id")] public string? ClientOrderId { get; init; }
    [JsonPropertyName("code")] public string? Code { get; init; }
    [JsonPropertyName("detail")] public string? Detail { get; init; }
    [JsonPropertyName("timestamp")] public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>The event words of spec §4.1, and two of our own where the record would otherwise be silent.</summary>
public static class StrategyEvents
{
    public const string Accepted = "ROUTER_ORDER_ACCEPTED";
    public const string Executed = "ROUTER_ORDER_EXECUTED";
    public const string Canceled = "ROUTER_ORDER_CANCELED";
    public const string Rejected = "ROUTER_ORDER_REJECTED";
    public const string OcoArmed = "OCO_ARMED";
    public const string OcoFallback = "OCO_FALLBACK";
    public const string GuardArmed = "GUARD_ARMED";
    public const string GuardTriggered = "GUARD_TRIGGERED";
    public const string TwapSliceSent = "TWAP_SLICE_SENT";
    public const string TwapDone = "TWAP_DONE";

    /// <summary>Ours: the venue refuses an exit again and again; what is held stands without it.</summary>
    public const string ProtectionRefused = "PROTECTION_REFUSED";

    /// <summary>Ours: the venue let the order lapse (IOC or FOK rest, empty book).</summary>
    public const string Expired = "ROUTER_ORDER_EXPIRED";

    /// <summary>Ours: a placement's outcome is not known.</summary>
    public const string Unknown = "ROUTER_ORDER_UNKNOWN";
}
