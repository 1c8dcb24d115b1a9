using System.Collections.Immutable;

namespace Chimera.S4.Orders.Tests;

/// <summary>A router on a simulated market, day by day: intents take their wait from the curve by the code that decides it in operation, and the daily job makes the next curve from the last 30 days.</summary>
static class SimulatedDays
{
    public const int Days = 20, IntentsPerDay = 1500;

    static readonly PolicyLimits Limits = new();
    static readonly MarketView View = new() { Now = Sample.Start, Instrument = Sample.Instrument, Quote = new Quote([new(99.99m, 33), new(99.98m, 33), new(99.97m, 34)], [new(100.01m, 100)], Sample.Start) };
    static readonly Intent Intent = Sample.Intent with { Qty = new(5), Type = OrderType.Market, Price = null, TimeInForce = null, Maker = new MakerTerms(null, null) };

    /// <summary>The wait in force after each day.</summary>
    public static int[] Live(SimulatedMarket market, int startMs, int seed, bool censors, bool explores)
    {
        var random = new Random(seed);
        // What S4 does is what the rules say of themselves; the simpler jobs leave out a part of them.
        var rules = new CalibrationRules { Resamples = 100 };
        if (!censors) rules = rules with { Censors = false };
        if (!explores) rules = rules with { Explore = rules.Explore with { Share = 0 } };
        RouteCurves? curves = new(1) { MakerWaitMs = [new CurveRow(null, 0, 0, 0, startMs)], Explore = rules.Explore };
        var (rows, waits) = (new List<TcaRow>(), new int[Days]);
        var first = DateOnly.FromDateTime(Sample.Start.UtcDateTime);
        for (var day = 0; day < Days; day++)
        {
            for (var i = 0; i < IntentsPerDay; i++)
            {
                var order = new Order { Id = new Guid(seed, (short)day, (short)i, 0, 0, 0, 0, 0, 0, 0, 0), Intent = Intent, Status = OrderStatus.PendingNew, OrderQty = Intent.Qty, CreatedAt = Sample.Start, UpdatedAt = Sample.Start };
                var choice = RouteChoice.Of(order, curves, Limits, View);
                rows.Add(market.Trade(curves, (int)choice.Wait!.Value.TotalMilliseconds, choice.Propensity, 500, Sample.Start.AddDays(day), random));
            }
            curves = CurveDay.Of(curves, rows, first.AddDays(day + 1), 3_000, 4, rules, (ulong)(seed * 1000 + day)).Next;
            waits[day] = curves.WaitMs(Market.Spot, 500, 2, 10_000)!.Value;
        }
        return waits;
    }

    /// <summary>How many steps of the grid lie between two waits.</summary>
    public static int Steps(int waitMs, int otherMs)
    {
        int[] grid = [.. RouteChoice.WaitGrid];
        return Math.Abs(Array.IndexOf(grid, waitMs) - Array.IndexOf(grid, otherMs));
    }
}
