using Chimera.S4.Simulator;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_replaced_spot_order : SimulatorTest
{
    // Time stands still, so that a slow machine stays within one window of the order count.
    protected override SimulatorOptions Options => base.Options with { Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };

    private Task<Answer> Replace(string cancel, string order, string mode = "STOP_ON_FAILURE") =>
        Client.Signed("POST", "/api/v3/order/cancelReplace", $"symbol=BTCUSDT&cancelReplaceMode={mode}&{cancel}&{order}");

    private const string New = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=81000&newClientOrderId=new";
    private const string Bad = "side=BUY&type=LIMIT_MAKER&quantity=1&price=95000&newClientOrderId=new";

    [Theory]
    [InlineData("old", New, "STOP_ON_FAILURE", 200, 0, "SUCCESS", "SUCCESS")]
    [InlineData("no", New, "STOP_ON_FAILURE", 400, -2022, "FAILURE", "NOT_ATTEMPTED")]
    [InlineData("no", Bad, "ALLOW_FAILURE", 400, -2022, "FAILURE", "FAILURE")]
    [InlineData("no", New, "ALLOW_FAILURE", 409, -2021, "FAILURE", "SUCCESS")]
    [InlineData("old", Bad, "STOP_ON_FAILURE", 409, -2021, "SUCCESS", "FAILURE")]
    public async Task Answers_for_each_half(string cancel, string order, string mode, int status, int code, string canceled, string placed)
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=old");
        var answer = await Replace("cancelOrigClientOrderId=" + cancel, order, mode);
        var data = status == 200 ? answer.Json : answer.Json.GetProperty("data");
        Assert.Equal((status, code), (answer.Status, status == 200 ? 0 : answer.Code));
        Assert.Equal((canceled, placed), (data.GetProperty("cancelResult").GetString(), data.GetProperty("newOrderResult").GetString()));
        Assert.Equal(canceled == "SUCCESS" ? "CANCELED" : "NEW", (await LedgerOrders("old")).Single().GetProperty("status").GetString());
        Assert.Equal(placed == "SUCCESS" ? 1 : 0, (await LedgerOrders("new")).Length);
    }

    [Fact]
    public async Task Is_left_alone_when_the_new_one_breaks_a_filter()
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=old");
        Assert.Equal(-1013, (await Replace("cancelOrigClientOrderId=old", "side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=81000.001")).Code);
        Assert.Equal("NEW", (await SpotOrder("old"))["status"]);
    }

    [Theory]
    [InlineData("DO_NOTHING", "STOP_ON_FAILURE", 429, -1015, "NEW")]
    [InlineData("CANCEL_ONLY", "STOP_ON_FAILURE", 429, -2021, "CANCELED")]
    [InlineData("CANCEL_ONLY", "ALLOW_FAILURE", 409, -2021, "CANCELED")]
    public async Task May_be_canceled_although_too_many_orders_were_placed(string exceeded, string mode, int status, int code, string old)
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=old");
        while ((await SpotLimit("BUY", "80000", "0.001")).Status == 200)
        {
        }
        var answer = await Replace("cancelOrigClientOrderId=old&orderRateLimitExceededMode=" + exceeded, New, mode);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal(old, (await LedgerOrders("old")).Single().GetProperty("status").GetString());
    }

    [Fact]
    public async Task Counts_as_one_order_even_if_nothing_was_placed()
    {
        await Replace("cancelOrigClientOrderId=no", New);
        Assert.Equal(1, (await Client.Signed("GET", "/api/v3/rateLimit/order")).Json[0].GetProperty("count").GetInt32());
    }
}

public class An_amended_spot_order : SimulatorTest
{
    private Task<Answer> Amend(string parameters) => Client.Signed("PUT", "/api/v3/order/amend/keepPriority", "symbol=BTCUSDT&" + parameters);

