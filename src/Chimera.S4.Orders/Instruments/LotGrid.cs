namespace Chimera.S4.Orders;

/// <summary>Which quantities may be ordered. A step or maximum of zero turns that rule off (LOT_SIZE, MARKET_LOT_SIZE).</summary>
public sealed record LotGrid(decimal StepSize, decimal MinQty = 0, decimal MaxQty = 0)
{
    /// <summary>No rule at all.</summary>
    public static readonly LotGrid None = new(0);

    /// <summary>The largest quantity on the grid that is not above the one asked. Rounding never adds risk; a quantity is never raised to reach a minimum.</summary>
    public Quantity Floor(Quantity asked) => StepSize == 0 ? asked : new Quantity(asked.Value - asked.Value % StepSize);

    /// <summary>The grid of quantities that lie on both grids, within both ranges.</summary>
    public LotGrid And(LotGrid other) => new(
        CommonStep(StepSize, other.StepSize),
        Math.Max(MinQty, other.MinQty),
        MaxQty == 0 ? other.MaxQty : other.MaxQty == 0 ? MaxQty : Math.Min(MaxQty, other.MaxQty));

    static decimal CommonStep(decimal a, decimal b)
    {
        if (a == 0 || b == 0) return a + b;
        // Least common multiple: a / gcd(a, b) · b, with Euclid on decimals, whose remainder is exact.
        var (x, y) = (a, b);
        while (y != 0) (x, y) = (y, x % y);
        return decimal.Round(a / x) * b;
    }
}
