using System.Text.Json.Serialization;

namespace Chimera.S4.Contracts;

/// <summary>How a quantity is worked (spec §2.2, §5; design §7). At most one way of entering and one way of protecting.</summary>
public sealed record ExecPolicy
{
    [JsonPropertyName("maker_then_taker")] public MakerThenTaker? MakerThenTaker { get; init; }
    [JsonPropertyName("twap")] public Twap? Twap { get; init; }
    [JsonPropertyName("oco")] public Oco? Oco { get; init; }
    [JsonPropertyName("guard_stop")] public GuardStop? GuardStop { get; init; }
}

/// <summary>Rest passively for a while, then take.</summary>
public sealed record MakerThenTaker
{
    /// <summary>Maker window in ms. Null: the route curve decides.</summary>
    [JsonPropertyName("wait_ms")] public int? WaitMs { get; init; }

    /// <summary>Share of the quantity, 0–1 inclusive, below which half the window is enough.</summary>
    [JsonPropertyName("min_fill_ratio"), JsonConverter(typeof(DecimalText))] public decimal? MinFillRatio { get; init; }
}

/// <summary>Slices spread over time. Exactly one of <see cref="Slices"/> and <see cref="SliceQty"/>, or neither: the route curve decides.</summary>
public sealed record Twap
{
    [JsonPropertyName("slices")] public int? Slices { get; init; }
    [JsonPropertyName("slice_qty"), JsonConverter(typeof(DecimalText))] public decimal? SliceQty { get; init; }
    [JsonPropertyName("gap_ms")] public int? GapMs { get; init; }
    [JsonPropertyName("jitter_ms")] public int? JitterMs { get; init; }

    /// <summary><c>EQUAL</c> (default) or <c>SQRT</c>.</summary>
    [JsonPropertyName("weights")] public string? Weights { get; init; }
}

/// <summary>A take-profit and a stop of which one cancels the other.</summary>
public sealed record Oco
{
    [JsonPropertyName("tp_px"), JsonConverter(typeof(DecimalText))] public decimal? TpPx { get; init; }
    [JsonPropertyName("sl_px"), JsonConverter(typeof(DecimalText))] public decimal? SlPx { get; init; }
    [JsonPropertyName("sl_limit_px"), JsonConverter(typeof(DecimalText))] public decimal? SlLimitPx { get; init; }

    /// <summary><c>GUARD</c> (default) or <c>MARKET</c>.</summary>
    [JsonPropertyName("on_leg_failure")] public string? OnLegFailure { get; init; }
}

/// <summary>A stop watched by S4 where the venue cannot hold one.</summary>
public sealed record GuardStop
{
    [JsonPropertyName("enable")] public bool? Enable { get; init; }
    [JsonPropertyName("sl_px"), JsonConverter(typeof(DecimalText))] public decimal? SlPx { get; init; }
    [JsonPropertyName("reverse")] public bool? Reverse { get; init; }
}

/// <summary>Protection placed for each proven filled quantity.</summary>
public sealed record PostFillActions
{
    [JsonPropertyName("stop_loss")] public ProtectiveTrigger? StopLoss { get; init; }
    [JsonPropertyName("take_profit")] public ProtectiveTrigger[]? TakeProfit { get; init; }
}

public sealed record ProtectiveTrigger
{
    [JsonPropertyName("trigger_px"), JsonConverter(typeof(DecimalText))] public decimal? TriggerPx { get; init; }

    /// <summary>Null: the whole filled quantity.</summary>
    [JsonPropertyName("qty"), JsonConverter(typeof(DecimalText))] public decimal? Qty { get; init; }
}
