using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Requests beyond plain orders: what is written, and what the answers mean.</summary>
public sealed class A_venue_request : IAsyncLifetime
{
    StubVenue stub = null!;
    Rig rig = null!;

    public async Task InitializeAsync()
    {
        stub = await StubVenue.Start();
        rig = new(stub.Rest);
    }

    public async Task DisposeAsync()
    {
        rig.Dispose();
        await stub.DisposeAsync();
    }

    static readonly StopOrderRequest Stop = new("BTCUSDT", "sl") { Side = Side.Sell, Kind = TriggerKind.Stop, Qty = new(0.01m), TriggerPrice = new(88_000m) };

    static readonly ReplaceOrderRequest Replacement = new("BTCUSDT", "new") { CancelClientOrderId = "old", CancelId = "oldc0", Side = Side.Buy, Type = OrderType.Limit, Qty = new(0.01m), Price = new(90_000m) };

    static readonly OrderListRequest Oco = new("BTCUSDT", "list")
    {
        Kind = OrderListKind.Oco, Side = Side.Sell, Qty = new(0.01m), Above = new("tp", LegType.LimitMaker) { Price = new(95_000m) },
        Below = new("sl", LegType.StopLossLimit) { Price = new(87_900m), TriggerPrice = new(88_000m) },
    };

    static readonly OrderListEntry Entry = new("in", Side.Buy, new(0.01m), new(90_000m));
    static readonly AlgoOrderRequest Algo = new("BTCUSDT", "sl-01") { Side = Side.Sell, Kind = TriggerKind.Stop, TriggerPrice = new(88_000m) };
    static readonly LimitOrderRequest Limit = new("BTCUSDT", "f") { Side = Side.Buy, Qty = new(0.01m) };

