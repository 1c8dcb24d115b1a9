using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Engine;

/// <summary>The dials of one market's price process. Changed by <c>PUT /sim/market</c>, so that a test can script a market.</summary>
internal sealed class MarketSettings
{
    /// <summary>Standard deviation of the mid's relative move over one second. Zero freezes the market: nobody else trades.</summary>
    public double Volatility { get; set; }

    /// <summary>Distance between best ask and best bid, in price.</summary>
    public decimal Spread { get; set; }

    /// <summary>Quantity on each synthetic level.</summary>
    public decimal Depth { get; set; }

    /// <summary>Distance between neighbouring synthetic levels, in price.</summary>
    public decimal LevelGap { get; set; }

    /// <summary>Number of synthetic levels on each side. Zero leaves the book to the account's own orders.</summary>
    public int Levels { get; set; } = 20;

    public static MarketSettings For(Instrument instrument, SimulatorOptions options)
    {
        var tick = instrument.TickSize;
        return new MarketSettings
        {
            Volatility = options.Volatility,
            Spread = Math.Max(tick, Snap(instrument.StartPrice * options.SpreadBps / 10_000m, tick)),
            LevelGap = Math.Max(tick, Snap(instrument.StartPrice * options.SpreadBps / 20_000m, tick)),
            Depth = Math.Max(instrument.MinQty, Snap(options.DepthPerLevel / instrument.StartPrice, instrument.StepSize)),
        };
    }

    private static decimal Snap(decimal value, decimal grid) => value - value % grid;
}
