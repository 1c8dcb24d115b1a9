using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_futures_order : SimulatorTest
{
    [Fact]
    public async Task Is_acknowledged_as_new_whatever_became_of_it()
    {
        var placed = await FuturesMarket("BUY", "0.5", "newClientOrderId=f-1");
        Assert.Equal(("NEW", "0.000"), (placed["status"], placed["executedQty"]));
        var order = await FuturesOrder("f-1");
        Assert.Equal(("FILLED", "0.500"), (order["status"], order["executedQty"]));
        Assert.Equal(90001m, order.Amount("avgPrice"));
    }

    [Fact]
    public async Task Opens_and_closes_a_position_with_its_profit()
    {
        var wallet = await Wallet();
        await FuturesMarket("BUY", "1");
        Assert.Equal(1m, await Position());
        await Market(new { venue = "FUT", symbol = "BTCUSDT", mid = "91000" });
        await FuturesMarket("SELL", "1");
        Assert.Equal(0m, await Position());
        // Bought at 90,001, sold at 90,999, 0.05 % of each.
        Assert.Equal(998m - 45.0005m - 45.4995m, await Wallet() - wallet);
        var trade = (await Client.Signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT")).Json[1];
        Assert.Equal(998m, Number(trade, "realizedPnl"));
        Assert.Equal("USDT", trade.GetProperty("commissionAsset").GetString());
    }

    [Fact]
    public async Task Turns_a_long_position_short()
    {
        await FuturesMarket("BUY", "1");
        await FuturesMarket("SELL", "3");
        Assert.Equal(-2m, await Position());
        var position = (await Client.Signed("GET", "/fapi/v3/positionRisk")).Json[0];
        Assert.Equal(89999m, Number(position, "entryPrice"));
    }

    [Fact]
    public async Task Keeps_its_name_when_canceled()
    {
        await FuturesLimit("BUY", "88000", "1", "timeInForce=GTC&newClientOrderId=keep");
        Assert.Equal("NEW", (await Client.Signed("GET", "/fapi/v1/openOrder", "symbol=BTCUSDT&origClientOrderId=keep"))["status"]);
        Assert.Equal(("CANCELED", "keep"), ((await FuturesCancel("origClientOrderId=keep")) is var c ? (c["status"], c["clientOrderId"]) : default));
        Assert.Equal("CANCELED", (await FuturesOrder("keep"))["status"]);
        Assert.Equal(-2013, (await Client.Signed("GET", "/fapi/v1/openOrder", "symbol=BTCUSDT&origClientOrderId=keep")).Code);
        Assert.Equal(-2011, (await FuturesCancel("origClientOrderId=keep")).Code);
    }

    [Fact]
    public async Task Fills_as_maker_for_the_lower_commission()
    {
        await FuturesLimit("BUY", "89000", "1", "timeInForce=GTX&newClientOrderId=gtx");
        await Market(new { venue = "FUT", symbol = "BTCUSDT", mid = "88500" });
        Assert.Equal("FILLED", (await FuturesOrder("gtx"))["status"]);
        var trade = (await Client.Signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT")).Json[0];
        Assert.Equal((true, 17.8m), (trade.GetProperty("maker").GetBoolean(), Number(trade, "commission")));
    }

    [Theory]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTX&price=90001&quantity=1", -5022)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=FOK&price=90001&quantity=15", -5021)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=88000.05&quantity=1", -4014)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=88000.005&quantity=1", -1111)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=88000&quantity=0.0001", -1111)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=88000&quantity=0", -4003)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=88000&quantity=1001", -4005)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=100&quantity=1", -4013)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=5000000&quantity=1", -4002)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=95000&quantity=1", -4016)]
    [InlineData("side=SELL&type=LIMIT&timeInForce=GTC&price=85000&quantity=1", -4024)]
    [InlineData("side=BUY&type=MARKET&quantity=121", -4005)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&price=10000&quantity=0.001", -4164)]
    [InlineData("side=BUY&type=STOP_MARKET&stopPrice=95000&quantity=1", -4120)]
    [InlineData("side=BUY&type=MARKET&quantity=1&stopPrice=95000", -1104)]
    [InlineData("side=BUY&type=MARKET&quantity=1&positionSide=LONG", -4061)]
    [InlineData("side=BUY&type=MARKET&quantity=1&newClientOrderId=0123456789012345678901234567890123456789", -4015)]
    [InlineData("side=SELL&type=MARKET&quantity=1&reduceOnly=true", -2022)]
    public async Task That_breaks_a_rule_is_told_which(string parameters, int code)
    {
        var refused = await Futures(parameters);
        Assert.Equal((400, code), (refused.Status, refused.Code));
        Assert.Equal(0, (await Ledger()).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Is_refused_with_the_name_of_an_open_one()
    {
        await FuturesLimit("BUY", "88000", "1", "timeInForce=GTC&newClientOrderId=dup");
        var refused = await FuturesLimit("BUY", "88000", "1", "timeInForce=GTC&newClientOrderId=dup");
        Assert.Equal((400, -4116), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Is_refused_without_the_margin()
    {
        await Client.Signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=1");
        await Market(new { venue = "FUT", symbol = "BTCUSDT", depth = "200" });
        Assert.Equal(-2019, (await FuturesMarket("BUY", "115")).Code);
        Assert.Equal(200, (await FuturesMarket("BUY", "100")).Status);
        Assert.Equal(-2019, (await FuturesMarket("BUY", "20")).Code);
        Assert.Equal(200, (await FuturesMarket("SELL", "100")).Status);
    }

    [Fact]
    public async Task Does_not_trade_with_another_of_the_same_account()
    {
        await FuturesLimit("BUY", "90000", "1", "timeInForce=GTC&newClientOrderId=resting");
        var taker = await FuturesLimit("SELL", "90000", "1", "timeInForce=GTC");
        Assert.Equal("NEW", taker["status"]);
        Assert.Equal("EXPIRED_IN_MATCH", (await FuturesOrder("resting"))["status"]);
    }

    private async Task<decimal> Wallet() => Number((await Client.Signed("GET", "/fapi/v3/balance")).Json[0], "balance");
}

public class A_reduce_only_order : SimulatorTest
{
    [Fact]
    public async Task Takes_no_more_than_the_position()
    {
        await FuturesMarket("BUY", "1");
        var closed = await FuturesMarket("SELL", "3", "reduceOnly=true&newOrderRespType=RESULT");
        Assert.Equal(("EXPIRED", "1.000"), (closed["status"], closed["executedQty"]));
        Assert.Equal(0m, await Position());
    }

    [Fact]
    public async Task Needs_no_minimum_value()
    {
        await FuturesMarket("BUY", "0.001");
        Assert.Equal("FILLED", (await FuturesMarket("SELL", "0.001", "reduceOnly=true&newOrderRespType=RESULT"))["status"]);
    }

    [Fact]
    public async Task May_not_add_to_the_position()
    {
        await FuturesMarket("BUY", "1");
        Assert.Equal(-2022, (await FuturesMarket("BUY", "1", "reduceOnly=true")).Code);
    }

    [Fact]
    public async Task Shares_the_position_with_those_that_rest()
    {
        await FuturesMarket("BUY", "1");
        Assert.Equal(200, (await FuturesLimit("SELL", "91000", "0.6", "timeInForce=GTC&reduceOnly=true")).Status);
        Assert.Equal(-4118, (await FuturesLimit("SELL", "92000", "0.6", "timeInForce=GTC&reduceOnly=true")).Code);
        Assert.Equal(200, (await FuturesLimit("SELL", "92000", "0.4", "timeInForce=GTC&reduceOnly=true")).Status);
    }

    [Fact]
    public async Task Expires_when_the_position_is_gone()
    {
        await FuturesMarket("BUY", "1");
        await FuturesLimit("SELL", "91000", "1", "timeInForce=GTC&reduceOnly=true&newClientOrderId=left");
        await FuturesMarket("SELL", "1");
        Assert.Equal("EXPIRED", (await FuturesOrder("left"))["status"]);
    }
}

public class A_futures_setting : SimulatorTest
{
    [Fact]
    public async Task Of_leverage_is_read_back()
    {
        Assert.Equal("21", (await Client.Signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=21"))["leverage"]);
        Assert.Equal(21, (await Client.Signed("GET", "/fapi/v1/symbolConfig", "symbol=BTCUSDT")).Json[0].GetProperty("leverage").GetInt32());
        Assert.Equal(-4028, (await Client.Signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=126")).Code);
    }

    [Fact]
    public async Task Of_margin_type_refuses_to_change_nothing()
    {
        Assert.Equal(-4046, (await Client.Signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED")).Code);
        Assert.Equal(200, (await Client.Signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")).Code);
        await FuturesLimit("BUY", "88000", "1");
        Assert.Equal(-4047, (await Client.Signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED")).Code);
    }

    [Fact]
    public async Task Of_hedge_mode_makes_one_way_orders_fail()
    {
        Assert.Equal(-4059, (await Client.Signed("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=false")).Code);
        Assert.Equal(200, (await Client.Signed("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true")).Status);
        Assert.Equal("true", (await Client.Signed("GET", "/fapi/v1/positionSide/dual"))["dualSidePosition"]);
        Assert.Equal(-4061, (await FuturesMarket("BUY", "1")).Code);
    }
}
