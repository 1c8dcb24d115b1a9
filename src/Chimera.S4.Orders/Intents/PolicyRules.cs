namespace Chimera.S4.Orders;

/// <summary>Whether an execution policy makes sense: what contradicts itself or is out of range is denied, and nothing is sent.</summary>
static class PolicyRules
{
    static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(100), LongestGap = TimeSpan.FromHours(24);

    public static Denial? Check(Intent intent, PolicyLimits limits)
    {
        if ((intent.Maker is not null || intent.Twap is not null) && intent.Type is not OrderType.Market)
            return Conflict($"exec_policy.{(intent.Maker is not null ? "maker_then_taker" : "twap")} chooses price and type itself: type must be MARKET (or absent), not {Words.Of(intent.Type)}");
        return (intent.Maker is { } maker ? Maker(maker, limits) : null) ?? (intent.Twap is { } twap ? Twap(twap, intent.Qty, limits) : null);
    }

    static Denial? Maker(MakerTerms terms, PolicyLimits limits)
    {
        if (terms.Wait is { } wait && (wait < TimeSpan.Zero || wait > limits.MakerMaxWait))
            return OutOfRange($"exec_policy.maker_then_taker.wait_ms {Ms(wait)} must be 0–{Ms(limits.MakerMaxWait)} (S4_MAKER_MAX_WAIT_MS)");
        return terms.MinFillRatio is < 0 or > 1 ? OutOfRange($"exec_policy.maker_then_taker.min_fill_ratio {DecimalJson.Format(terms.MinFillRatio.Value)} must be 0–1") : null;
    }

    static Denial? Twap(TwapTerms terms, Quantity qty, PolicyLimits limits)
    {
        if (terms is { Slices: not null, SliceQty: not null }) return Conflict("exec_policy.twap takes one of slices and slice_qty, not both");
        if (terms.Slices is { } slices && (slices < 1 || slices > limits.TwapMaxSlices)) return OutOfRange($"exec_policy.twap.slices {slices} must be 1–{limits.TwapMaxSlices} (S4_TWAP_MAX_SLICES)");
        if (terms.SliceQty is { Value: <= 0 } none) return OutOfRange($"exec_policy.twap.slice_qty {none} must be above 0");
        if (PolicyPlans.SlicesOf(terms, qty) is { } cut && cut > limits.TwapMaxSlices)
            return OutOfRange($"exec_policy.twap.slice_qty {terms.SliceQty} cuts {qty} into {cut} slices; at most {limits.TwapMaxSlices} are allowed (S4_TWAP_MAX_SLICES)");
        if (terms.Gap is not { } gap) return new Denial(ReasonCode.FieldRequired, "exec_policy.twap.gap_ms is missing; it is the time between two slices");
        if (gap < ShortestGap || gap > LongestGap) return OutOfRange($"exec_policy.twap.gap_ms {Ms(gap)} must be {Ms(ShortestGap)}–{Ms(LongestGap)}");
        return terms.Jitter < TimeSpan.Zero || terms.Jitter >= gap ? OutOfRange($"exec_policy.twap.jitter_ms {Ms(terms.Jitter)} must be 0 or more and below gap_ms {Ms(gap)}") : null;
    }

    static Denial Conflict(string message) => new(ReasonCode.PolicyConflict, message);
    static Denial OutOfRange(string message) => new(ReasonCode.PolicyOutOfRange, message);
    static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
