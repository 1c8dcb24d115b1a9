using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>The statuses of spec §11.</summary>
[Trait("Category", "Services")]
public sealed class A_wrong_order
{
    [Fact]
    public Task Is_answered_with_the_status_of_the_specification_and_never_reaches_the_exchange() => World.Service(async world =>
    {
        var rows = new (string What, int Status, string Code, string Body)[]
        {
            ("quantity below one step", 400, "QTY_BELOW_STEP", """{"intent_id":"w1","market":"SPOT","symbol":"DOGEUSDT","side":"BUY","qty":"0.5"}"""),
            ("quantity below one step", 400, "QTY_BELOW_STEP", """{"intent_id":"w2","market":"FUT","symbol":"BTCUSDT","side":"SELL","qty":0.0004}"""),
            ("price off the tick", 400, "PRICE_OFF_TICK", """{"intent_id":"w3","market":"FUT","symbol":"BTCUSDT","side":"BUY","qty":"0.01","type":"LIMIT","price":"88000.05"}"""),
            ("below the minimum notional", 422, "BELOW_MIN_NOTIONAL", """{"intent_id":"w4","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.00005"}"""),
            ("below the minimum notional", 422, "BELOW_MIN_NOTIONAL", """{"intent_id":"w5","market":"FUT","symbol":"ETHUSDT","side":"BUY","qty":"0.006","type":"LIMIT","price":"3000"}"""),
            ("reduce-only that would open", 422, "REDUCE_ONLY_WOULD_OPEN", """{"intent_id":"w6","market":"FUT","symbol":"BTCUSDT","side":"BUY","qty":"0.01","reduce_only":true}"""),
            ("reduce-only of more than is held", 422, "REDUCE_ONLY_WOULD_OPEN", """{"intent_id":"w7","market":"SPOT","symbol":"BTCUSDT","side":"SELL","qty":"110","reduce_only":true}"""),
            ("reduce-only that adds", 422, "REDUCE_ONLY_WOULD_OPEN", """{"intent_id":"w8","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01","reduce_only":true}"""),
            ("expired", 422, "INTENT_EXPIRED", """{"intent_id":"w9","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01","expires_at":"2020-01-01T00:00:00Z"}"""),
            ("no intent_id", 400, "INTENT_ID_INVALID", """{"market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01"}"""),
            ("an empty intent_id", 400, "INTENT_ID_INVALID", """{"intent_id":"","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01"}"""),
            ("not JSON", 400, "MALFORMED_JSON", """{"intent_id":"w10","market":"""),
            ("a quantity that is no number", 400, "JSON_TYPE", """{"intent_id":"w11","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"many"}"""),
            ("a field twice", 400, "DUPLICATE_FIELD", """{"intent_id":"w12","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01","qty":"1"}"""),
            ("a misspelt field", 400, "UNKNOWN_FIELD", """{"intent_id":"w13","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01","reduceOnly":true}"""),
        };
        foreach (var (what, status, code, body) in rows)
            foreach (var rest in new[] { world.Rest, world.AdapterRest! })
            {
                var answer = await rest.PostText("/orders", body, 60);
                Assert.True((answer.Status, answer.Text("code")) == (status, code), $"{what}: expected {status} {code}, answered {answer}");
            }
        Assert.Empty((await Ledger.Read(world.Venue)).Orders);
        Assert.Empty(await world.FailedMessages());
        await world.AllWitnessesAgree([.. rows.Where(row => row.Code is not ("INTENT_ID_INVALID" or "MALFORMED_JSON" or "JSON_TYPE" or "DUPLICATE_FIELD")).Select(row => JsonNode.Parse(row.Body)!["intent_id"]!.ToString())]);
    });
}