    public static TheoryData<VenueRequest, string> Written => new()
    {
        { Stop, "POST /api/v3/order symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=88000&newClientOrderId=sl&newOrderRespType=RESULT" },
        {
            Stop with { Kind = TriggerKind.TakeProfit, Price = new(94_900m), SelfTrade = SelfTrade.ExpireMaker },
            "POST /api/v3/order symbol=BTCUSDT&side=SELL&type=TAKE_PROFIT_LIMIT&timeInForce=GTC&price=94900&quantity=0.01&stopPrice=88000&newClientOrderId=sl&selfTradePreventionMode=EXPIRE_MAKER&newOrderRespType=RESULT"
        },
        {
            Replacement,
            "POST /api/v3/order/cancelReplace symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=90000&quantity=0.01&newClientOrderId=new&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId=old&cancelNewClientOrderId=oldc0&newOrderRespType=FULL"
        },
        {
            Replacement with { Type = OrderType.Market, Price = null, CancelVenueOrderId = "28", PlaceAnyway = true },
            "POST /api/v3/order/cancelReplace symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=new&cancelReplaceMode=ALLOW_FAILURE&cancelOrderId=28&cancelNewClientOrderId=oldc0&newOrderRespType=FULL"
        },
        { new AmendOrderRequest("BTCUSDT", "r") { NewQty = new(0.005m) }, "PUT /api/v3/order/amend/keepPriority symbol=BTCUSDT&origClientOrderId=r&newQty=0.005&newClientOrderId=r" },
        {
            Oco,
            "POST /api/v3/orderList/oco symbol=BTCUSDT&listClientOrderId=list&side=SELL&quantity=0.01&aboveType=LIMIT_MAKER&aboveClientOrderId=tp&abovePrice=95000&belowType=STOP_LOSS_LIMIT&belowClientOrderId=sl&belowPrice=87900&belowStopPrice=88000&belowTimeInForce=GTC&newOrderRespType=RESULT"
        },
        {
            Oco with { Kind = OrderListKind.Otoco, Entry = Entry with { PostOnly = true } },
            "POST /api/v3/orderList/otoco symbol=BTCUSDT&listClientOrderId=list&workingType=LIMIT_MAKER&workingSide=BUY&workingClientOrderId=in&workingPrice=90000&workingQuantity=0.01&pendingSide=SELL&pendingQuantity=0.01&pendingAboveType=LIMIT_MAKER&pendingAboveClientOrderId=tp&pendingAbovePrice=95000&pendingBelowType=STOP_LOSS_LIMIT&pendingBelowClientOrderId=sl&pendingBelowPrice=87900&pendingBelowStopPrice=88000&pendingBelowTimeInForce=GTC&newOrderRespType=RESULT"
        },
        {
            Oco with { Kind = OrderListKind.Opoco, Qty = null, Entry = Entry },
            "POST /api/v3/orderList/opoco symbol=BTCUSDT&listClientOrderId=list&workingType=LIMIT&workingSide=BUY&workingClientOrderId=in&workingPrice=90000&workingQuantity=0.01&workingTimeInForce=GTC&pendingSide=SELL&pendingAboveType=LIMIT_MAKER&pendingAboveClientOrderId=tp&pendingAbovePrice=95000&pendingBelowType=STOP_LOSS_LIMIT&pendingBelowClientOrderId=sl&pendingBelowPrice=87900&pendingBelowStopPrice=88000&pendingBelowTimeInForce=GTC&newOrderRespType=RESULT"
        },
        { new CancelListRequest("BTCUSDT", "list", "listc0"), "DELETE /api/v3/orderList symbol=BTCUSDT&listClientOrderId=list&newClientOrderId=listc0" },
        { Limit with { Price = new(90_000m) }, "POST /fapi/v1/order symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=90000&newClientOrderId=f&newOrderRespType=RESULT" },
        {
            Limit with { PriceMatch = PriceMatch.Queue5, PostOnly = true, ReduceOnly = true },
            "POST /fapi/v1/order symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.01&priceMatch=QUEUE_5&reduceOnly=true&newClientOrderId=f&newOrderRespType=RESULT"
        },
        {
            Limit with { Price = new(90_000m), GoodTill = DateTimeOffset.FromUnixTimeMilliseconds(1763800000999), SelfTrade = SelfTrade.ExpireBoth },
            "POST /fapi/v1/order symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTD&quantity=0.01&price=90000&selfTradePreventionMode=EXPIRE_BOTH&goodTillDate=1763800000000&newClientOrderId=f&newOrderRespType=RESULT"
        },
        { new ModifyOrderRequest("BTCUSDT", "f") { Side = Side.Buy, Qty = new(0.02m), Price = new(90_001m) }, "PUT /fapi/v1/order symbol=BTCUSDT&origClientOrderId=f&side=BUY&quantity=0.02&price=90001" },
        { Algo, "POST /fapi/v1/algoOrder symbol=BTCUSDT&algoType=CONDITIONAL&side=SELL&type=STOP_MARKET&triggerPrice=88000&workingType=MARK_PRICE&closePosition=true&clientAlgoId=sl-01" },
        {
            Algo with { Kind = TriggerKind.TakeProfit, Qty = new(0.01m), Price = new(94_900m), ReduceOnly = true, ByMarkPrice = false, PriceProtect = true },
            "POST /fapi/v1/algoOrder symbol=BTCUSDT&algoType=CONDITIONAL&side=SELL&type=TAKE_PROFIT&triggerPrice=88000&workingType=CONTRACT_PRICE&timeInForce=GTC&price=94900&quantity=0.01&reduceOnly=true&priceProtect=true&clientAlgoId=sl-01"
        },
        { new CancelAlgoRequest("BTCUSDT", "sl-01"), "DELETE /fapi/v1/algoOrder symbol=BTCUSDT&clientAlgoId=sl-01" },
        { new CancelAlgoRequest("BTCUSDT", "sl-01") { AlgoId = "2146760" }, "DELETE /fapi/v1/algoOrder symbol=BTCUSDT&algoId=2146760" },
        { new CancelAllAlgosRequest("BTCUSDT"), "DELETE /fapi/v1/algoOpenOrders symbol=BTCUSDT" },
        { new LeverageRequest("BTCUSDT", 20), "POST /fapi/v1/leverage symbol=BTCUSDT&leverage=20" },
        { new MarginTypeRequest("BTCUSDT", true), "POST /fapi/v1/marginType symbol=BTCUSDT&marginType=ISOLATED" },
        { new PositionModeRequest(false), "POST /fapi/v1/positionSide/dual dualSidePosition=false" },
        { new CountdownRequest("BTCUSDT", TimeSpan.FromSeconds(30)), "POST /fapi/v1/countdownCancelAll symbol=BTCUSDT&countdownTime=30000" },
    };

    IVenueRequests Of(VenueRequest request) => request.Market is Market.Spot ? rig.SpotRequests : rig.FuturesRequests;

    Task<RequestAnswer> Send(VenueRequest request) => Of(request).Send(request, Of(request).Sign(request), default);

