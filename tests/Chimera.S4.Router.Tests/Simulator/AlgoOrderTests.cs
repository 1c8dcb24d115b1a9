using System.Text.Json;
using Chimera.S4.Simulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public abstract class AlgoTest : SimulatorTest
{
    protected Task<Answer> Algo(string parameters) => Client.Signed("POST", "/fapi/v1/algoOrder", "algoType=CONDITIONAL&symbol=BTCUSDT&" + parameters);
    protected Task<Answer> Query(string id = "a") => Client.Signed("GET", "/fapi/v1/algoOrder", "clientAlgoId=" + id);
    protected Task Mid(string mid) => Market(new { venue = "FUT", symbol = "BTCUSDT", mid });
    protected Task<Answer> Open() => Client.Signed("GET", "/fapi/v1/openAlgoOrders", "symbol=BTCUSDT");
}

public class An_algo_order : AlgoTest
{
    [Theory]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000", "88000", "FINISHED")]
    [InlineData("side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=91000&workingType=MARK_PRICE", "92000", "FINISHED")]
    [InlineData("side=SELL&type=TAKE_PROFIT_MARKET&quantity=1&triggerPrice=91000", "92000", "FINISHED")]
    [InlineData("side=BUY&type=TAKE_PROFIT_MARKET&quantity=1&triggerPrice=89000&workingType=MARK_PRICE", "88000", "FINISHED")]
    [InlineData("side=SELL&type=STOP&quantity=1&triggerPrice=89000&price=92000&timeInForce=GTC", "88000", "TRIGGERED")]
    [InlineData("side=SELL&type=TAKE_PROFIT&quantity=1&triggerPrice=91000&price=91500&timeInForce=GTC", "92000", "FINISHED")]
    [InlineData("side=BUY&type=STOP&quantity=1&triggerPrice=91000&priceMatch=QUEUE_5&timeInForce=GTC", "92000", "TRIGGERED")]
    [InlineData("side=SELL&type=TRAILING_STOP_MARKET&quantity=1&callbackRate=1", "89000", "FINISHED")]
    [InlineData("side=SELL&type=TRAILING_STOP_MARKET&quantity=1&callbackRate=1&activatePrice=95000", "89000", "NEW")]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000", "89500", "NEW")]
    public async Task Becomes_an_order_of_its_own_at_its_price(string order, string mid, string status)
    {
        var placed = await Algo(order + "&clientAlgoId=a");
        Assert.Equal((200, "NEW"), (placed.Status, placed["algoStatus"]));
        Assert.Equal(0, (await Client.Signed("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
        Assert.Equal(-2013, (await FuturesOrder("a")).Code);
        await Mid(mid);
        var algo = await Query();
        Assert.Equal(status, algo["algoStatus"]);
        if (status is "NEW")
        {
            Assert.Equal("", algo["actualOrderId"]);
            return;
        }
        Assert.NotEqual(placed["algoId"], algo["actualOrderId"]);
        var child = await Client.Signed("GET", "/fapi/v1/order", "symbol=BTCUSDT&orderId=" + algo["actualOrderId"]);
        Assert.Equal(status is "FINISHED" ? "FILLED" : "NEW", child["status"]);
        Assert.Equal(0, (await Open()).Json.GetArrayLength());
        Assert.Equal(1, (await Client.Signed("GET", "/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=90500", -2021)]
    [InlineData("side=BUY&type=TAKE_PROFIT_MARKET&quantity=1&triggerPrice=90500&workingType=MARK_PRICE", -2021)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000.05", -4014)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.0001&triggerPrice=89000", -1111)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1", -1102)]
    [InlineData("side=SELL&type=STOP&quantity=1&triggerPrice=89000", -1102)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&stopPrice=89000", -1104)]
    [InlineData("side=SELL&type=LIMIT&quantity=1&price=89000", -1116)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&closePosition=true", -4137)]
    [InlineData("side=SELL&type=STOP_MARKET&triggerPrice=89000&closePosition=true&reduceOnly=true", -4138)]
    [InlineData("side=SELL&type=STOP&price=1&triggerPrice=89000&closePosition=true", -4136)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&reduceOnly=true", -4118)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&positionSide=LONG", -4061)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&workingType=LAST", -1130)]
    [InlineData("side=SELL&type=TRAILING_STOP_MARKET&quantity=1&callbackRate=50", -2007)]
    public async Task That_breaks_a_rule_is_told_which(string order, int code) => Assert.Equal((400, code), ((await Algo(order)).Status, (await Algo(order)).Code));

    [Fact]
    public async Task Is_canceled_by_either_id_with_a_code_that_is_a_string()
    {
        var placed = await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&clientAlgoId=a");
        var canceled = await Client.Signed("DELETE", "/fapi/v1/algoOrder", "algoId=" + placed["algoId"]);
        Assert.Equal(JsonValueKind.String, canceled.Json.GetProperty("code").ValueKind);
        Assert.Equal(-2011, (await Client.Signed("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=a")).Code);
        await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000");
        Assert.Equal(JsonValueKind.Number, (await Client.Signed("DELETE", "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT")).Json.GetProperty("code").ValueKind);
        Assert.Equal(0, (await Open()).Json.GetArrayLength());
        Assert.Equal(-2013, (await Query("none")).Code);
    }

    [Fact]
    public async Task Is_one_of_two_hundred_at_most_and_its_name_unique_among_them()
    {
        for (var i = 0; i < 200; i++) Assert.Equal(200, (await Algo($"side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&clientAlgoId=a{i}")).Status);
        Assert.Equal(-4045, (await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000")).Code);
        Assert.Equal(-4116, (await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&clientAlgoId=a7")).Code);
    }

    [Fact]
    public async Task Asks_for_margin_only_when_it_triggers()
    {
        await Algo("side=SELL&type=STOP&quantity=900&price=89000&timeInForce=GTC&triggerPrice=89500&clientAlgoId=a");
        await Client.Signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=1");
        await Mid("89400");
        Assert.Equal("REJECTED", (await Query())["algoStatus"]);
        Assert.Equal(0m, await Position());
    }

    [Fact]
    public async Task Is_rejected_where_mark_and_contract_price_have_parted()
    {
        // The mark price follows the mid; the last trade is far below it.
        await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=80000&priceProtect=true&clientAlgoId=a");
        await Market(new { venue = "FUT", symbol = "BTCUSDT", mid = "90000", spread = "30000", trade = new { side = "SELL", price = "70000", qty = "1" } });
        Assert.Equal("REJECTED", (await Query())["algoStatus"]);
    }

    [Theory]
    [InlineData(null, "TRIGGERING TRIGGERED NEW TRADE FINISHED", "a")]
    [InlineData("child-before-algo-update", "TRIGGERING NEW TRADE TRIGGERED FINISHED", "a")]
    [InlineData("algo-child-renamed", "TRIGGERING TRIGGERED NEW TRADE FINISHED", null)]
    public async Task Tells_its_life(string? fault, string told, string? childName)
    {
        await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&clientAlgoId=a");
        await using var stream = await FuturesUserStream("ORDER_TRADE_UPDATE/ALGO_UPDATE");
        if (fault is not null) await Fault(new { kind = fault, count = 1 });
        await Mid("88000");
        var seen = new List<string>();
        while (seen.Count < 5)
        {
            var e = await stream.Next();
            var order = e.GetProperty("o");
            var isAlgo = e.GetProperty("e").GetString() is "ALGO_UPDATE";
            seen.Add(order.GetProperty(isAlgo ? "X" : "x").GetString()!);
            if (!isAlgo) Assert.Equal(childName is null, order.GetProperty("c").GetString() != "a");
            if (isAlgo && seen[^1] is "FINISHED") Assert.Equal(("1", "MARKET"), (order.GetProperty("aq").GetString(), order.GetProperty("act").GetString()));
        }
        Assert.Equal(told, string.Join(' ', seen));
    }
}

public class An_algo_order_that_closes : AlgoTest
{
    [Fact]
    public async Task Closes_whatever_the_position_is_by_then()
    {
        await FuturesMarket("BUY", "1");
        await Algo("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=89000&clientAlgoId=sl&workingType=MARK_PRICE");
        await Algo("side=SELL&type=TAKE_PROFIT_MARKET&closePosition=true&triggerPrice=95000&clientAlgoId=tp&workingType=MARK_PRICE");
        await FuturesMarket("BUY", "2");
        await Mid("88000");
        Assert.Equal(0m, await Position());
        Assert.Equal(("FINISHED", "EXPIRED"), ((await Query("sl"))["algoStatus"], (await Query("tp"))["algoStatus"]));
        Assert.Equal("3", (await LedgerOrders("sl")).Single().GetProperty("executedQty").GetString());
    }

    [Fact]
    public async Task Reduces_in_company_and_stays_behind_when_the_position_is_gone()
    {
        await FuturesMarket("BUY", "1");
        Assert.Equal(200, (await Algo("side=SELL&type=STOP_MARKET&quantity=1&reduceOnly=true&triggerPrice=89000&clientAlgoId=sl")).Status);
        Assert.Equal(-4118, (await Algo("side=SELL&type=STOP_MARKET&quantity=0.5&reduceOnly=true&triggerPrice=88000")).Code);
        Assert.Equal(200, (await Algo("side=SELL&type=TAKE_PROFIT_MARKET&quantity=1&reduceOnly=true&triggerPrice=95000&clientAlgoId=tp")).Status);
        // Two full-size ones lock the position against other closes.
        Assert.Equal(-4118, (await FuturesMarket("SELL", "1", "reduceOnly=true")).Code);
        await Mid("88000");
        Assert.Equal(0m, await Position());
        Assert.Equal("NEW", (await Query("tp"))["algoStatus"]);
        await Mid("96000");
        Assert.Equal("REJECTED", (await Query("tp"))["algoStatus"]);
    }
}

public class A_changed_futures_order : SimulatorTest
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    protected override SimulatorOptions Options => base.Options with { Time = _time };

    private Task<Answer> Modify(string parameters) => Client.Signed("PUT", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&" + parameters);

    [Theory]
    [InlineData("origClientOrderId=o&price=88000&quantity=2", 200, "NEW 88000.00 2.000")]
    [InlineData("origClientOrderId=o&price=90001&quantity=1", 200, "FILLED 90001.00 1.000")]
    [InlineData("origClientOrderId=o&price=80000&quantity=1", -5027, "NEW 80000.00 1.000")]
    [InlineData("origClientOrderId=o&price=80000", -1102, "NEW 80000.00 1.000")]
    [InlineData("origClientOrderId=o&quantity=1", -1102, "NEW 80000.00 1.000")]
    [InlineData("origClientOrderId=o&price=88000.05&quantity=1", -4014, "NEW 80000.00 1.000")]
    [InlineData("origClientOrderId=none&price=88000&quantity=2", -2013, "NEW 80000.00 1.000")]
    public async Task Has_another_price_and_quantity(string change, int answer, string order)
    {
        await FuturesLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=o");
        var modified = await Modify(change);
        Assert.Equal(answer, answer > 0 ? modified.Status : modified.Code);
        var now = await FuturesOrder("o");
        Assert.Equal(order, FormattableString.Invariant($"{now["status"]} {now.Amount("price"):0.00} {now.Amount("origQty"):0.000}"));
    }

    [Fact]
    public async Task Ends_if_it_gets_smaller_than_what_has_traded_or_stops_being_a_maker()
    {
        await using var stream = await FuturesUserStream("ORDER_TRADE_UPDATE");
        await FuturesLimit("BUY", "90000", "1", "timeInForce=GTC&newClientOrderId=part");
        await Market(new { venue = "FUT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "90000", qty = "0.4" } });
        Assert.Equal("CANCELED", (await Modify("origClientOrderId=part&price=90000&quantity=0.4"))["status"]);
        await FuturesLimit("BUY", "80000", "1", "timeInForce=GTX&newClientOrderId=gtx");
        await Modify("origClientOrderId=gtx&price=81000&quantity=1");
        Assert.Equal("AMENDMENT", (await stream.Next(e => e.GetProperty("o").GetProperty("c").GetString() == "gtx" && e.GetProperty("o").GetProperty("x").GetString() != "NEW"))
            .GetProperty("o").GetProperty("x").GetString());
        Assert.Equal("CANCELED", (await Modify("origClientOrderId=gtx&price=90001&quantity=1"))["status"]);
    }

    [Theory]
    [InlineData("OPPONENT", "90001")]
    [InlineData("QUEUE", "89999")]
    [InlineData("QUEUE_5", "89981")]
    public async Task Takes_its_price_from_the_book(string match, string price)
    {
        var placed = await Futures($"side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&priceMatch={match}");
        Assert.Equal((200, match), (placed.Status, placed["priceMatch"]));
        if (match is not "QUEUE_5") Assert.Equal(decimal.Parse(price), placed.Amount("price"));
        else Assert.True(placed.Amount("price") < 89999);
        Assert.Equal(-1106, (await Futures($"side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=1&priceMatch={match}")).Code);
    }

    [Fact]
    public async Task Ends_at_its_date()
    {
        var date = _time.GetUtcNow().ToUnixTimeMilliseconds() + 700_000;
        Assert.Equal(-1130, (await FuturesLimit("BUY", "80000", "1", $"timeInForce=GTD&goodTillDate={date - 200_000}&timestamp={_time.GetUtcNow().ToUnixTimeMilliseconds()}")).Code);
        Assert.Equal(200, (await FuturesLimit("BUY", "80000", "1", $"timeInForce=GTD&goodTillDate={date}&newClientOrderId=gtd")).Status);
        _time.Advance(TimeSpan.FromSeconds(701));
        await Until(async () => (await LedgerOrders("gtd")).Single().GetProperty("status").GetString() == "EXPIRED");
    }

    [Fact]
    public async Task Dies_with_its_trader_but_a_conditional_one_does_not()
    {
        await FuturesLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=o");
        await Client.Signed("POST", "/fapi/v1/algoOrder", "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=80000&clientAlgoId=a");
        Assert.Equal("5000", (await Client.Signed("POST", "/fapi/v1/countdownCancelAll", "symbol=BTCUSDT&countdownTime=5000"))["countdownTime"]);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("NEW", (await LedgerOrders("o")).Single().GetProperty("status").GetString());
        _time.Advance(TimeSpan.FromSeconds(2));
        await Until(async () => (await LedgerOrders("o")).Single().GetProperty("status").GetString() == "CANCELED");
        Assert.Equal("NEW", (await Ledger()).GetProperty("algos")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task May_come_in_a_batch_where_each_has_its_own_answer()
    {
        var batch = Uri.EscapeDataString("""
            [{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","price":"80000","quantity":"1","newClientOrderId":"b1"},
             {"symbol":"BTCUSDT","side":"BUY","type":"STOP_MARKET","stopPrice":"95000","quantity":"1"},
             {"symbol":"BTCUSDT","side":"BUY","type":"MARKET","quantity":"0.0001"}]
            """);
        var answers = await Client.Signed("POST", "/fapi/v1/batchOrders", "batchOrders=" + batch);
        Assert.Equal((200, "NEW", -4120, -1111), (answers.Status, answers.Json[0].GetProperty("status").GetString(),
            answers.Json[1].GetProperty("code").GetInt32(), answers.Json[2].GetProperty("code").GetInt32()));
        Assert.Equal(("5", "1"), (answers.Headers.GetValues("X-MBX-ORDER-COUNT-10S").Single(), answers.Headers.GetValues("X-MBX-ORDER-COUNT-1M").Single()));
        var canceled = await Client.Signed("DELETE", "/fapi/v1/batchOrders", "symbol=BTCUSDT&origClientOrderIdList=" + Uri.EscapeDataString("""["b1","none"]"""));
        Assert.Equal(("CANCELED", -2011), (canceled.Json[0].GetProperty("status").GetString(), canceled.Json[1].GetProperty("code").GetInt32()));
    }
}

public class A_race_at_the_exchange : AlgoTest
{
    [Theory]
    [InlineData("1", 400, "FILLED", "1")]
    [InlineData("0.4", 200, "CANCELED", "0.4")]
    public async Task Fills_an_order_while_its_cancel_is_on_the_way(string ratio, int status, string state, string executed)
    {
        await Fault(new { kind = "fill-before-cancel", ratio, count = 2 });
        await FuturesLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=f");
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=s");
        Assert.Equal(status, (await FuturesCancel("origClientOrderId=f")).Status);
        Assert.Equal(status, (await SpotCancel("origClientOrderId=s")).Status);
        foreach (var id in (string[])["f", "s"])
        {
            var order = (await LedgerOrders(id)).Single();
            Assert.Equal((state, executed), (order.GetProperty("status").GetString(), order.GetProperty("executedQty").GetString()));
        }
    }

    [Fact]
    public async Task Wakes_a_stop_while_its_cancel_is_on_the_way()
    {
        await Fault(new { kind = "trigger-before-cancel", count = 3 });
        await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=80000&clientAlgoId=a");
        Assert.Equal(-2011, (await Client.Signed("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=a")).Code);
        Assert.Equal("FINISHED", (await Query())["algoStatus"]);
        await Spot("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=80000&newClientOrderId=s");
        Assert.Equal(-2011, (await SpotCancel("origClientOrderId=s")).Code);
        await Client.Signed("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=SELL&quantity=1&listClientOrderId=l&aboveType=LIMIT_MAKER&abovePrice=95000"
            + "&belowType=STOP_LOSS&belowStopPrice=80000&belowClientOrderId=sl");
        Assert.Equal(-2011, (await Client.Signed("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=l")).Code);
        Assert.Equal("FILLED", (await LedgerOrders("sl")).Single().GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("GTX", "90001", "11")]
    [InlineData("FOK", "80000", "10")]
    public async Task Takes_in_what_it_would_refuse_and_lets_it_expire(string timeInForce, string price, string reason)
    {
        await using var stream = await FuturesUserStream("ORDER_TRADE_UPDATE");
        await Fault(new { kind = "accept-then-expire", count = 1 });
        Assert.Equal("EXPIRED", (await FuturesLimit("BUY", price, "1", "timeInForce=" + timeInForce))["status"]);
        var e = await stream.Next(m => m.GetProperty("o").GetProperty("x").GetString() == "EXPIRED");
        Assert.Equal(reason, e.GetProperty("o").GetProperty("er").GetString());
        Assert.Equal(400, (await FuturesLimit("BUY", price, "1", "timeInForce=" + timeInForce)).Status);
    }

    [Fact]
    public async Task Lets_a_name_be_used_again_once_its_order_is_closed()
    {
        await SpotLimit("BUY", "90001", "1", "timeInForce=GTC&newClientOrderId=again");
        await SpotLimit("BUY", "90001", "1", "timeInForce=GTC&newClientOrderId=again");
        await FuturesMarket("BUY", "1", "newClientOrderId=again");
        await FuturesMarket("BUY", "1", "newClientOrderId=again");
        Assert.Equal(4, (await LedgerOrders("again")).Length);
    }
}

public class A_hidden_order : AlgoTest
{
    [Fact]
    public async Task Is_there_and_cannot_be_found_also_as_a_list_or_a_conditional_one()
    {
        await Fault(new { kind = "hide-order", seconds = 60, lists = true });
        await Algo("side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&clientAlgoId=a");
        await Client.Signed("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=SELL&quantity=1&listClientOrderId=l&aboveType=LIMIT_MAKER&abovePrice=95000"
            + "&aboveClientOrderId=tp&belowType=STOP_LOSS&belowStopPrice=80000");
        Assert.Equal((-2013, -2018, -2013), ((await Query()).Code,
            (await Client.Signed("GET", "/api/v3/orderList", "origClientOrderId=l")).Code, (await SpotOrder("tp")).Code));
        Assert.Equal(0, (await Open()).Json.GetArrayLength());
        Assert.Equal(0, (await Client.Signed("GET", "/api/v3/openOrderList")).Json.GetArrayLength());
        var ledger = await Ledger();
        Assert.Equal((1, 1, 2), (ledger.GetProperty("algos").GetArrayLength(), ledger.GetProperty("lists").GetArrayLength(), ledger.GetProperty("orders").GetArrayLength()));
    }
}
