using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_spot_limit_order : SimulatorTest
{
    [Fact]
    public async Task Fills_when_the_market_trades_through_it()
    {
        var placed = await SpotLimit("BUY", "89000", "0.5", "timeInForce=GTC&newClientOrderId=rest-1");
        Assert.Equal("NEW", placed["status"]);
        Assert.Equal(0, placed.Json.GetProperty("fills").GetArrayLength());
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "88000" });
        var order = await SpotOrder("rest-1");
        Assert.Equal("FILLED", order["status"]);
        Assert.Equal(44500m, order.Amount("cummulativeQuoteQty"));
        var trade = (await Client.Signed("GET", "/api/v3/myTrades", $"symbol=BTCUSDT&orderId={placed["orderId"]}")).Json[0];
        Assert.True(trade.GetProperty("isMaker").GetBoolean());
        Assert.Equal(89000m, Number(trade, "price"));
    }

    [Fact]
    public async Task Fills_in_parts_as_others_sell_into_it()
    {
        await SpotLimit("BUY", "90000", "0.01", "timeInForce=GTC&newClientOrderId=part");
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "90000", qty = "0.004" } });
        Assert.Equal("PARTIALLY_FILLED", (await SpotOrder("part"))["status"]);
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "90000", qty = "1" } });
        Assert.Equal("FILLED", (await SpotOrder("part"))["status"]);
    }

    [Fact]
    public async Task Waits_behind_what_was_at_its_price_before()
    {
        await SpotLimit("BUY", "89999", "1", "timeInForce=GTC&newClientOrderId=second");
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "89999", qty = "10" } });
        Assert.Equal("NEW", (await SpotOrder("second"))["status"]);
    }

    [Fact]
    public async Task Takes_at_the_better_price_and_gives_the_difference_back()
    {
        var before = await Balance("USDT");
        var placed = await SpotLimit("BUY", "91000", "1");
        Assert.Equal("FILLED", placed["status"]);
        Assert.Equal(90001m, placed.Amount("cummulativeQuoteQty"));
        Assert.Equal((before.Free - 90001m, 0m), await Balance("USDT"));
    }

    [Fact]
    public async Task Locks_what_it_can_cost_until_it_is_gone()
    {
        var before = await Balance("USDT");
        var placed = await SpotLimit("BUY", "80000", "0.5");
        Assert.Equal((before.Free - 40000m, 40000m), await Balance("USDT"));
        await SpotCancel("orderId=" + placed["orderId"]);
        Assert.Equal((before.Free, 0m), await Balance("USDT"));
    }

    [Theory]
    [InlineData("IOC", "90001", "15", "EXPIRED", "10.00000000", "UNFILLED_IOC_QUANTITY_EXPIRED")]
    [InlineData("FOK", "90001", "15", "EXPIRED", "0.00000000", "UNFILLED_FOK_ORDER_EXPIRED")]
    [InlineData("FOK", "90001", "10", "FILLED", "10.00000000", null)]
    public async Task Ends_at_once_if_it_may_not_rest(string timeInForce, string price, string quantity, string status, string executed, string? reason)
    {
        var placed = await SpotLimit("BUY", price, quantity, "timeInForce=" + timeInForce);
        Assert.Equal((200, status, executed), (placed.Status, placed["status"], placed["executedQty"]));
        Assert.Equal(reason, placed.Json.TryGetProperty("expiryReason", out var told) ? told.GetString() : null);
    }

    [Fact]
    public async Task Answers_as_fully_as_asked()
    {
        Assert.True((await SpotLimit("BUY", "80000", "1")).Json.TryGetProperty("fills", out _));
        Assert.False((await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newOrderRespType=RESULT")).Json.TryGetProperty("fills", out _));
        Assert.False((await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newOrderRespType=ACK")).Json.TryGetProperty("status", out _));
        Assert.False((await Spot("side=BUY&type=LIMIT_MAKER&price=80000&quantity=1")).Json.TryGetProperty("status", out _));
    }

    [Fact]
    public async Task Is_refused_as_maker_if_it_would_take()
    {
        var refused = await Spot("side=BUY&type=LIMIT_MAKER&price=90001&quantity=1");
        Assert.Equal((400, -2010, "Order would immediately match and take."), (refused.Status, refused.Code, refused.Message));
    }

    [Fact]
    public async Task Is_listed_while_open_and_remembered_afterwards()
    {
        var first = await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=l-1");
        await SpotLimit("SELL", "99000", "1", "timeInForce=GTC&newClientOrderId=l-2");
        Assert.Equal(2, (await Client.Signed("GET", "/api/v3/openOrders")).Json.GetArrayLength());
        await SpotCancel("origClientOrderId=l-1");
        Assert.Equal("l-2", (await Client.Signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json[0].GetProperty("clientOrderId").GetString());
        Assert.Equal(2, (await Client.Signed("GET", "/api/v3/allOrders", "symbol=BTCUSDT&orderId=" + first["orderId"])).Json.GetArrayLength());
        Assert.Equal(1, (await Client.Signed("GET", "/api/v3/allOrders", "symbol=BTCUSDT&limit=1")).Json.GetArrayLength());
    }
}

public class A_spot_market_order : SimulatorTest
{
    [Theory]
    [InlineData("BUY", "BTC", "0.5", 0.4995)]
    [InlineData("SELL", "USDT", "0.5", 44954.5005)]
    public async Task Pays_its_commission_out_of_what_it_receives(string side, string asset, string quantity, double received)
    {
        var before = (await Balance(asset)).Free;
        var placed = await Spot($"side={side}&type=MARKET&quantity={quantity}");
        Assert.Equal("FILLED", placed["status"]);
        Assert.Equal(asset, placed.Json.GetProperty("fills")[0].GetProperty("commissionAsset").GetString());
        Assert.Equal((decimal)received, (await Balance(asset)).Free - before);
    }

    [Fact]
    public async Task Walks_the_book()
    {
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", depth = "1" });
        var placed = await Spot("side=BUY&type=MARKET&quantity=2.5");
        var fills = placed.Json.GetProperty("fills").EnumerateArray().Select(f => Number(f, "price")).ToArray();
        Assert.Equal(3, fills.Length);
        Assert.Equal(fills.Order(), fills);
    }

    [Fact]
    public async Task Spends_a_quote_amount_down_to_the_last_step()
    {
        var placed = await Spot("side=BUY&type=MARKET&quoteOrderQty=1000");
        Assert.Equal("1000.00000000", placed["origQuoteOrderQty"]);
        Assert.InRange(placed.Amount("cummulativeQuoteQty"), 1000m - 90001m * 0.00001m, 1000m);
    }

    [Fact]
    public async Task Expires_with_what_an_empty_book_left_of_it()
    {
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", depth = "0.3", levels = 1 });
        var placed = await Spot("side=BUY&type=MARKET&quantity=1");
        Assert.Equal(("EXPIRED", "0.30000000", "INSUFFICIENT_LIQUIDITY"), (placed["status"], placed["executedQty"], placed["expiryReason"]));
    }

    [Fact]
    public async Task Is_refused_without_the_money()
    {
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", depth = "200" });
        var refused = await Spot("side=SELL&type=MARKET&quantity=101");
        Assert.Equal((-2010, "Account has insufficient balance for requested action."), (refused.Code, refused.Message));
    }
}

public class A_canceled_spot_order : SimulatorTest
{
    [Fact]
    public async Task Carries_the_name_of_its_cancel()
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=mine");
        var canceled = await SpotCancel("origClientOrderId=mine&newClientOrderId=mine-c");
        Assert.Equal(("mine", "mine-c", "CANCELED"), (canceled["origClientOrderId"], canceled["clientOrderId"], canceled["status"]));
        Assert.Equal(-2013, (await SpotOrder("mine")).Code);
        Assert.Equal("CANCELED", (await SpotOrder("mine-c"))["status"]);
        Assert.Equal("CANCELED", (await LedgerOrders("mine")).Single().GetProperty("status").GetString());
        Assert.Equal(200, (await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=mine")).Status);
    }

    [Fact]
    public async Task Cannot_be_canceled_again()
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=once");
        await SpotCancel("origClientOrderId=once&newClientOrderId=once-c");
        foreach (var id in (string[])["once", "once-c", "never"])
        {
            var refused = await SpotCancel("origClientOrderId=" + id);
            Assert.Equal((400, -2011, "Unknown order sent."), (refused.Status, refused.Code, refused.Message));
        }
    }

    [Theory]
    [InlineData("ONLY_PARTIALLY_FILLED", -2011)]
    [InlineData("SOMETIMES", -1145)]
    public async Task Stays_open_if_a_restriction_forbids(string restriction, int code)
    {
        var placed = await SpotLimit("BUY", "80000", "1");
        Assert.Equal(code, (await SpotCancel($"orderId={placed["orderId"]}&cancelRestrictions={restriction}")).Code);
        Assert.Equal(200, (await SpotCancel($"orderId={placed["orderId"]}&cancelRestrictions=ONLY_NEW")).Status);
    }

    [Fact]
    public async Task Keeps_what_it_had_filled()
    {
        await SpotLimit("BUY", "90000", "1", "timeInForce=GTC&newClientOrderId=half");
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "90000", qty = "0.4" } });
        Assert.Equal("0.40000000", (await SpotCancel("origClientOrderId=half"))["executedQty"]);
        Assert.Equal(0m, (await Balance("USDT")).Locked);
    }

    [Fact]
    public async Task Is_one_of_many_when_the_symbol_is_cleared()
    {
        for (var i = 0; i < 3; i++) await SpotLimit("BUY", "80000", "1");
        Assert.Equal(3, (await Client.Signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal(-2011, (await Client.Signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT")).Code);
    }
}

public class A_spot_client_order_id : SimulatorTest
{
    [Fact]
    public async Task Is_unique_among_open_orders_only()
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=dup");
        var refused = await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=dup");
        Assert.Equal((400, -2010, "Duplicate order sent."), (refused.Status, refused.Code, refused.Message));
        Assert.Single(await LedgerOrders("dup"));
    }

    [Fact]
    public async Task Is_free_again_after_a_fill()
    {
        await Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=twice");
        var second = await Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=twice");
        Assert.Equal(200, second.Status);
        Assert.Equal(second["orderId"], (await SpotOrder("twice"))["orderId"]);
        Assert.Equal(2, (await LedgerOrders("twice")).Length);
    }

    [Fact]
    public async Task Must_match_the_order_id_beside_it()
    {
        var placed = await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=pair");
        Assert.Equal(-2039, (await Client.Signed("GET", "/api/v3/order", $"symbol=BTCUSDT&orderId={placed["orderId"]}&origClientOrderId=other")).Code);
    }
}

public class A_spot_order_that_breaks_a_rule : SimulatorTest
{
    [Theory]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=80000.001&quantity=1", -1013, "Filter failure: PRICE_FILTER")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=2000000&quantity=1", -1013, "Filter failure: PRICE_FILTER")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=500000&quantity=1", -1013, "Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData("side=SELL&type=LIMIT&timeInForce=GTC&price=10000&quantity=1", -1013, "Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.000011", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=9001", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("side=BUY&type=MARKET&quantity=121", -1013, "Filter failure: MARKET_LOT_SIZE")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.00006", -1013, "Filter failure: NOTIONAL")]
    [InlineData("side=BUY&type=MARKET&quantity=0.00005", -1013, "Filter failure: NOTIONAL")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.123456789", -1111, "Parameter 'quantity' has too much precision.")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=80000", -1102, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("side=BUY&type=LIMIT&price=80000&quantity=1", -1102, "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTX&price=80000&quantity=1", -1115, "Invalid timeInForce.")]
    [InlineData("side=HOLD&type=MARKET&quantity=1", -1117, "Invalid side.")]
    [InlineData("side=BUY&type=MAYBE&quantity=1", -1116, "Invalid orderType.")]
    [InlineData("side=BUY&type=MARKET&quantity=1&price=5", -1106, "Parameter 'price' sent when not required.")]
    [InlineData("side=BUY&type=MARKET&quantity=1&quoteOrderQty=5", -1128, "Combination of optional parameters invalid.")]
    [InlineData("side=BUY&type=MARKET&quantity=-1", -1100, "Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.")]
    [InlineData("side=BUY&type=MARKET&quantity=1&newClientOrderId=a%20b", -1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.")]
    public async Task Is_told_which(string parameters, int code, string text)
    {
        var refused = await Spot(parameters);
        Assert.Equal((400, code, text), (refused.Status, refused.Code, refused.Message));
        var tested = await Client.Signed("POST", "/api/v3/order/test", "symbol=BTCUSDT&" + parameters);
        Assert.Equal((code, text), (tested.Code, tested.Message));
    }

    [Fact]
    public async Task Is_told_that_the_symbol_is_unknown() =>
        Assert.Equal(-1121, (await Client.Signed("POST", "/api/v3/order", "symbol=NOPEUSDT&side=BUY&type=MARKET&quantity=1")).Code);
}
