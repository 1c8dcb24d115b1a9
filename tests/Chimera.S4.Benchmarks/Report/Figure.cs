using System.Globalization;

namespace Chimera.S4.Benchmarks.Report;

/// <summary>One line of the table: the median of its runs, the floor's in the same runs, and what is asked.</summary>
/// <param name="Floor">What it is held against; null where nothing serves as a floor.</param>
/// <param name="Asked">The bound in words; null: only told.</param>
/// <param name="Holds">Null: nothing was asked.</param>
/// <param name="Ccxt">The same of <c>createOrder</c>; null: not measured.</param>
sealed record Figure(string Name, string Unit, double Router, double? Floor = null, string? Asked = null, bool? Holds = null, double? Ccxt = null)
{
    public double? Ratio => Floor is > 0 and var floor ? Router / floor : null;

    /// <summary>A figure that may be at most so many times its floor.</summary>
    public static Figure AtMostTimes(string name, string unit, double router, double floor, double times) =>
        new(name, unit, router, floor, $"≤ {Text(times)} ×", router <= floor * times);

    public static Figure AtMost(string name, string unit, double value, double most, double? floor = null) => new(name, unit, value, floor, $"≤ {Text(most)} {unit}".TrimEnd(), value <= most);
    public static Figure AtLeast(string name, string unit, double value, double least, double? floor = null) => new(name, unit, value, floor, $"≥ {Text(least)} {unit}".TrimEnd(), value >= least);

    static string Text(double bound) => bound.ToString(CultureInfo.InvariantCulture);
}
