using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class What_Binance_writes
{
    static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
    static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    static void Same(VenueOrderState expected, VenueOrderState actual)
    {
        Assert.Equal(expected.Trades, actual.Trades);
        Assert.Equal(expected with { Trades = [] }, actual with { Trades = [] });
    }

    [Fact]
    public void Spot_full_reply() => Same(
        new()
        {
            Symbol = "BTCUSDT", ClientOrderId = "r-01", VenueOrderId = "28", Status = VenueStatus.Filled, CumQty = new(0.01m), CumQuote = 900.1m, Time = At(1763800000123),
            Trades = [new("56", new(0.01m), new(90010m), 0.00001m, "BTC", false, At(1763800000123))],
        },
        SpotOrders.Order(Json(Samples.SpotFull)));

    [Fact]
    public void Spot_cancel_reply_names_the_order_by_its_own_id() => Same(
        new() { Symbol = "BTCUSDT", ClientOrderId = "r-01", VenueOrderId = "28", Status = VenueStatus.Canceled, CumQty = new(0.004m), CumQuote = 360m, Time = At(1763800001000) },
        SpotOrders.Order(Json(Samples.SpotCancel)));

    [Fact]
    public void Spot_query_reply() => Same(
        new() { Symbol = "BTCUSDT", ClientOrderId = "r-02", VenueOrderId = "29", Status = VenueStatus.New, CumQty = new(0), CumQuote = 0, Time = At(1763800000123) },
        SpotOrders.Order(Json(Samples.SpotOrder("r-02", 29))));

    [Fact]
    public void Spot_trade_row() => Assert.Equal(new Trade("57", new(0.004m), new(90000m), 0.000004m, "BTC", true, At(1763800000129)), SpotOrders.Trade(Json(Samples.SpotTrade(57, 28))));

    [Fact]
    public void Spot_fill_event() => Same(
        new()
        {
            Symbol = "BTCUSDT", ClientOrderId = "r-01", VenueOrderId = "28", Status = VenueStatus.PartiallyFilled, CumQty = new(0.004m), CumQuote = 360m, Time = At(1763800000129),
            Trades = [new("57", new(0.004m), new(90000m), 0.000004m, "BTC", true, At(1763800000129))],
        },
        SpotOrders.Event(Json(Samples.SpotFill).GetProperty("event"), null));

    [Fact]
    public void Spot_cancel_event_carries_the_cancels_id_in_c_and_the_orders_in_C() => Same(
        new() { Symbol = "BTCUSDT", ClientOrderId = "r-01", VenueOrderId = "28", Status = VenueStatus.Canceled, CumQty = new(0.004m), CumQuote = 360m, Time = At(1763800000129) },
        SpotOrders.Event(Json(Samples.SpotCanceled).GetProperty("event"), null));

    [Fact]
    public void Futures_acknowledgement_without_the_fields_that_went_away() => Same(
        new() { Symbol = "BTCUSDT", ClientOrderId = "f-01", VenueOrderId = "22542179", Status = VenueStatus.New, CumQty = new(0), CumQuote = 0, Time = At(1763800000200) },
        FuturesOrders.Order(Json(Samples.FuturesAck)));

    [Theory]
    [InlineData("""  "executedQty":"0.010" """, null)]
    [InlineData("""  "executedQty":"0.010","cumQuote":"0","avgPrice":"0.0" """, null)]
    [InlineData("""  "executedQty":"0.010","avgPrice":"90000.10" """, "900.0010")]
    [InlineData("""  "executedQty":"0.010","cumQuote":"900.002","avgPrice":"90000.10" """, "900.002")]
    public void Futures_quote_amount_is_told_or_unknown_and_never_a_false_zero(string fields, string? quote) => Assert.Equal(
        quote is null ? null : decimal.Parse(quote),
        FuturesOrders.Order(Json("{" + fields + """, "symbol":"BTCUSDT","status":"FILLED","orderId":1,"clientOrderId":"f"}""")).CumQuote);

    [Fact]
    public void Futures_fill_event() => Same(
        new()
        {
            Symbol = "BTCUSDT", ClientOrderId = "f-01", VenueOrderId = "22542179", Status = VenueStatus.Filled, CumQty = new(0.01m), CumQuote = 900m, Time = At(1763800000499),
            Trades = [new("91", new(0.01m), new(90000m), 0.18m, "USDT", true, At(1763800000499))],
        },
        FuturesOrders.Event(Json(Samples.FuturesFill).GetProperty("o")));

    [Theory]
    [InlineData("\"er\":\"10\"", "er 10: fill-or-kill")]
    [InlineData("\"er\":11", "er 11: post-only would take")]
    [InlineData("\"er\":\"77\"", "er 77")]
    [InlineData("\"er\":\"0\"", null)]
    public void Futures_expiry_reason_as_text_or_number(string er, string? remark) =>
        Assert.Equal(remark, FuturesOrders.Event(Json(Samples.FuturesFill.Replace("\"er\":\"0\"", er)).GetProperty("o")).Remark);

    [Theory]
    [InlineData("NEW", VenueStatus.New)]
    [InlineData("PENDING_NEW", VenueStatus.New)]
    [InlineData("PARTIALLY_FILLED", VenueStatus.PartiallyFilled)]
    [InlineData("FILLED", VenueStatus.Filled)]
    [InlineData("CANCELED", VenueStatus.Canceled)]
    [InlineData("REJECTED", VenueStatus.Rejected)]
    [InlineData("EXPIRED", VenueStatus.Expired)]
    [InlineData("EXPIRED_IN_MATCH", VenueStatus.Expired)]
    public void Status(string word, VenueStatus status) => Assert.Equal(status, SpotOrders.Order(Json(Samples.SpotOrder("r", 1, word))).Status);

    [Fact]
    public void An_unknown_status_is_kept_and_counted_and_the_rest_is_read()
    {
        using var counts = new NotedCounts();
        var order = SpotOrders.Order(Json(Samples.SpotOrder("r", 1, "HALF_FROZEN", "0.003")));
        Assert.Equal((VenueStatus.None, "unknown status HALF_FROZEN", 0.003m), (order.Status, order.Remark, order.CumQty.Value));
        Assert.Contains(("s4.venue.unknown_words", "HALF_FROZEN"), counts.All);
    }

    [Fact]
    public void Unknown_words_of_lists_algo_orders_filters_and_limits_are_kept_or_passed_over_and_counted()
    {
        using var counts = new NotedCounts();
        var list = ListReads.List(Json("""{"symbol":"BTCUSDT","orderListId":1,"listClientOrderId":"l","listOrderStatus":"HALF_DONE","orders":[]}"""));
        Assert.Equal((OrderListStatus.None, "unknown status HALF_DONE"), (list.Status, list.Remark));
        var algo = AlgoReads.Event(Json(Samples.FuturesAlgo.Replace("TRIGGERED", "HALF_TRIGGERED")).GetProperty("o"), null);
        Assert.Equal((AlgoStatus.None, "unknown status HALF_TRIGGERED"), (algo.Status, algo.Remark));
        Instruments.Read(Market.Spot, Json("""{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[{"filterType":"HALF_FILTER"}]}"""));
        foreach (var word in new[] { "HALF_DONE", "HALF_TRIGGERED", "HALF_FILTER" }) Assert.Contains(("s4.venue.unknown_words", word), counts.All);
    }

    [Fact]
    public void Spot_expiry_reason() => Assert.Equal(
        "OCO_TRIGGER", SpotOrders.Event(Json(Samples.SpotFill.Replace("\"r\":\"NONE\"", "\"r\":\"NONE\",\"eR\":\"OCO_TRIGGER\"")).GetProperty("event"), null).Remark);

    [Fact]
    public void Spot_instrument()
    {
        var instrument = Instruments.Read(Market.Spot, Json("""
            {"symbol":"DOGEUSDT","status":"TRADING","baseAsset":"DOGE","quoteAsset":"USDT","isSpotTradingAllowed":true,"filters":[
            {"filterType":"PRICE_FILTER","minPrice":"0.00001000","maxPrice":"1000.00000000","tickSize":"0.00001000"},
            {"filterType":"LOT_SIZE","minQty":"1.00000000","maxQty":"9000000.00000000","stepSize":"1.00000000"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"4000000.00000000","stepSize":"0.00000000"},
            {"filterType":"NOTIONAL","minNotional":"1.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5},
            {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"4","askMultiplierDown":"0.3","avgPriceMins":5},
            {"filterType":"ICEBERG_PARTS","limit":10},{"filterType":"MAX_NUM_ORDERS","maxNumOrders":200},{"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5},
            {"filterType":"MAX_NUM_ORDER_LISTS","maxNumOrderLists":20},{"filterType":"MAX_NUM_ORDER_AMENDS","maxNumOrderAmends":10},{"filterType":"MAX_POSITION","maxPosition":"10.50"},
            {"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,"minTrailingBelowDelta":11,"maxTrailingBelowDelta":2001},
            {"filterType":"A_FILTER_OF_2027","limit":5}],"ocoAllowed":true,"otoAllowed":false,"opoAllowed":true,"amendAllowed":true}
            """), Json("""{"exchangeFilters":[{"filterType":"EXCHANGE_MAX_NUM_ORDERS","maxNumOrders":1000},{"filterType":"EXCHANGE_MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":200}]}"""));
        Assert.Equal(
            new()
            {
                Market = Market.Spot, Symbol = "DOGEUSDT", BaseAsset = "DOGE", QuoteAsset = "USDT", IsTrading = true, Prices = new(0.00001m, 0.00001m, 1000), Lots = new(1, 1, 9000000),
                MarketLots = new(0, 0, 4000000), MinNotional = 1, MaxNotional = 9000000, MinNotionalAppliesToMarket = true, MaxNotionalAppliesToMarket = false,
                Band = new(5, 0.2m, 4, 0.3m, 5), Limits = new(200, 5, 0, 20, 10), VenueLimits = new(1000, 200), IcebergParts = 10, MaxPosition = 10.5m,
                TrailingAbove = (10, 2000), TrailingBelow = (11, 2001), Features = Features.Oco | Features.Opo | Features.Amend,
            },
            instrument);
    }

    [Fact]
    public void Futures_instrument()
    {
        var instrument = Instruments.Read(Market.Fut, Json("""
            {"symbol":"BTCUSDT","status":"TRADING_HALT","baseAsset":"BTC","quoteAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"triggerProtect":"0.0500","marketTakeBound":"0.05","filters":[
            {"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},{"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},{"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MIN_NOTIONAL","notional":"50"},
            {"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"}]}
            """));
        Assert.Equal(
            new()
            {
                Market = Market.Fut, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = false, Prices = new(0.1m, 556.8m, 4529764), Lots = new(0.001m, 0.001m, 1000),
                MarketLots = new(0.001m, 0.001m, 120), MinNotional = 50, Band = new(1.05m, 0, 0, 0.95m), Limits = new(200), TriggerProtect = 0.05m, MarketTakeBound = 0.05m,
            },
            instrument);
    }
}
