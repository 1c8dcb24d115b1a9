using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>Rest passively for a while, then take (spec §5.1), as asked.</summary>
/// <param name="Wait">Zero: take at once. Null: the route curve decides, else <see cref="PolicyLimits.MakerMaxWait"/>.</param>
/// <param name="MinFillRatio">Null: <see cref="PolicyLimits.MakerMinFillRatio"/>.</param>
public sealed record MakerTerms(TimeSpan? Wait, decimal? MinFillRatio);

/// <summary>Slices spread over time (spec §5.2), as asked. At most one of <paramref name="Slices"/> and <paramref name="SliceQty"/>; neither: the route curve decides, else <see cref="PolicyLimits.TwapMaxSlices"/>.</summary>
/// <param name="Gap">Between the starts of two slices.</param>
/// <param name="Jitter">A slice starts up to this much later than the grid says.</param>
public sealed record TwapTerms(int? Slices, Quantity? SliceQty, TimeSpan? Gap, TimeSpan Jitter, SliceWeights Weights);

/// <summary>What protects a futures position as it comes to be (spec §2.2 post_fill_actions), as asked.</summary>
/// <param name="StopLoss">Trigger by the mark price; null: none.</param>
public sealed record ProtectionTerms(Price? StopLoss, ImmutableArray<TakeProfitLevel> TakeProfits);

/// <param name="Qty">Of the position; null: whatever the levels before it leave.</param>
public sealed record TakeProfitLevel(Price TriggerPx, Quantity? Qty);

/// <summary>A take-profit and a stop of which one ends the other (spec §5.3), as asked: they protect what is bought, or with reduce_only what is held.</summary>
/// <param name="SlLimitPx">Set: the stop sells at this price at worst, and may be jumped over; null: at market.</param>
public sealed record OcoTerms(Price TpPx, Price SlPx, Price? SlLimitPx, OnLegFailure OnLegFailure);

/// <summary>A stop for what is bought at a limit, watched by S4 wherever the venue holds none (spec §5.3).</summary>
/// <param name="Reverse">Where the stop comes before the first fill: sell as much as was to be bought (decision 0012).</param>
public sealed record GuardTerms(Price SlPx, bool Reverse);

/// <summary>What becomes of a quantity whose two exits the venue does not take: S4 watches it, or it is sold at market. Wire: <c>GUARD</c>, <c>MARKET</c>.</summary>
public enum OnLegFailure { Unknown, Guard, Market }

/// <summary>Equal slices, or growing as the square root of their number. Wire: <c>EQUAL</c>, <c>SQRT</c>.</summary>
public enum SliceWeights { Unknown, Equal, Sqrt }
