using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>A row of <c>strategy_events</c>, append-only.</summary>
public sealed record StrategyEvent
{
    /// <summary>Saga id, sequence, number and type.</summary>
    [JsonPropertyName("_key")] public required string Key { get; init; }

    /// <summary>One of <see cref="StrategyEvents"/>.</summary>
    [JsonPropertyName("type")] public required string Type { get; init; }
    [JsonPropertyName("intent_id")] public required string IntentId { get; init; }

    /// <summary>Of the record that tells it, as in <c>orders</c>.</summary>
    [JsonPropertyName("seq")] public required int Seq { get; init; }

    /// <summary>Its place among the events of one record, from 0: with <see cref="Seq"/> the order in which S4 learned of them.</summary>
    [JsonPropertyName("no")] public int No { get; init; }

    /// <summary>The order that it is about; null: it is about the intent.</summary>
    [JsonPropertyName("client_order_id")] public string? ClientOrderId { get; init; }

    /// <summary>A reason code; null: none.</summary>
    [JsonPropertyName("code")] public string? Code { get; init; }

    /// <summary>For people; null: the type says it all.</summary>
    [JsonPropertyName("detail")] public string? Detail { get; init; }

    /// <summary>S4's clock.</summary>
    [JsonPropertyName("timestamp")] public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>The event words of spec §4.1, and some of our own where the record would otherwise be silent.</summary>
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

    /// <summary>Ours: a residual sweep of a market, its figures in the detail; of no intent.</summary>
    public const string Swept = "ROUTER_SWEPT";

    /// <summary>Ours: the venue refuses an exit again and again; what is held stands without it.</summary>
    public const string ProtectionRefused = "PROTECTION_REFUSED";

    /// <summary>Ours: the book did not bear a market order, and it was held to a limit, made smaller or put off.</summary>
    public const string LiquidityGuard = "LIQUIDITY_GUARD";

    /// <summary>Ours: a placement was asked to end before it was sent, or while nobody knew of it and it was then proven not to have come to be; it was not sent, or not sent again.</summary>
    public const string NotSent = "NOT_SENT";

    /// <summary>Ours: a close was locked out by exits of other intents, and these were asked to make room.</summary>
    public const string RoomAsked = "ROOM_ASKED";

    /// <summary>Ours: take-profits are withdrawn for a while, so that another intent can close.</summary>
    public const string ExitsGaveWay = "EXITS_GAVE_WAY";

    /// <summary>Ours: another intent has closed some of what this one protects, and its exits follow.</summary>
    public const string PositionReduced = "POSITION_REDUCED";

    /// <summary>Ours: the venue let the order lapse (IOC or FOK rest, empty book).</summary>
    public const string Expired = "ROUTER_ORDER_EXPIRED";

    /// <summary>Ours: a placement's outcome is not known.</summary>
    public const string Unknown = "ROUTER_ORDER_UNKNOWN";
}
