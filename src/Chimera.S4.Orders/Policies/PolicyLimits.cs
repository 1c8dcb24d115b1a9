namespace Chimera.S4.Orders;

/// <summary>How far a policy may go, whatever the intent or a curve asks.</summary>
public sealed record PolicyLimits
{
    /// <summary>Longest maker window, and the one used where neither intent nor curve names one. <c>S4_MAKER_MAX_WAIT_MS</c>.</summary>
    public TimeSpan MakerMaxWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>0–1 inclusive. <c>S4_MAKER_MIN_FILL_RATIO</c>.</summary>
    public decimal MakerMinFillRatio { get; init; } = 0.2m;

    /// <summary>Times a maker order may be quoted anew inside its window. <c>S4_MAKER_REQUOTES</c>.</summary>
    public int MakerRequotes { get; init; } = 3;

    /// <summary>Most slices of one intent, and the number used where neither intent nor curve names one. <c>S4_TWAP_MAX_SLICES</c>.</summary>
    public int TwapMaxSlices { get; init; } = 4;

    /// <summary>False: S4 watches no price itself, so that what the venue does not protect is sold at market. <c>S4_OCO_GUARDIAN</c>.</summary>
    public bool OcoGuardian { get; init; } = true;
}
