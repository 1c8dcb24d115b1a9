namespace Chimera.S4.Router.Tests.Venues;

/// <summary>What Binance writes: the shapes of its documents.</summary>
static class Samples
{
    public const string SpotFull = """{"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"r-01","transactTime":1763800000123,"price":"0.00000000","origQty":"0.01000000","executedQty":"0.01000000","origQuoteOrderQty":"0.000000","cummulativeQuoteQty":"900.10000000","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY","workingTime":1763800000123,"fills":[{"price":"90010.00000000","qty":"0.01000000","commission":"0.00001000","commissionAsset":"BTC","tradeId":56}],"selfTradePreventionMode":"NONE"}""";
    public const string SpotCancel = """{"symbol":"BTCUSDT","origClientOrderId":"r-01","orderId":28,"orderListId":-1,"clientOrderId":"r-01-c1","transactTime":1763800001000,"price":"90000.00000000","origQty":"0.01000000","executedQty":"0.00400000","origQuoteOrderQty":"0.000000","cummulativeQuoteQty":"360.00000000","status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY","selfTradePreventionMode":"NONE"}""";
    public const string SpotFill = """{"subscriptionId":0,"event":{"e":"executionReport","E":1763800000130,"s":"BTCUSDT","c":"r-01","S":"BUY","o":"LIMIT","f":"GTC","q":"0.01000000","p":"90000.00000000","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE","X":"PARTIALLY_FILLED","r":"NONE","i":28,"l":"0.00400000","z":"0.00400000","L":"90000.00000000","n":"0.00000400","N":"BTC","T":1763800000129,"t":57,"I":8641985,"w":true,"m":true,"M":false,"O":1763800000100,"Z":"360.00000000","Y":"360.00000000","Q":"0.00000000","W":1763800000100,"V":"NONE"}}""";
    public const string SpotAccountEvent = """{"subscriptionId":0,"event":{"e":"outboundAccountPosition","E":1763800000131,"u":1763800000130,"B":[{"a":"BTC","f":"1.25000000","l":"0.00000000"}]}}""";
    public const string FuturesAck = """{"orderId":22542179,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"f-01","price":"90000.0","origQty":"0.010","executedQty":"0.000","cumQty":"0.000","timeInForce":"GTX","type":"LIMIT","reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"BOTH","stopPrice":"0","workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"LIMIT","priceMatch":"NONE","selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0,"updateTime":1763800000200}""";
    public const string FuturesFill = """{"e":"ORDER_TRADE_UPDATE","E":1763800000500,"T":1763800000499,"o":{"s":"BTCUSDT","c":"f-01","S":"BUY","o":"LIMIT","f":"GTX","q":"0.010","p":"90000","ap":"90000","sp":"0","x":"TRADE","X":"FILLED","i":22542179,"l":"0.010","z":"0.010","L":"90000","N":"USDT","n":"0.18","T":1763800000499,"t":91,"b":"0","a":"0","m":true,"R":false,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,"pP":false,"si":0,"ss":0,"rp":"0","V":"EXPIRE_MAKER","pm":"NONE","gtd":0,"er":"0"}}""";
    public const string FuturesAlgo = """{"e":"ALGO_UPDATE","T":1763800009001,"E":1763800009002,"o":{"caid":"sl-01","aid":2146760,"at":"CONDITIONAL","o":"STOP_MARKET","s":"BTCUSDT","S":"SELL","ps":"BOTH","f":"GTC","q":"0","X":"TRIGGERED","ai":"974828356187","ap":"0","aq":"0","act":"MARKET","tp":"88000","p":"0","V":"EXPIRE_MAKER","wt":"MARK_PRICE","pm":"NONE","cp":true,"pP":false,"R":false,"tt":1763800009000,"gtd":0}}""";
    public const string FuturesAccountEvent = """{"e":"ACCOUNT_UPDATE","E":1763800000501,"T":1763800000500,"a":{"m":"ORDER","B":[{"a":"USDT","wb":"1000","cw":"1000","bc":"0"}],"P":[{"s":"BTCUSDT","pa":"-0.010","ep":"90000","bep":"90000","cr":"0","up":"0","mt":"cross","iw":"0","ps":"BOTH"}]}}""";

    /// <summary>The fill's order, canceled: <c>c</c> is the cancel's id, <c>C</c> the order's.</summary>
    public static readonly string SpotCanceled = SpotFill
        .Replace("\"x\":\"TRADE\",\"X\":\"PARTIALLY_FILLED\"", "\"x\":\"CANCELED\",\"X\":\"CANCELED\"")
        .Replace("\"c\":\"r-01\"", "\"c\":\"r-01-c1\"").Replace("\"C\":\"\"", "\"C\":\"r-01\"")
        .Replace("\"l\":\"0.00400000\"", "\"l\":\"0.00000000\"").Replace("\"L\":\"90000.00000000\"", "\"L\":\"0.00000000\"").Replace("\"t\":57", "\"t\":-1");

    public static string SpotOrder(string clientOrderId, long orderId, string status = "NEW", string executed = "0.00000000") =>
        $$"""{"symbol":"BTCUSDT","orderId":{{orderId}},"orderListId":-1,"clientOrderId":"{{clientOrderId}}","price":"90000.00000000","origQty":"0.01000000","executedQty":"{{executed}}","cummulativeQuoteQty":"0.00000000","status":"{{status}}","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.0","icebergQty":"0.0","time":1763800000100,"updateTime":1763800000123,"isWorking":true,"workingTime":1763800000100,"origQuoteOrderQty":"0.000000"}""";

    public static string SpotTrade(long id, long orderId) =>
        $$"""{"symbol":"BTCUSDT","id":{{id}},"orderId":{{orderId}},"orderListId":-1,"price":"90000.00000000","qty":"0.00400000","quoteQty":"360.00000000","commission":"0.00000400","commissionAsset":"BTC","time":1763800000129,"isBuyer":true,"isMaker":true,"isBestMatch":true}""";

    public static string Error(int code, string text) => $$"""{"code":{{code}},"msg":"{{text}}"}""";
}
