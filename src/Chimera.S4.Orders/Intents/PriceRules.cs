namespace Chimera.S4.Orders;

/// <summary>What is asked of every price that an intent names, whichever field it stands in.</summary>
static class PriceRules
{
    /// <summary>On the tick and within the venue's range; null: it is.</summary>
    public static Denial? OffGrid(string field, Price price, PriceGrid grid) =>
        !grid.IsOnTick(price) ? new Denial(ReasonCode.PriceOffTick, $"{field} {price} is not a multiple of the tick {DecimalJson.Format(grid.TickSize)}")
        : !grid.IsInRange(price) ? new Denial(ReasonCode.PriceOutOfRange, $"{field} {price} is outside {DecimalJson.Format(grid.MinPrice)}–{DecimalJson.Format(grid.MaxPrice)}")
        : null;

    /// <summary>A price that is waited for has not come yet; null: so it is, or the market is not known.</summary>
    /// <param name="subject">The field with its value.</param>
    /// <param name="above">It waits above the market; false: below.</param>
    /// <param name="what">What <paramref name="market"/> is.</param>
    public static Denial? OnWrongSide(string subject, Price price, bool above, decimal? market, string what) => market is { } px && (above ? price.Value <= px : price.Value >= px)
        ? new Denial(ReasonCode.TriggerOnWrongSide, $"{subject} must be {(above ? "above" : "below")} {what} ({DecimalJson.Format(px)})")
        : null;
}
