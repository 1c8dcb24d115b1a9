namespace Chimera.S4.Simulator.Instruments;

/// <summary>One tradable symbol with its filters (reference §1.7, §2.4). A limit of 0 turns its rule off.</summary>
public sealed record Instrument
{
    public required string Symbol { get; init; }
    public required string BaseAsset { get; init; }
    public string QuoteAsset { get; init; } = "USDT";

    public required decimal TickSize { get; init; }
    public decimal MinPrice { get; init; }
    public decimal MaxPrice { get; init; }

    public required decimal StepSize { get; init; }
    public decimal MinQty { get; init; }
    public decimal MaxQty { get; init; }
    public decimal MarketMaxQty { get; init; }

    public decimal MinNotional { get; init; }
    public decimal MaxNotional { get; init; }

    /// <summary>Highest limit price as a multiple of the reference price: for both sides on spot, for buys on futures.</summary>
    public decimal MultiplierUp { get; init; }

    /// <summary>Lowest limit price as a multiple of the reference price: for both sides on spot, for sells on futures.</summary>
    public decimal MultiplierDown { get; init; }
    public int MaxNumOrders { get; init; } = 200;

    /// <summary>Where the price process starts, and what it is drawn back to.</summary>
    public required decimal StartPrice { get; init; }

    internal string PriceFormat => "0." + new string('0', Decimals(TickSize));
    internal string QtyFormat => Decimals(StepSize) is 0 ? "0" : "0." + new string('0', Decimals(StepSize));
    internal int PricePrecision => Decimals(TickSize);
    internal int QtyPrecision => Decimals(StepSize);

    internal static int Decimals(decimal value)
    {
        // Division by a one with all 28 digits drops trailing zeros, so 0.10 counts one decimal.
        return (value / 1.0000000000000000000000000000m).Scale;
    }
}
