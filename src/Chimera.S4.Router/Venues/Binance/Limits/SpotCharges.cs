namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What a request to spot costs. Order endpoints give their weight back when they succeed; it is charged until the answer tells the venue's own count.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits</remarks>
static class SpotCharges
{
    public static Charge Of(HttpMethod method, string path, string parameters) => (method.Method, path) switch
    {
        ("POST", "/api/v3/order") => new(1, 1, Protection.In(parameters)),
        ("POST", "/api/v3/order/cancelReplace") => new(1, 1, Urgency.Urgent),
        ("PUT", "/api/v3/order/amend/keepPriority") => new(4, 0, Urgency.Urgent),
        ("POST", "/api/v3/orderList/oco") => new(1, 2, Urgency.Urgent),
        ("POST", "/api/v3/orderList/otoco" or "/api/v3/orderList/opoco") => new(1, 3, Urgency.Order),
        ("DELETE", "/api/v3/order" or "/api/v3/orderList") => new(1, 0, Urgency.Urgent),
        ("GET", "/api/v3/order" or "/api/v3/orderList") => new(4),
        ("GET", "/api/v3/openOrders") => new(Protection.Names(parameters, "symbol") ? 6 : 80),
        ("GET", "/api/v3/openOrderList") => new(6),
        ("GET", "/api/v3/allOrders" or "/api/v3/allOrderList" or "/api/v3/account" or "/api/v3/exchangeInfo") => new(20),
        ("GET", "/api/v3/myTrades") => new(Protection.Names(parameters, "orderId") ? 5 : 20),
        ("GET", "/api/v3/depth") => new(5),
        ("GET", "/api/v3/time") => new(1),
        _ => throw new ArgumentException($"{method} {path} has no row in the table of charges", nameof(path)),
    };
}
