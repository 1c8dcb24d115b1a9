using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>The adapter, pointed at a stub.</summary>
sealed class Rig : IDisposable
{
    readonly BinanceHttp http;

    public Rig(Uri rest, Uri? ws = null, TimeProvider? time = null, Action<BinanceOptions>? change = null)
    {
        Time = time ?? TimeProvider.System;
        var options = new BinanceOptions { SpotRestUrl = rest, FutRestUrl = rest, SpotWsUrl = ws, FutWsUrl = ws, Key = "the-key", Secret = "the-secret", Symbols = ["BTCUSDT", "ETHUSDT"] };
        change?.Invoke(options);
        http = new(Options.Create(options), Time);
        SpotApi = new(VenueDialect.Spot, http, Options.Create(options), Time);
        FuturesApi = new(VenueDialect.Futures, http, Options.Create(options), Time);
        SpotHealth = new(Time);
        FuturesHealth = new(Time);
        SpotWatch = new(SpotApi.Clock, Time);
        FuturesWatch = new(FuturesApi.Clock, Time);
        Spot = BinanceSetup.Venue(SpotApi, SpotHealth, SpotWatch);
        Futures = BinanceSetup.Venue(FuturesApi, FuturesHealth, FuturesWatch);
    }

    public TimeProvider Time { get; }
    public BinanceHttp Http => http;
    public BinanceApi SpotApi { get; }
    public BinanceApi FuturesApi { get; }
    public StreamHealth SpotHealth { get; }
    public StreamHealth FuturesHealth { get; }
    public StreamWatch SpotWatch { get; }
    public StreamWatch FuturesWatch { get; }
    public ISpotRequests SpotRequests => new BinanceSpotRequests(SpotApi, SpotWatch);
    public IFuturesRequests FuturesRequests => new BinanceFuturesRequests(FuturesApi, FuturesWatch);
    public IVenue Spot { get; }
    public IVenue Futures { get; }
    public MarketFacts Facts { get; } = new();

    public IVenue Venue(string market) => market is "SPOT" ? Spot : Futures;

    public UserStream SpotStream(IUserStreamSink sink, ILogger? log = null) =>
        UserStreams.Of(new SpotUserStream(SpotApi), SpotApi, SpotHealth, SpotWatch, sink, Facts, new(SpotApi, Facts), log ?? NullLogger.Instance);

    public UserStream FuturesStream(IUserStreamSink sink, ILogger? log = null) =>
        UserStreams.Of(new FuturesUserStream(FuturesApi), FuturesApi, FuturesHealth, FuturesWatch, sink, Facts, new(FuturesApi, Facts), log ?? NullLogger.Instance);

    public BookFeed Feed(BinanceApi api) => new(api, Facts, NullLogger.Instance);
    public MarkFeed Marks() => new(FuturesApi, Facts, NullLogger.Instance);

    public static PlaceEffect Placement(string market, OrderType type = OrderType.Limit, TimeInForce? timeInForce = null, bool reduceOnly = false) =>
        new(1, market is "SPOT" ? Market.Spot : Market.Fut, "BTCUSDT", "r-01")
        {
            Side = Side.Buy, Type = type, Qty = new(0.0100m), Price = type is OrderType.Market ? null : new Price(90000.50m), TimeInForce = timeInForce, ReduceOnly = reduceOnly,
        };

    public static CancelEffect CancelOf(string market, string? venueOrderId = null) =>
        new(2, market is "SPOT" ? Market.Spot : Market.Fut, "BTCUSDT", "r-01") { VenueOrderId = venueOrderId, CancelId = "r-01c1" };

    public void Dispose() => http.Dispose();

    public static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds()) await Task.Delay(5, patience.Token);
    }
}
