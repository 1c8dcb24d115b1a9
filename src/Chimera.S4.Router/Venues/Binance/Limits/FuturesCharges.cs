namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What a request to futures costs.</summary>
/// <remarks>https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info</remarks>
static class FuturesCharges
{
    public static Charge Of(HttpMethod method, string path, string parameters) => (method.Method, path) switch
    {
        ("POST", "/fapi/v1/order" or "/fapi/v1/algoOrder") => new(0, 1, Protection.In(parameters)),
        ("PUT", "/fapi/v1/order") => new(1, 1, Protection.In(parameters)),
        ("DELETE", "/fapi/v1/order" or "/fapi/v1/algoOrder" or "/fapi/v1/algoOpenOrders") => new(1, 0, Urgency.Urgent),
        ("POST", "/fapi/v1/countdownCancelAll") => new(10, 0, Urgency.Urgent),
        ("GET", "/fapi/v1/order" or "/fapi/v1/algoOrder") => new(1),
        ("GET", "/fapi/v1/openOrders" or "/fapi/v1/openAlgoOrders") => new(Protection.Names(parameters, "symbol") ? 1 : 40),
        ("GET", "/fapi/v1/allOrders" or "/fapi/v1/allAlgoOrders" or "/fapi/v1/userTrades" or "/fapi/v3/positionRisk" or "/fapi/v1/symbolConfig") => new(5),
        ("GET", "/fapi/v1/positionSide/dual") => new(30),
        ("POST", "/fapi/v1/leverage" or "/fapi/v1/marginType" or "/fapi/v1/positionSide/dual") => new(1),
        ("POST" or "PUT", "/fapi/v1/listenKey") => new(1),
        ("GET", "/fapi/v1/depth") => new(2),
        ("GET", "/fapi/v1/exchangeInfo" or "/fapi/v1/time") => new(1),
        _ => throw new ArgumentException($"{method} {path} has no row in the table of charges", nameof(path)),
    };
}
