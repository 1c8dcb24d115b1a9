namespace Chimera.S4.Simulator.Instruments;

/// <summary>Two liquid symbols and a cheap one on each venue, with filters in the shape and size of Binance's.</summary>
public static class DefaultInstruments
{
    public static IReadOnlyList<Instrument> Spot { get; } =
    [
        new()
        {
            Symbol = "BTCUSDT", BaseAsset = "BTC", StartPrice = 90000m,
            TickSize = 0.01m, MinPrice = 0.01m, MaxPrice = 1_000_000m,
            StepSize = 0.00001m, MinQty = 0.00001m, MaxQty = 9000m, MarketMaxQty = 120m,
            MinNotional = 5m, MaxNotional = 9_000_000m, MultiplierUp = 5m, MultiplierDown = 0.2m,
        },
        new()
        {
            Symbol = "ETHUSDT", BaseAsset = "ETH", StartPrice = 3000m,
            TickSize = 0.01m, MinPrice = 0.01m, MaxPrice = 1_000_000m,
            StepSize = 0.0001m, MinQty = 0.0001m, MaxQty = 9000m, MarketMaxQty = 3000m,
            MinNotional = 5m, MaxNotional = 9_000_000m, MultiplierUp = 5m, MultiplierDown = 0.2m,
        },
        new()
        {
            Symbol = "DOGEUSDT", BaseAsset = "DOGE", StartPrice = 0.15m,
            TickSize = 0.00001m, MinPrice = 0.00001m, MaxPrice = 1000m,
            StepSize = 1m, MinQty = 1m, MaxQty = 9_000_000m, MarketMaxQty = 5_000_000m,
            MinNotional = 1m, MaxNotional = 9_000_000m, MultiplierUp = 5m, MultiplierDown = 0.2m,
        },
    ];

    public static IReadOnlyList<Instrument> Futures { get; } =
    [
        new()
        {
            Symbol = "BTCUSDT", BaseAsset = "BTC", StartPrice = 90000m,
            TickSize = 0.10m, MinPrice = 556.80m, MaxPrice = 4_529_764m,
            StepSize = 0.001m, MinQty = 0.001m, MaxQty = 1000m, MarketMaxQty = 120m,
            MinNotional = 50m, MultiplierUp = 1.05m, MultiplierDown = 0.95m,
        },
        new()
        {
            Symbol = "ETHUSDT", BaseAsset = "ETH", StartPrice = 3000m,
            TickSize = 0.01m, MinPrice = 39.86m, MaxPrice = 306_177m,
            StepSize = 0.001m, MinQty = 0.001m, MaxQty = 10_000m, MarketMaxQty = 2000m,
            MinNotional = 20m, MultiplierUp = 1.05m, MultiplierDown = 0.95m,
        },
        new()
        {
            Symbol = "DOGEUSDT", BaseAsset = "DOGE", StartPrice = 0.15m,
            TickSize = 0.00001m, MinPrice = 0.00244m, MaxPrice = 30m,
            StepSize = 1m, MinQty = 1m, MaxQty = 50_000_000m, MarketMaxQty = 30_000_000m,
            MinNotional = 5m, MultiplierUp = 1.10m, MultiplierDown = 0.90m,
        },
    ];
}
