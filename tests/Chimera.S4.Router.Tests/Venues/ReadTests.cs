using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class A_look_for_an_order
{
    static readonly DateTimeOffset Since = DateTimeOffset.FromUnixTimeMilliseconds(1763800000000);
    static readonly (int, string) Absent = (400, Samples.Error(-2013, "Order does not exist."));
    static readonly OrderRef Order = new("BTCUSDT", "r-01", CancelId: "r-01c1");

    /// <summary>A spot venue that has what is given, by the ends of its paths.</summary>
    static async Task<(T Answer, List<StubRequest> Requests)> With<T>(
        Func<IVenue, Task<T>> look, Func<StubRequest, (int, string)?>? order = null, string open = "[]", Func<StubRequest, string>? all = null, Func<StubRequest, string>? trades = null, string market = "SPOT")
    {
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(stub.Rest);
        stub.Answer = request => request.Path.Split('/')[^1] switch
        {
            "order" => order is null ? Absent : order(request),
            "openOrders" => (200, open),
            "allOrders" => (200, all?.Invoke(request) ?? "[]"),
            "myTrades" or "userTrades" => (200, trades?.Invoke(request) ?? "[]"),
            _ => (404, ""),
        };
        return (await look(rig.Venue(market)), [.. stub.Requests]);
    }

    static Task<VenueAnswer> Everywhere(IVenue venue) => venue.LookEverywhere(Order, Since, default);

    [Fact]
    public async Task Asks_by_venue_id_where_it_is_known()
    {
        var (answer, requests) = await With(venue => venue.Query(Order with { VenueOrderId = "28" }, default), _ => (200, Samples.SpotOrder("some-cancel", 28)));
        Assert.Equal(("r-01", "28"), (answer.Order!.ClientOrderId, answer.Order.VenueOrderId));
        Assert.True(Assert.Single(requests).Has("orderId=28"));
    }

    [Fact]
    public async Task On_spot_also_tries_the_cancels_id_because_a_cancel_renames_the_order()
    {
        var (answer, requests) = await With(
            venue => venue.Query(Order, default), request => request.Has("origClientOrderId=r-01c1") ? (200, Samples.SpotOrder("r-01c1", 28, "CANCELED", "0.004")) : Absent);
        Assert.Equal((VenueOutcome.Known, "r-01", 0.004m), (answer.Outcome, answer.Order!.ClientOrderId, answer.Order.CumQty.Value));
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task On_futures_does_not_because_the_order_keeps_its_id()
    {
        var (answer, requests) = await With(venue => venue.Query(Order with { IsConditional = false }, default), market: "FUT");
        Assert.Equal((VenueOutcome.NotFound, 1), (answer.Outcome, requests.Count));
    }

    [Theory]
    [InlineData("SPOT", "GET /api/v3/order,GET /api/v3/order,GET /api/v3/openOrders,GET /api/v3/allOrders,GET /api/v3/myTrades")]
    [InlineData("FUT", "GET /fapi/v1/order,GET /fapi/v1/openOrders,GET /fapi/v1/allOrders,GET /fapi/v1/userTrades")]
    public async Task Everywhere_finds_nothing_only_after_every_look(string market, string looks)
    {
        var (answer, requests) = await With(Everywhere, market: market);
        Assert.Equal(VenueOutcome.NotFound, answer.Outcome);
        Assert.Equal(looks, string.Join(',', requests));
        Assert.True(requests[^2].Has("startTime=1763799990000"));
    }

    [Fact]
    public async Task Everywhere_finds_it_among_open_orders() =>
        Assert.Equal("28", (await With(Everywhere, open: $"[{Samples.SpotOrder("other", 27)},{Samples.SpotOrder("r-01", 28)}]")).Answer.Order!.VenueOrderId);

    [Fact]
    public async Task Everywhere_finds_it_among_all_orders_under_its_cancels_id() =>
        Assert.Equal("r-01", (await With(Everywhere, all: _ => $"[{Samples.SpotOrder("r-01c1", 28, "CANCELED")}]")).Answer.Order!.ClientOrderId);

    [Fact]
    public async Task Everywhere_finds_it_by_a_trade_whose_order_is_in_no_list_yet()
    {
        var (answer, _) = await With(
            Everywhere, request => request.Has("orderId=28") ? (200, Samples.SpotOrder("r-01", 28, "FILLED", "0.004")) : Absent, trades: _ => $"[{Samples.SpotTrade(57, 28)}]");
        Assert.Equal((VenueOutcome.Known, VenueStatus.Filled), (answer.Outcome, answer.Order!.Status));
    }

    [Fact]
    public async Task Everywhere_proves_nothing_while_a_trade_has_no_order_to_be_seen() =>
        Assert.Equal(VenueOutcome.Unknown, (await With(Everywhere, trades: _ => $"[{Samples.SpotTrade(57, 28)}]")).Answer.Outcome);

    [Fact]
    public async Task Everywhere_passes_over_trades_of_other_orders() =>
        Assert.Equal(VenueOutcome.NotFound, (await With(Everywhere, all: _ => $"[{Samples.SpotOrder("other", 28)}]", trades: _ => $"[{Samples.SpotTrade(57, 28)}]")).Answer.Outcome);

    [Theory]
    [InlineData("openOrders")]
    [InlineData("allOrders")]
    [InlineData("myTrades")]
    public async Task Everywhere_proves_nothing_when_one_look_fails(string look)
    {
        foreach (var (status, body) in new[] { (502, "<html>"), (400, Samples.Error(-2013, "even so")), (200, "{}"), (200, """[{"odd":1}]"""), (401, Samples.Error(-2015, "key")) })
        {
            await using var stub = await StubVenue.Start();
            using var rig = new Rig(stub.Rest);
            stub.Answer = request => request.Path.EndsWith("/order", StringComparison.Ordinal) ? Absent : request.Path.EndsWith(look, StringComparison.Ordinal) ? (status, body) : (200, "[]");
            Assert.Equal(VenueOutcome.Unknown, (await rig.Spot.LookEverywhere(Order, Since, default)).Outcome);
        }
    }

    [Fact]
    public async Task Everywhere_reads_all_pages()
    {
        var full = "[" + string.Join(',', Enumerable.Range(1, 1000).Select(id => Samples.SpotOrder($"other-{id}", id))) + "]";
        var (answer, _) = await With(Everywhere, all: request => request.Has("orderId=1001") ? $"[{Samples.SpotOrder("r-01", 1001)}]" : full);
        Assert.Equal("1001", answer.Order!.VenueOrderId);
    }

    [Fact]
    public async Task For_its_trades_goes_by_venue_id_and_reads_all_pages()
    {
        var full = "[" + string.Join(',', Enumerable.Range(1, 1000).Select(id => Samples.SpotTrade(id, 28))) + "]";
        var (answer, requests) = await With(venue => venue.Trades(Order with { VenueOrderId = "28" }, Since, default), trades: request => request.Has("fromId=1001") ? $"[{Samples.SpotTrade(1001, 28)}]" : full);
        Assert.Equal((VenueOutcome.Known, 1001), (answer.Outcome, answer.Trades.Count));
        Assert.All(requests, request => Assert.True(request.Has("orderId=28")));
    }

    [Fact]
    public async Task For_its_trades_finds_the_order_first_where_only_its_client_id_is_known()
    {
        var (answer, _) = await With(
            venue => venue.Trades(Order, Since, default), request => request.Has("origClientOrderId=r-01") ? (200, Samples.SpotOrder("r-01", 28)) : Absent,
            trades: request => request.Has("orderId=28") ? $"[{Samples.SpotTrade(57, 28)}]" : "[]");
        Assert.Equal("57", Assert.Single(answer.Trades).TradeId);
    }

    [Fact]
    public async Task For_all_open_orders_names_no_symbol()
    {
        var (answer, requests) = await With(venue => venue.OpenOrders(default), open: $"[{Samples.SpotOrder("a", 1)},{Samples.SpotOrder("b", 2)}]");
        Assert.Equal((VenueOutcome.Known, 2), (answer.Outcome, answer.Orders.Count));
        Assert.DoesNotContain("symbol", Assert.Single(requests).Query, StringComparison.Ordinal);
    }
}

public class A_cancel
{
    [Theory]
    [InlineData("SPOT", null, "DELETE /api/v3/order", "symbol=BTCUSDT&origClientOrderId=r-01&newClientOrderId=r-01c1&recvWindow=")]
    [InlineData("SPOT", "28", "DELETE /api/v3/order", "symbol=BTCUSDT&orderId=28&newClientOrderId=r-01c1&recvWindow=")]
    [InlineData("FUT", null, "DELETE /fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=r-01&recvWindow=")]
    [InlineData("FUT", "28", "DELETE /fapi/v1/order", "symbol=BTCUSDT&orderId=28&recvWindow=")]
    public async Task Names_the_order_and_on_spot_itself(string market, string? venueOrderId, string path, string begin)
    {
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(stub.Rest);
        stub.Answer = _ => (200, market is "SPOT" ? Samples.SpotCancel : Samples.FuturesAck.Replace("\"NEW\"", "\"CANCELED\"").Replace("f-01", "r-01"));
        var answer = await rig.Venue(market).Cancel(Rig.CancelOf(market, venueOrderId), default);
        Assert.Equal((VenueOutcome.Known, VenueStatus.Canceled, "r-01"), (answer.Outcome, answer.Order!.Status, answer.Order.ClientOrderId));
        var sent = Assert.Single(stub.Requests);
        Assert.Equal(path, sent.ToString());
        Assert.StartsWith(begin, sent.Query, StringComparison.Ordinal);
    }
}