    [Theory]
    [MemberData(nameof(Written), DisableDiscoveryEnumeration = true)]
    public async Task Is_written_as_the_venue_reads_it_and_sent_as_it_was_signed(VenueRequest request, string written)
    {
        stub.Answer = _ => (400, Samples.Error(-1121, "Invalid symbol."));
        var signed = Of(request).Sign(request);
        var answer = await Of(request).Send(request, signed, default);
        Assert.Equal((VenueOutcome.Rejected, -1121), (answer.Outcome, answer.Answer.VenueCode));
        var sent = Assert.Single(stub.Requests);
        var text = sent.Method is "DELETE" ? sent.Query : sent.Body;
        Assert.Equal(signed.Text, text);
        Assert.Equal(written, $"{sent} {text[..text.IndexOf("&recvWindow", StringComparison.Ordinal)]}");
    }

    [Fact]
    public void That_contradicts_itself_is_a_programmers_mistake()
    {
        VenueRequest[] wrong =
        [
            Limit, Limit with { Price = new(1), PriceMatch = PriceMatch.Queue }, Limit with { Price = new(1), PostOnly = true, TimeInForce = TimeInForce.Ioc }, Algo with { ReduceOnly = true },
            Algo with { Price = new(1) }, Oco with { Qty = null }, Oco with { Entry = Entry }, Oco with { Kind = OrderListKind.Otoco }, Oco with { Kind = OrderListKind.Opoco, Entry = Entry },
            Replacement with { Price = null },
        ];
        foreach (var request in wrong) Assert.Throws<ArgumentException>(() => Of(request).Sign(request));
        Assert.Throws<ArgumentException>(() => rig.SpotRequests.Sign(Algo));
        Assert.Throws<ArgumentException>(() => rig.FuturesRequests.Sign(Stop));
    }

    const string Done = """{"symbol":"BTCUSDT","origClientOrderId":"old","orderId":27,"orderListId":-1,"clientOrderId":"oldc0","price":"1","origQty":"1","executedQty":"0.4","cummulativeQuoteQty":"1","status":"CANCELED"}""";
    static readonly string Placed = Samples.SpotOrder("new", 28);
    static string Halves(string cancel, string cancelBody, string place, string placeBody) =>
        $$"""{"cancelResult":"{{cancel}}","newOrderResult":"{{place}}","cancelResponse":{{cancelBody}},"newOrderResponse":{{placeBody}}}""";
    static string Failed(int code, string halves) => $$"""{"code":{{code}},"msg":"Order cancel-replace failed.","data":{{halves}}}""";

    public static TheoryData<int, string, string> Replaced => new()
    {
        { 200, Halves("SUCCESS", Done, "SUCCESS", Placed), "Known, old Known Canceled 0.4, new Known New" },
        { 409, Failed(-2021, Halves("SUCCESS", Done, "FAILURE", Samples.Error(-2010, "Order would immediately match and take."))), "Partial, old Known Canceled 0.4, new Rejected WouldTake" },
        { 409, Failed(-2021, Halves("FAILURE", Samples.Error(-2011, "Unknown order sent."), "SUCCESS", Placed)), "Partial, old NotOpen, new Known New" },
        { 400, Failed(-2022, Halves("FAILURE", Samples.Error(-2011, "Unknown order sent."), "NOT_ATTEMPTED", "null")), "NotOpen, old NotOpen, new -" },
        { 400, Failed(-2022, Halves("FAILURE", Samples.Error(-2011, "Unknown order sent."), "FAILURE", Samples.Error(-2010, "Account has insufficient balance for requested action."))), "Rejected, old NotOpen, new Rejected InsufficientBalance" },
        { 429, Failed(-1015, Halves("SUCCESS", Done, "FAILURE", Samples.Error(-1015, "Too many new orders."))), "Partial, old Known Canceled 0.4, new NotExecuted" },
        { 429, Samples.Error(-1015, "Too many new orders."), "NotExecuted, old -, new -" },
        { 400, Samples.Error(-1013, "Filter failure: LOT_SIZE"), "Rejected, old -, new -" },
        { 504, Samples.Error(-1007, "Timeout waiting for response from backend server."), "Unknown, old -, new -" },
        { 409, Failed(-2021, Halves("SUCCESS", "null", "FAILURE", Samples.Error(-2010, "Market is closed."))), "Unknown, old Unknown, new Rejected VenueRejected" },
        { 200, """{"odd":1}""", "Unknown, old -, new -" },
    };

    [Theory]
    [MemberData(nameof(Replaced), DisableDiscoveryEnumeration = true)]
    public async Task To_cancel_and_replace_tells_what_became_of_either_half(int status, string body, string meaning)
    {
        stub.Answer = _ => (status, body);
        var answer = await Send(Replacement);
        Assert.Equal(meaning, $"{answer.Outcome}, old {Half(answer.Cancel)}, new {Half(answer.Place)}");
        Assert.All(answer.Orders, order => Assert.Contains(order.ClientOrderId, (string[])["old", "new"]));
        Assert.Equal(status == 429 && answer.Outcome is VenueOutcome.NotExecuted, answer.Answer.RetryAfter is not null);

        static string Half(VenueAnswer? half) => half is null ? "-"
            : string.Join(' ', new[] { half.Outcome.ToString(), half.Reason?.ToString(), half.Order?.Status.ToString(), half.Order is { CumQty.IsZero: false } order ? order.CumQty.ToString() : null }.OfType<string>());
    }

