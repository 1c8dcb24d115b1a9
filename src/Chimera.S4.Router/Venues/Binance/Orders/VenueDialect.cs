using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Where spot and futures differ in what the adapter does alike for both: paths, fields, error codes.</summary>
sealed record VenueDialect
{
    public required Market Market { get; init; }
    public required string TimePath { get; init; }
    public required string ExchangeInfoPath { get; init; }
    public required string DepthPath { get; init; }
    public required string OrderPath { get; init; }
    public required string OpenOrdersPath { get; init; }
    public required string AllOrdersPath { get; init; }
    public required string TradesPath { get; init; }

    /// <summary>A canceled order takes the id of its cancel, so that its own id finds it no more.</summary>
    public required bool RenamesOnCancel { get; init; }
    public required Func<PlaceEffect, Params> Placement { get; init; }
    public required Func<JsonElement, VenueOrderState> ReadOrder { get; init; }
    public required Func<JsonElement, Trade> ReadTrade { get; init; }
    public required ErrorMap Errors { get; init; }

    /// <summary>What a request costs, from its method, path and parameters.</summary>
    public required Func<HttpMethod, string, string, Charge> Charges { get; init; }

    /// <summary>Limits until exchangeInfo has told them.</summary>
    public required IReadOnlyList<RateLimit> Limits { get; init; }

    public static readonly VenueDialect Spot = new()
    {
        Market = Market.Spot,
        TimePath = "/api/v3/time",
        ExchangeInfoPath = "/api/v3/exchangeInfo",
        DepthPath = "/api/v3/depth",
        OrderPath = "/api/v3/order",
        OpenOrdersPath = "/api/v3/openOrders",
        AllOrdersPath = "/api/v3/allOrders",
        TradesPath = "/api/v3/myTrades",
        RenamesOnCancel = true,
        Placement = Placements.Spot,
        ReadOrder = SpotOrders.Order,
        ReadTrade = SpotOrders.Trade,
        Errors = SpotErrors.Read,
        Charges = SpotCharges.Of,
        Limits = RateLimit.Spot,
    };

    public static readonly VenueDialect Futures = new()
    {
        Market = Market.Fut,
        TimePath = "/fapi/v1/time",
        ExchangeInfoPath = "/fapi/v1/exchangeInfo",
        DepthPath = "/fapi/v1/depth",
        OrderPath = "/fapi/v1/order",
        OpenOrdersPath = "/fapi/v1/openOrders",
        AllOrdersPath = "/fapi/v1/allOrders",
        TradesPath = "/fapi/v1/userTrades",
        RenamesOnCancel = false,
        Placement = Placements.Futures,
        ReadOrder = FuturesOrders.Order,
        ReadTrade = FuturesOrders.Trade,
        Errors = FuturesErrors.Read,
        Charges = FuturesCharges.Of,
        Limits = RateLimit.Futures,
    };
}
