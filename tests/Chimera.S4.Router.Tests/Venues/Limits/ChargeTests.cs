using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues.Limits;

public class A_request
{
    [Theory]
    [InlineData("SPOT POST   /api/v3/order type=LIMIT                     -> 1 1 Order")]
    [InlineData("SPOT POST   /api/v3/order type=STOP_LOSS                 -> 1 1 Urgent")]
    [InlineData("SPOT POST   /api/v3/order type=TAKE_PROFIT_LIMIT         -> 1 1 Urgent")]
    [InlineData("SPOT DELETE /api/v3/order symbol=BTCUSDT                 -> 1 0 Urgent")]
    [InlineData("SPOT GET    /api/v3/order symbol=BTCUSDT                 -> 4 0 Normal")]
    [InlineData("SPOT GET    /api/v3/openOrders symbol=BTCUSDT            -> 6 0 Normal")]
    [InlineData("SPOT GET    /api/v3/openOrders recvWindow=1              -> 80 0 Normal")]
    [InlineData("SPOT GET    /api/v3/myTrades symbol=A&orderId=1          -> 5 0 Normal")]
    [InlineData("SPOT GET    /api/v3/myTrades symbol=A&startTime=1        -> 20 0 Normal")]
    [InlineData("SPOT GET    /api/v3/account x=1                          -> 20 0 Normal")]
    [InlineData("SPOT POST   /api/v3/orderList/oco symbol=A               -> 1 2 Urgent")]
    [InlineData("SPOT POST   /api/v3/orderList/otoco symbol=A             -> 1 3 Order")]
    [InlineData("FUT  POST   /fapi/v1/order type=LIMIT&reduceOnly=false   -> 0 1 Order")]
    [InlineData("FUT  POST   /fapi/v1/order type=MARKET&reduceOnly=true   -> 0 1 Urgent")]
    [InlineData("FUT  POST   /fapi/v1/algoOrder closePosition=true        -> 0 1 Urgent")]
    [InlineData("FUT  DELETE /fapi/v1/order symbol=BTCUSDT                -> 1 0 Urgent")]
    [InlineData("FUT  GET    /fapi/v1/openOrders x=1                      -> 40 0 Normal")]
    [InlineData("FUT  GET    /fapi/v1/openOrders symbol=A                 -> 1 0 Normal")]
    [InlineData("FUT  GET    /fapi/v1/userTrades symbol=A&orderId=1       -> 5 0 Normal")]
    public void Costs(string row)
    {
        var (left, right) = (row.Split("->")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Split("->")[1].Trim());
        var charge = (left[0] is "SPOT" ? VenueDialect.Spot : VenueDialect.Futures).Charges(new(left[1]), left[2], left[3]);
        Assert.Equal(right, $"{charge.Weight} {charge.Orders} {charge.Urgency}");
    }

    [Fact]
    public async Task That_the_budget_refuses_is_not_sent_and_says_when()
    {
        await using var stub = await StubVenue.Start();
        stub.Answer = _ => (418, Samples.Error(-1003, "Way too much request weight used."));
        stub.Headers = response => response.Headers.RetryAfter = "300";
        using var rig = new Rig(stub.Rest);
        Assert.Equal(418, (await rig.Spot.Query(new("BTCUSDT", "r-01"), default)).HttpStatus);
        foreach (var answer in new[] { await rig.Spot.Cancel(Rig.CancelOf("SPOT"), default), await rig.Spot.Place(rig.Spot.Sign(Rig.Placement("SPOT")), default) })
        {
            Assert.Equal((VenueOutcome.NotExecuted, null), (answer.Outcome, answer.HttpStatus));
            Assert.InRange(answer.RetryAfter!.Value.TotalSeconds, 290, 300);
        }
        Assert.Single(stub.Requests);
        // A ban on one venue's address is not the other's.
        stub.Answer = _ => (400, Samples.Error(-2013, "Order does not exist."));
        Assert.Equal(VenueOutcome.NotFound, (await rig.Futures.Query(new("BTCUSDT", "r-01"), default)).Outcome);
    }

    [Fact]
    public async Task Brings_home_the_venues_counts()
    {
        await using var stub = await StubVenue.Start();
        stub.Answer = _ => (200, Samples.SpotFull);
        stub.Headers = response => (response.Headers["X-MBX-USED-WEIGHT-1M"], response.Headers["X-MBX-ORDER-COUNT-10S"], response.Headers["X-MBX-UUID"]) = ("77", "39", "no number");
        using var rig = new Rig(stub.Rest);
        await rig.Spot.Place(rig.Spot.Sign(Rig.Placement("SPOT")), default);
        var news = rig.SpotApi.Budget.Tell();
        Assert.Equal((77, 39), (news.Windows["USED-WEIGHT-1M"].Told, news.Windows["ORDER-COUNT-10S"].Told));
    }

    [Theory]
    [InlineData("""{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}""", "USED-WEIGHT-1M 6000")]
    [InlineData("""{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100}""", "ORDER-COUNT-10S 100")]
    [InlineData("""{"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":200000}""", "ORDER-COUNT-1D 200000")]
    [InlineData("""{"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":300000}""", "REQUESTS-5M 300000")]
    [InlineData("""{"rateLimitType":"CONNECTIONS","interval":"MINUTE","intervalNum":5,"limit":300}""", "")]
    public void Limit_as_exchangeInfo_writes_it(string json, string read) =>
        Assert.Equal(read, RateLimit.Read(JsonSerializer.Deserialize<JsonElement>(json)) is { } limit ? $"{limit.Name} {limit.Most}" : "");
}