    [Fact]
    public async Task For_a_list_brings_home_the_list_and_its_legs()
    {
        var list = $$"""{"orderListId":7,"contingencyType":"OCO","listStatusType":"EXEC_STARTED","listOrderStatus":"EXECUTING","listClientOrderId":"list","transactionTime":1763800000123,"symbol":"BTCUSDT","orders":[{"symbol":"BTCUSDT","orderId":31,"clientOrderId":"sl"},{"symbol":"BTCUSDT","orderId":32,"clientOrderId":"tp"}],"orderReports":[{{Samples.SpotOrder("sl", 31)}},{{Samples.SpotOrder("tp", 32)}}]}""";
        stub.Answer = _ => (200, list);
        var answer = await Send(Oco);
        Assert.Equal((VenueOutcome.Known, "7", OrderListStatus.Executing), (answer.Outcome, answer.List!.VenueListId, answer.List.Status));
        Assert.Equal([("sl", "31"), ("tp", "32")], answer.List.Orders);
        Assert.Equal([("sl", VenueStatus.New), ("tp", VenueStatus.New)], answer.Orders.Select(order => (order.ClientOrderId, order.Status)));
        stub.Answer = _ => (200, $"[{list}]");
        Assert.Equal("list", Assert.Single((await rig.SpotRequests.OpenLists(default)).Lists).ListClientOrderId);
        stub.Answer = _ => (200, list.Replace("EXECUTING", "ALL_DONE"));
        Assert.Equal(OrderListStatus.AllDone, (await rig.SpotRequests.QueryList("BTCUSDT", "list", default)).List!.Status);
        Assert.True(stub.Requests.Last().Has("origClientOrderId=list"));
        stub.Answer = _ => (400, Samples.Error(-2013, "Order does not exist."));
        Assert.Equal(VenueOutcome.NotFound, (await rig.SpotRequests.QueryList("BTCUSDT", "list", default)).Outcome);
    }

    [Fact]
    public async Task To_amend_brings_home_the_order_as_it_is_now()
    {
        stub.Answer = _ => (200, """{"transactTime":1763800000123,"executionId":60,"amendedOrder":{"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"origClientOrderId":"r","clientOrderId":"r","price":"1","qty":"0.005","executedQty":"0.001","preventedQty":"0","quoteOrderQty":"0","cumulativeQuoteQty":"5","status":"PARTIALLY_FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY"}}""");
        var answer = await Send(new AmendOrderRequest("BTCUSDT", "r") { NewQty = new(0.005m) });
        Assert.Equal((VenueOutcome.Known, VenueStatus.PartiallyFilled, 0.001m), (answer.Outcome, answer.Answer.Order!.Status, answer.Answer.Order.CumQty.Value));
        stub.Answer = _ => (400, Samples.Error(-2038, "The newQty is not less than the current."));
        Assert.Equal(VenueOutcome.Rejected, (await Send(new AmendOrderRequest("BTCUSDT", "r") { NewQty = new(0.005m) })).Outcome);
    }

    const string AlgoNew = """{"algoId":2146760,"clientAlgoId":"sl-01","algoType":"CONDITIONAL","orderType":"STOP_MARKET","symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH","timeInForce":"GTC","quantity":"0","algoStatus":"NEW","triggerPrice":"88000.0","price":"0","icebergQuantity":null,"workingType":"MARK_PRICE","closePosition":true,"reduceOnly":false,"createTime":1763800000300,"updateTime":1763800000300,"triggerTime":0}""";

    [Theory]
    [InlineData("NEW", "", "New ")]
    [InlineData("TRIGGERED", "974828356187", "Triggered 974828356187")]
    [InlineData("FINISHED", "974828356187", "Finished 974828356187")]
    [InlineData("FROZEN", "", "None unknown status FROZEN")]
    public async Task About_an_algo_order_brings_home_its_life_and_its_child(string status, string child, string read)
    {
        stub.Answer = request => request.Path.Contains("openAlgo", StringComparison.Ordinal) ? (200, $"[{AlgoNew}]") : (200, AlgoNew.Replace("\"NEW\"", $"\"{status}\",\"actualOrderId\":\"{child}\""));
        var algo = (await rig.FuturesRequests.QueryAlgo("BTCUSDT", "sl-01", default)).Algo!;
        Assert.Equal(("sl-01", "2146760", read), (algo.ClientAlgoId, algo.AlgoId, $"{algo.Status} {algo.ChildOrderId}{algo.Remark}"));
        Assert.Equal(VenueOutcome.Known, (await Send(Algo)).Outcome);
        Assert.Equal(AlgoStatus.New, Assert.Single((await rig.FuturesRequests.OpenAlgos(default)).Algos).Status);
    }