    [Fact]
    public async Task Gets_smaller_and_keeps_its_place()
    {
        await using var stream = await SpotUserStream();
        var before = await Balance("USDT");
        await SpotLimit("BUY", "89999.5", "1", "timeInForce=GTC&newClientOrderId=first");
        await SpotLimit("BUY", "89999.5", "1", "timeInForce=GTC&newClientOrderId=second");
        var amended = await Amend("origClientOrderId=first&newQty=0.4&newClientOrderId=first-b");
        var order = amended.Json.GetProperty("amendedOrder");
        Assert.Equal(("first", "first-b", "0.40000000"),
            (order.GetProperty("origClientOrderId").GetString(), order.GetProperty("clientOrderId").GetString(), order.GetProperty("qty").GetString()));
        Assert.Equal(before.Free - 1.4m * 89999.5m, (await Balance("USDT")).Free);
        var e = await stream.Next(m => m.GetProperty("event").TryGetProperty("x", out var x) && x.GetString() == "REPLACED");
        Assert.Equal(("first-b", "first"), (e.GetProperty("event").GetProperty("c").GetString(), e.GetProperty("event").GetProperty("C").GetString()));
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "89999.5", qty = "0.5" } });
        Assert.Equal(("FILLED", "PARTIALLY_FILLED"), ((await SpotOrder("first-b"))["status"], (await SpotOrder("second"))["status"]));
    }

    [Fact]
    public async Task Never_gets_bigger_and_only_ten_times_smaller()
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=a");
        Assert.Equal((-2038, "Order amend (quantity increase) is not supported."), ((await Amend("origClientOrderId=a&newQty=1")).Code, (await Amend("origClientOrderId=a&newQty=1")).Message));
        Assert.Equal(-2038, (await Amend("origClientOrderId=none&newQty=1")).Code);
        for (var i = 1; i <= 10; i++) Assert.Equal(200, (await Amend($"origClientOrderId=a&newClientOrderId=a&newQty={1 - i / 100m}")).Status);
        Assert.Equal("Filter failure: MAX_NUM_ORDER_AMENDS", (await Amend("origClientOrderId=a&newQty=0.5")).Message);
        Assert.Equal(1, (await Client.Signed("GET", "/api/v3/rateLimit/order")).Json[0].GetProperty("count").GetInt32());
    }
}

public class Self_trade_prevention : SimulatorTest
{
    [Theory]
    [InlineData("EXPIRE_TAKER", "NEW 1 0 0", "EXPIRED_IN_MATCH 0.4 0 0.4")]
    [InlineData("EXPIRE_MAKER", "EXPIRED_IN_MATCH 1 0 1", "NEW 0.4 0 0")]
    [InlineData("EXPIRE_BOTH", "EXPIRED_IN_MATCH 1 0 1", "EXPIRED_IN_MATCH 0.4 0 0.4")]
    [InlineData("DECREMENT", "NEW 1 0 0.4", "EXPIRED_IN_MATCH 0.4 0 0.4")]
    [InlineData("TRANSFER", "NEW 1 0 0.4", "EXPIRED_IN_MATCH 0.4 0 0.4")]
    [InlineData("NONE", "PARTIALLY_FILLED 1 0.4 0", "FILLED 0.4 0.4 0")]
    public async Task Goes_by_the_mode_of_the_taker(string mode, string maker, string taker)
    {
        var before = await Balance("USDT");
        await SpotLimit("SELL", "90000", "1", "timeInForce=GTC&newClientOrderId=maker");
        await SpotLimit("BUY", "90000", "0.4", $"timeInForce=GTC&newClientOrderId=taker&selfTradePreventionMode={mode}");
        Assert.Equal((maker, taker), (await Row("maker"), await Row("taker")));
        if (mode is "DECREMENT") Assert.Equal((before, 0.6m), (await Balance("USDT"), (await Balance("BTC")).Locked));
    }

    private async Task<string> Row(string id)
    {
        var order = await SpotOrder(id);
        var prevented = order.Json.TryGetProperty("preventedQuantity", out _) ? order.Amount("preventedQuantity") : 0;
        return FormattableString.Invariant($"{order["status"]} {order.Amount("origQty"):0.#} {order.Amount("executedQty"):0.#} {prevented:0.#}");
    }
}
