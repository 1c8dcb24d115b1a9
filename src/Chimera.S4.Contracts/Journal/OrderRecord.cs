using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>A row of <c>orders</c>: one venue order as it stands, or one denial. A higher <see cref="Seq"/> replaces a lower one, never the reverse.</summary>
public sealed record OrderRecord
{
    /// <summary>The client order id; of an intent that was denied, or ended before anything was placed, its saga id.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }

    /// <summary>Counts what was recorded of the intent, from 1.</summary>
    [JsonPropertyName("seq")] public required int Seq { get; init; }

    /// <summary>As its sender named it.</summary>
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>As <see cref="Key"/>.</summary>
    [JsonPropertyName("client_order_id")] public required string ClientOrderId { get; init; }

    /// <summary>The venue's id; null: none was heard.</summary>
    [JsonPropertyName("order_id")] public string? OrderId { get; init; }

    /// <summary>Id of the order list that it came with; null: it was placed alone.</summary>
    [JsonPropertyName("list_id")] public string? ListId { get; init; }

    /// <summary>SPOT or FUT.</summary>
    [JsonPropertyName("market")] public required string Market { get; init; }

    /// <summary>As the venue names it, such as BTCUSDT.</summary>
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }

    /// <summary>BUY or SELL.</summary>
    [JsonPropertyName("side")] public required string Side { get; init; }

    /// <summary>As placed: MARKET, LIMIT, LIMIT_MAKER, STOP or TAKE_PROFIT.</summary>
    [JsonPropertyName("type")] public required string Type { get; init; }

    /// <summary>GTC, IOC or FOK; null: the type has none.</summary>
    [JsonPropertyName("time_in_force")] public string? TimeInForce { get; init; }

    /// <summary>Quote units; null: at market.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(DecimalText))] public decimal? Price { get; init; }

    /// <summary>Quote units; null: it waits for no price.</summary>
    [JsonPropertyName("trigger_px"), JsonConverter(typeof(DecimalText))] public decimal? TriggerPx { get; init; }

    /// <summary>Base units, of this order.</summary>
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public required decimal Qty { get; init; }

    /// <summary>Base units, of the intent, before rounding.</summary>
    [JsonPropertyName("qty_requested"), JsonConverter(typeof(DecimalText))] public required decimal QtyRequested { get; init; }

    /// <summary>Base units, of this order, as the venue counts.</summary>
    [JsonPropertyName("filled_qty"), JsonConverter(typeof(DecimalText))] public required decimal FilledQty { get; init; }

    /// <summary>Quote units, 10 digits; null: nothing is filled.</summary>
    [JsonPropertyName("avg_price"), JsonConverter(typeof(DecimalText))] public decimal? AvgPrice { get; init; }

    /// <summary>Basis points of <see cref="MidAtSend"/>, 4 digits, positive is a cost; null: nothing is filled, or no mid was known.</summary>
    [JsonPropertyName("slippage_bps"), JsonConverter(typeof(DecimalText))] public decimal? SlippageBps { get; init; }

    /// <summary>It may only reduce what is held.</summary>
    [JsonPropertyName("reduce_only")] public required bool ReduceOnly { get; init; }

    /// <summary>NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED or UNKNOWN.</summary>
    [JsonPropertyName("status")] public required string Status { get; init; }

    /// <summary>It has ended, and every fill of it is in <c>fills</c>.</summary>
    [JsonPropertyName("final")] public required bool Final { get; init; }

    /// <summary>A reason code; null: nothing to remark.</summary>
    [JsonPropertyName("code")] public string? Code { get; init; }

    /// <summary>ROUTER: the intent was denied. VENUE: it was rejected. Null: neither.</summary>
    [JsonPropertyName("rejected_by")] public string? RejectedBy { get; init; }

    /// <summary>For people; null: nothing to say.</summary>
    [JsonPropertyName("message")] public string? Message { get; init; }

    /// <summary>Why the intent was canceled, in its canceler's word; null: it was not, or none was given.</summary>
    [JsonPropertyName("cancel_reason")] public string? CancelReason { get; init; }

    /// <summary>Revision of the route curve in force at acceptance; 0 where none was.</summary>
    [JsonPropertyName("rcu_rev")] public required long RcuRev { get; init; }

    /// <summary>Snapshot of the policy as asked, JSON; null where none was.</summary>
    [JsonPropertyName("exec_policy")] public string? ExecPolicy { get; init; }

    /// <summary>Number of the leg that it works for, from 0: orders that achieve one quantity in turn share it. Null: nothing was placed.</summary>
    [JsonPropertyName("leg")] public int? Leg { get; init; }

    /// <summary>What the leg is for: ENTRY, EXIT or REVERSAL; null: nothing was placed.</summary>
    [JsonPropertyName("purpose")] public string? Purpose { get; init; }

    /// <summary>Base units that the leg is to achieve; null: nothing was placed.</summary>
    [JsonPropertyName("leg_qty"), JsonConverter(typeof(DecimalText))] public decimal? LegQty { get; init; }

    /// <summary>Quote units: <see cref="LegQty"/> at <see cref="MidAtDecide"/>, 10 digits; null: one of them is. Of the leg's first order it is what the curves were asked with.</summary>
    [JsonPropertyName("notional"), JsonConverter(typeof(DecimalText))] public decimal? Notional { get; init; }

    /// <summary>Milliseconds that the leg may rest before it takes, as used; 0: it takes at once. Null: it is no maker_then_taker.</summary>
    [JsonPropertyName("maker_wait_ms")] public long? MakerWaitMs { get; init; }

    /// <summary>Probability, above 0 to 1, of having drawn this wait; null: it was not drawn by chance.</summary>
    [JsonPropertyName("explore_propensity"), JsonConverter(typeof(DecimalText))] public decimal? ExplorePropensity { get; init; }

    /// <summary>S₀, quote units: middle of the book at <see cref="PublishedAt"/>, when the sender decided; null: S4's stream did not reach back so far.</summary>
    [JsonPropertyName("mid_at_publish"), JsonConverter(typeof(DecimalText))] public decimal? MidAtPublish { get; init; }

    /// <summary>Sₐ, quote units: middle of the book when the intent was accepted; null: none was known.</summary>
    [JsonPropertyName("mid_at_arrival"), JsonConverter(typeof(DecimalText))] public decimal? MidAtArrival { get; init; }

    /// <summary>Quote units: middle of the book at <see cref="DecidedAt"/>; null: none was known.</summary>
    [JsonPropertyName("mid_at_decide"), JsonConverter(typeof(DecimalText))] public decimal? MidAtDecide { get; init; }

    /// <summary>Quote units: best ask less best bid at <see cref="DecidedAt"/>; null: no book was known.</summary>
    [JsonPropertyName("spread_at_decide"), JsonConverter(typeof(DecimalText))] public decimal? SpreadAtDecide { get; init; }

    /// <summary>Base units: the best three bids at <see cref="DecidedAt"/>; null: no book was known.</summary>
    [JsonPropertyName("bid_depth_at_decide"), JsonConverter(typeof(DecimalText))] public decimal? BidDepthAtDecide { get; init; }

    /// <summary>Base units: the best three asks at <see cref="DecidedAt"/>; null: no book was known.</summary>
    [JsonPropertyName("ask_depth_at_decide"), JsonConverter(typeof(DecimalText))] public decimal? AskDepthAtDecide { get; init; }

    /// <summary>Sₛ, quote units: middle of the book when the request was signed; null: it was not sent, or none was known.</summary>
    [JsonPropertyName("mid_at_send"), JsonConverter(typeof(DecimalText))] public decimal? MidAtSend { get; init; }

    /// <summary>When the intent was published: its sender's clock where the message tells, else as <see cref="ReceivedAt"/>. Null in a row of before it was kept.</summary>
    [JsonPropertyName("published_at")] public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Five stamps, 1: when S4 took the intent up. S4's clock. Null in a row of before it was kept.</summary>
    [JsonPropertyName("received_at")] public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Five stamps, 2: when this order was decided, or the intent denied. S4's clock. Null in a row of before it was kept.</summary>
    [JsonPropertyName("decided_at")] public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Five stamps, 3: when its request went out first. S4's clock; null: not heard to have been sent.</summary>
    [JsonPropertyName("sent_at")] public DateTimeOffset? SentAt { get; init; }

    /// <summary>Five stamps, 4: when the placement's answer, or the look that stood in for it, came. S4's clock; null: not yet.</summary>
    [JsonPropertyName("acknowledged_at")] public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Five stamps, 5: when its last fill happened. The venue's clock; null: nothing is filled.</summary>
    [JsonPropertyName("filled_at")] public DateTimeOffset? FilledAt { get; init; }

    /// <summary>When it was seen to live no more. S4's clock; null: it may still trade, or was never placed.</summary>
    [JsonPropertyName("ended_at")] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of the intent.</summary>
    [JsonPropertyName("created_at")] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the intent.</summary>
    [JsonPropertyName("updated_at")] public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When nothing of the intent was alive any more; null: something is.</summary>
    [JsonPropertyName("closed_at")] public DateTimeOffset? ClosedAt { get; init; }
}
