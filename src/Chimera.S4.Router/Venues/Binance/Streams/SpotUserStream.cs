using System.Globalization;
using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Spot: WS-API <c>/ws-api/v3</c>, method <c>userDataStream.subscribe.signature</c> (listen keys are gone since 2026-02-20). Events come as <c>{"subscriptionId":0,"event":{…}}</c>,
/// mixed with replies <c>{"id":…,"status":200}</c>.
/// </summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/user-data-stream</remarks>
sealed class SpotUserStream(BinanceApi api) : IUserStreamProtocol
{
    const string HelloId = "subscribe";
    const int AlreadySubscribed = -2035;

    readonly PlacedIds placed = new();

    public Market Market => Market.Spot;

    public async Task<string> Address(CancellationToken cancel)
    {
        // The subscription is signed with a time stamp.
        if (api.Clock.IsInDoubt) await api.SyncClock(cancel);
        return $"{api.Options.SpotWsApiUrl}/ws-api/v3";
    }

    /// <summary>params: apiKey, recvWindow, timestamp, signature over the others sorted by name.</summary>
    public string Hello()
    {
        var (window, timestamp) = ((long)api.Options.ReceiveWindow.TotalMilliseconds, api.Clock.Now.ToUnixTimeMilliseconds());
        var signature = api.SignSorted([
            new("apiKey", api.Options.Key),
            new("recvWindow", window.ToString(CultureInfo.InvariantCulture)),
            new("timestamp", timestamp.ToString(CultureInfo.InvariantCulture))]);
        return JsonSerializer.Serialize(new
        {
            id = HelloId,
            method = "userDataStream.subscribe.signature",
            @params = new { apiKey = api.Options.Key, recvWindow = window, timestamp, signature },
        });
    }

    public Task KeepAlive(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, api.Time, cancel);

    public StreamEvent Read(JsonElement message)
    {
        if (message.Text("status") is { } status && message.Text("id") is not null) return Reply(message, status);
        // serverShutdown comes without the wrapping.
        var json = message.Inner("event") ?? message;
        switch (json.Text("e"))
        {
            case "executionReport": return Order(json);
            case "outboundAccountPosition":
                return new BalancesHeard([.. json.Rows("B").Select(row => (row.Required("a"), row.RequiredMoney("f")))], json.Time("u") ?? json.Time("E") ?? api.Clock.Now);
            case "serverShutdown": return new Ending("the venue sent serverShutdown");
            case "eventStreamTerminated": return new Ended("the venue sent eventStreamTerminated");
            // Order lists belong to orders that are reported one by one; a deposit is told by the next outboundAccountPosition or account read.
            case "listStatus" or "balanceUpdate" or "externalLockUpdate": return new PassedOver(json.Text("e"), IsKnown: true, json);
            case var name: return new PassedOver(name, IsKnown: false, json);
        }
    }

    StreamEvent Reply(JsonElement message, string status)
    {
        var error = message.Inner("error");
        var code = error?.Number("code");
        if (status is "200" || code is AlreadySubscribed) return new Subscribed();
        if (code is -1021) api.Clock.Doubt();
        // retryAfter is a point in time here, unlike the header of REST.
        var until = error?.Inner("data")?.Time("retryAfter");
        // One address, one count: what holds this connection holds REST as well.
        if (status is "418" or "429" && until is { } end) api.Budget.Hold(end, ordersOnly: false);
        return new Ended($"subscription refused: {status} {code} {error?.Text("msg")}", until - api.Clock.Now);
    }

    OrderHeard Order(JsonElement json)
    {
        var (symbol, id) = (json.Required("s"), json.Required("i"));
        var order = SpotOrders.Event(json, placed.Find(symbol, id));
        placed.Note(symbol, id, order.ClientOrderId);
        return new(order);
    }
}