    [Theory]
    [InlineData("place  400 -2021 Order would immediately trigger. -> Rejected WouldTrigger")]
    [InlineData("place  400 -4116 clientOrderId is duplicated. -> Exists")]
    [InlineData("place  400 -4045 Reach max stop order limit. -> Rejected VenueTooManyOrders")]
    [InlineData("place  503 -1000 Unknown error, please check your request or try again later. -> Unknown")]
    [InlineData("place  503 -1008 Request throttled by system-level protection. -> FailedVerify")]
    [InlineData("cancel 200 200 success -> Known")]
    [InlineData("cancel 400 -2011 Unknown order sent. -> NotOpen")]
    [InlineData("cancel 400 -4117 Stop order is triggering. -> NotOpen")]
    [InlineData("cancel 503 -1007 Timeout waiting for response. -> Unknown")]
    [InlineData("query  400 -2013 Order does not exist. -> NotFound")]
    [InlineData("margin 400 -4046 No need to change margin type. -> Known")]
    [InlineData("margin 400 -4048 Margin type cannot be changed if there exists position. -> Rejected VenueRejected")]
    [InlineData("margin 408 -1007 Timeout. -> Unknown")]
    [InlineData("mode   400 -4059 No need to change position side. -> Known")]
    [InlineData("modify 400 -5027 No need to modify the order. -> Known")]
    [InlineData("modify 400 -2013 Order does not exist. -> NotOpen")]
    public async Task On_futures_means(string row)
    {
        var (left, right) = (row.Split(" -> ")[0].Split(' ', 4, StringSplitOptions.RemoveEmptyEntries), row.Split(" -> ")[1].Split(' '));
        stub.Answer = _ => (int.Parse(left[1]), Samples.Error(int.Parse(left[2]), left[3]));
        var answer = await (left[0] switch
        {
            "place" => Send(Algo),
            "cancel" => Send(new CancelAlgoRequest("BTCUSDT", "sl-01")),
            "margin" => Send(new MarginTypeRequest("BTCUSDT", true)),
            "mode" => Send(new PositionModeRequest(false)),
            "modify" => Send(new ModifyOrderRequest("BTCUSDT", "f") { Side = Side.Buy, Qty = new(1), Price = new(1) }),
            _ => rig.FuturesRequests.QueryAlgo("BTCUSDT", "sl-01", default),
        });
        Assert.Equal(Enum.Parse<VenueOutcome>(right[0]), answer.Outcome);
        Assert.Equal(right.Length > 1 ? Enum.Parse<ReasonCode>(right[1]) : null, answer.Answer.Reason);
    }

    [Fact]
    public async Task For_settings_and_positions_reads_them()
    {
        stub.Answer = request => (200, request.Path.Split('/')[^1] switch
        {
            "symbolConfig" => """[{"symbol":"BTCUSDT","marginType":"CROSSED","isAutoAddMargin":false,"leverage":21,"maxNotionalValue":"1000000"}]""",
            "dual" => """{"dualSidePosition":true}""",
            _ => """[{"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"-0.010","entryPrice":"90000","markPrice":"90010.5","liquidationPrice":"0"}]""",
        });
        Assert.Equal(new SymbolSettingsAnswer(VenueOutcome.Known, false, 21), await rig.FuturesRequests.Settings("BTCUSDT", default));
        Assert.Equal(new PositionModeAnswer(VenueOutcome.Known, true), await rig.FuturesRequests.PositionMode(default));
        Assert.Equal(new Position("BTCUSDT", -0.01m, 90_000m, 90_010.5m, null), Assert.Single((await rig.FuturesRequests.Positions(default)).Positions));
        Assert.Equal(VenueOutcome.NotFound, (await rig.FuturesRequests.Settings("ETHUSDT", default)).Outcome);
        stub.Answer = _ => (502, "<html>");
        Assert.Equal((VenueOutcome.Unknown, null), ((await rig.FuturesRequests.PositionMode(default)).Outcome, (await rig.FuturesRequests.PositionMode(default)).IsHedge));
    }
}
