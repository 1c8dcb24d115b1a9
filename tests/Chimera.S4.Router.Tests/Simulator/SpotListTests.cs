using System.Text.Json;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_spot_stop : SimulatorTest
{
    [Theory]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=89000", "88000", "FILLED")]
    [InlineData("side=BUY&type=STOP_LOSS&quantity=1&stopPrice=91000", "92000", "FILLED")]
    [InlineData("side=SELL&type=TAKE_PROFIT&quantity=1&stopPrice=91000", "92000", "FILLED")]
    [InlineData("side=BUY&type=TAKE_PROFIT&quantity=1&stopPrice=89000", "88000", "FILLED")]
    [InlineData("side=SELL&type=STOP_LOSS_LIMIT&quantity=1&stopPrice=89000&price=95000&timeInForce=GTC", "88000", "NEW")]
    [InlineData("side=SELL&type=TAKE_PROFIT_LIMIT&quantity=1&stopPrice=91000&price=91500&timeInForce=GTC", "92000", "FILLED")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=89000", "89500", "asleep")]
    public async Task Wakes_at_the_last_trade_price(string order, string mid, string status)
    {
        var placed = await Spot(order + "&newClientOrderId=stop&newOrderRespType=RESULT");
        Assert.Equal(("NEW", "-1"), (placed["status"], placed["workingTime"]));
        Assert.False((await SpotOrder("stop")).Json.GetProperty("isWorking").GetBoolean());
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid });
        var now = await SpotOrder("stop");
        Assert.Equal((status is not "asleep", status is "asleep" ? "NEW" : status), (now.Json.GetProperty("isWorking").GetBoolean(), now["status"]));
    }

    [Theory]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=90500", -2010, "Order would trigger immediately.")]
    [InlineData("side=BUY&type=TAKE_PROFIT&quantity=1&stopPrice=90500", -2010, "Order would trigger immediately.")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=89000.001", -1013, "Filter failure: PRICE_FILTER")]
    [InlineData("side=SELL&type=STOP_LOSS_LIMIT&quantity=1&stopPrice=89000&price=1&timeInForce=GTC", -1013, "Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1", -1102, "Mandatory parameter 'stopPrice' was not sent, was empty/null, or malformed.")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=89000&price=5", -1106, "Parameter 'price' sent when not required.")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&trailingDelta=100", -1013, "Trailing stop orders are not supported for this symbol.")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=110&stopPrice=89000", -2010, "Account has insufficient balance for requested action.")]
    public async Task That_breaks_a_rule_is_told_which(string order, int code, string text)
    {
        var refused = await Spot(order);
        Assert.Equal((400, code, text), (refused.Status, refused.Code, refused.Message));
    }

    [Fact]
    public async Task Counts_among_five()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(200, (await Spot("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=80000")).Status);
        Assert.Equal("Filter failure: MAX_NUM_ALGO_ORDERS", (await Spot("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=80000")).Message);
        Assert.Equal(5, (await Client.Signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Locks_the_coins_until_it_is_gone()
    {
        var before = await Balance("BTC");
        var placed = await Spot("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=80000");
        Assert.Equal((before.Free - 1, 1m), await Balance("BTC"));
        await SpotCancel("orderId=" + placed["orderId"]);
        Assert.Equal(before, await Balance("BTC"));
    }
}

public class An_order_list : SimulatorTest
{
    private const string Exit = "symbol=BTCUSDT&side=SELL&quantity=1&listClientOrderId=list&aboveType=LIMIT_MAKER&abovePrice=91000&aboveClientOrderId=tp"
        + "&belowType=STOP_LOSS_LIMIT&belowStopPrice=89000&belowPrice=88000&belowTimeInForce=GTC&belowClientOrderId=sl";

    private Task<Answer> Oco(string more = "") => Client.Signed("POST", "/api/v3/orderList/oco", Exit + more);
    private Task<Answer> List(string name = "list") => Client.Signed("GET", "/api/v3/orderList", "origClientOrderId=" + name);
    private async Task<string> Status(string id) => (await LedgerOrders(id)).Single().GetProperty("status").GetString()!;

    [Fact]
    public async Task Is_placed_whole_with_its_stop_asleep()
    {
        var before = await Balance("BTC");
        var placed = await Oco();
        Assert.Equal(("OCO", "EXEC_STARTED", "EXECUTING"), (placed["contingencyType"], placed["listStatusType"], placed["listOrderStatus"]));
        var reports = placed.Json.GetProperty("orderReports");
        Assert.Equal(2, reports.GetArrayLength());
        Assert.Equal(-1, reports[1].GetProperty("workingTime").GetInt64());
        Assert.Equal((before.Free - 1, 1m), await Balance("BTC"));
        Assert.Equal(1, (await Client.Signed("GET", "/api/v3/openOrderList")).Json.GetArrayLength());
        Assert.Equal(2, (await Client.Signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal("2", placed.Headers.GetValues("X-MBX-ORDER-COUNT-10S").Single());
    }

    [Fact]
    public async Task Loses_its_stop_with_the_first_trade_of_its_limit()
    {
        await using var stream = await SpotUserStream();
        await Oco();
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "90998", spread = "2", trade = new { side = "BUY", price = "91000", qty = "12" } });
        Assert.Equal(("FILLED", "EXPIRED"), (await Status("tp"), await Status("sl")));
        Assert.Equal("OCO_TRIGGER", (await SpotOrder("sl"))["expiryReason"]);
        Assert.Equal(("ALL_DONE", "ALL_DONE"), ((await List())["listStatusType"], (await List())["listOrderStatus"]));
        Assert.Equal("sl NEW, tp NEW, list EXEC_STARTED, tp TRADE, sl EXPIRED, list ALL_DONE".Split(", ").Order(), (await Events(stream, "ALL_DONE")).Order());
        Assert.Equal(0m, (await Balance("BTC")).Locked);
    }

    [Fact]
    public async Task Gives_its_coins_to_the_stop_that_woke()
    {
        await using var stream = await SpotUserStream();
        await Oco();
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "88500" });
        Assert.Equal(("EXPIRED", "FILLED"), (await Status("tp"), await Status("sl")));
        Assert.Equal(["tp EXPIRED", "sl NEW", "list ALL_DONE", "sl TRADE"], (await Events(stream, "TRADE")).SkipWhile(e => e != "tp EXPIRED"));
    }

    [Theory]
    [InlineData("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=list&newClientOrderId=end")]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=tp&newClientOrderId=end")]
    [InlineData("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT")]
    public async Task Is_canceled_as_a_whole(string method, string path, string parameters)
    {
        await Oco();
        Assert.Equal(200, (await Client.Signed(method, path, parameters)).Status);
        Assert.Equal(("CANCELED", "CANCELED"), (await Status("tp"), await Status("sl")));
        Assert.Equal("ALL_DONE", (await List())["listOrderStatus"]);
        Assert.Equal(0m, (await Balance("BTC")).Locked);
        Assert.Equal(-2011, (await Client.Signed("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=list")).Code);
        Assert.Equal(0, (await Client.Signed("GET", "/api/v3/openOrderList")).Json.GetArrayLength());
        Assert.Equal(1, (await Client.Signed("GET", "/api/v3/allOrderList")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("SELL", "LIMIT_MAKER", "abovePrice=89500", "STOP_LOSS", "belowStopPrice=89000", -2010)]
    [InlineData("SELL", "LIMIT_MAKER", "abovePrice=91000", "STOP_LOSS", "belowStopPrice=90500", -2010)]
    [InlineData("SELL", "LIMIT_MAKER", "abovePrice=91000", "LIMIT_MAKER", "belowPrice=89000", -1168)]
    [InlineData("SELL", "STOP_LOSS", "aboveStopPrice=91000", "LIMIT_MAKER", "belowPrice=89000", -1166)]
    [InlineData("BUY", "LIMIT_MAKER", "abovePrice=91000", "STOP_LOSS", "belowStopPrice=89000", -1165)]
    [InlineData("SELL", "STOP_LOSS", "aboveStopPrice=91000", "STOP_LOSS", "belowStopPrice=89000", -1197)]
    [InlineData("SELL", "MARKET", "a=1", "STOP_LOSS", "belowStopPrice=89000", -1158)]
    public async Task That_makes_no_sense_is_refused(string side, string above, string aboveMore, string below, string belowMore, int code) =>
        Assert.Equal(code, (await Client.Signed("POST", "/api/v3/orderList/oco",
            $"symbol=BTCUSDT&side={side}&quantity=1&aboveType={above}&{aboveMore}&belowType={below}&{belowMore}")).Code);

    [Fact]
    public async Task Of_a_buyer_mirrors_it_and_locks_the_dearer_leg()
    {
        var before = await Balance("USDT");
        Assert.Equal(200, (await Client.Signed("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=BUY&quantity=1&belowType=LIMIT_MAKER&belowPrice=80000"
            + "&aboveType=STOP_LOSS_LIMIT&aboveStopPrice=91000&abovePrice=92000&aboveTimeInForce=GTC&aboveClientOrderId=up")).Status);
        Assert.Equal((before.Free - 92000, 92000m), await Balance("USDT"));
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "91500" });
        Assert.Equal("FILLED", await Status("up"));
        Assert.Equal((before.Free - 91501, 0m), await Balance("USDT"));
    }

    [Fact]
    public async Task In_its_old_form_still_works()
    {
        var placed = await Client.Signed("POST", "/api/v3/order/oco",
            "symbol=BTCUSDT&side=SELL&quantity=1&price=91000&stopPrice=89000&limitClientOrderId=tp&stopClientOrderId=sl&listClientOrderId=list");
        Assert.Equal("OCO", placed["contingencyType"]);
        Assert.Equal("EXECUTING", (await List())["listOrderStatus"]);
    }

    [Theory]
    [InlineData("oto", "&pendingType=LIMIT&pendingPrice=91000&pendingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=0.5&pendingClientOrderId=exit", "0.5")]
    [InlineData("opo", "&pendingType=LIMIT&pendingPrice=91000&pendingTimeInForce=GTC&pendingSide=SELL&pendingClientOrderId=exit", "0.999")]
    [InlineData("otoco", "&pendingSide=SELL&pendingQuantity=0.5&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=91000&pendingAboveClientOrderId=exit"
        + "&pendingBelowType=STOP_LOSS&pendingBelowStopPrice=85000&pendingBelowClientOrderId=stop", "0.5")]
    [InlineData("opoco", "&pendingSide=SELL&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=91000&pendingAboveClientOrderId=exit"
        + "&pendingBelowType=STOP_LOSS&pendingBelowStopPrice=85000&pendingBelowClientOrderId=stop", "0.999")]
    public async Task Starts_its_second_phase_only_when_the_first_is_filled(string kind, string pending, string quantity)
    {
        var placed = await Client.Signed("POST", "/api/v3/orderList/" + kind, "symbol=BTCUSDT&listClientOrderId=list&workingType=LIMIT&workingSide=BUY"
            + "&workingPrice=89000&workingQuantity=1&workingTimeInForce=GTC&workingClientOrderId=entry" + pending);
        Assert.Equal((200, "OTO"), (placed.Status, placed["contingencyType"]));
        Assert.Equal("PENDING_NEW", await Status("exit"));
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "88999", trade = new { side = "SELL", price = "89000", qty = "0.4" } });
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "88000" });
        Assert.Equal(("FILLED", "NEW"), (await Status("entry"), await Status("exit")));
        Assert.Equal(decimal.Parse(quantity), (await SpotOrder("exit")).Amount("origQty"));
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", mid = "92000" });
        Assert.Equal("FILLED", await Status("exit"));
        if (kind.EndsWith("co")) Assert.Equal("OCO_TRIGGER", (await SpotOrder("stop"))["expiryReason"]);
        Assert.Equal("ALL_DONE", (await List())["listOrderStatus"]);
        Assert.Equal(0m, (await Balance("BTC")).Locked);
    }

    [Fact]
    public async Task Shows_its_second_phase_pending_in_the_answer_even_if_the_first_filled_at_once()
    {
        var placed = await Client.Signed("POST", "/api/v3/orderList/oto", "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=90001&workingQuantity=1"
            + "&workingTimeInForce=GTC&pendingType=LIMIT_MAKER&pendingPrice=89000&pendingSide=SELL&pendingQuantity=1&pendingClientOrderId=exit");
        Assert.Equal("PENDING_NEW", placed.Json.GetProperty("orderReports")[1].GetProperty("status").GetString());
        // It would take: what cannot be placed expires.
        Assert.Equal(("EXPIRED", "REJECTED"), ((await SpotOrder("exit"))["status"], (await SpotOrder("exit"))["expiryReason"]));
    }

    [Fact]
    public async Task Ends_with_its_first_phase_unfilled()
    {
        await Client.Signed("POST", "/api/v3/orderList/oto", "symbol=BTCUSDT&listClientOrderId=list&workingType=LIMIT&workingSide=BUY&workingPrice=80000&workingQuantity=1"
            + "&workingTimeInForce=IOC&pendingType=MARKET&pendingSide=SELL&pendingQuantity=1&pendingClientOrderId=exit");
        Assert.Equal("OTO_PHASE_ONE_EXPIRED", (await SpotOrder("exit"))["expiryReason"]);
        Assert.Equal("ALL_DONE", (await List())["listOrderStatus"]);
    }

    [Fact]
    public async Task Keeps_its_name_for_itself_while_it_lives()
    {
        await Oco();
        Assert.Equal((-2010, "Duplicate order sent."), ((await Oco()).Code, (await Oco()).Message));
        Assert.Equal(-2018, (await List("nobody")).Code);
    }

    private static async Task<List<string>> Events(TestSocket stream, string last)
    {
        var seen = new List<string>();
        while (seen.Count == 0 || !seen[^1].EndsWith(last))
        {
            var e = (await stream.Next()).GetProperty("event");
            if (e.GetProperty("e").GetString() is "executionReport") seen.Add($"{e.GetProperty("c").GetString()} {e.GetProperty("x").GetString()}");
            else if (e.GetProperty("e").GetString() is "listStatus") seen.Add("list " + e.GetProperty("l").GetString());
        }
        return seen;
    }
}
