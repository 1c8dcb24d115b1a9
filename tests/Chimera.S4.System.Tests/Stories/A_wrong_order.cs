using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>The statuses of spec §11.</summary>
[Trait("Category", "Services")]
public sealed class A_wrong_order
{
    /// <summary>A policy that the market cannot do, contradicts itself, waits on the wrong side or is out of range: which one and why, and nothing is sent. Each rule's own table is in <c>Orders.Tests</c>.</summary>
    [Fact]
    public Task With_a_policy_that_makes_no_sense_is_answered_with_field_value_and_range() => World.Embedded(async world =>
    {
        const string Spot = """ "market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01" """, Fut = """ "market":"FUT","symbol":"BTCUSDT","side":"BUY","qty":"0.01" """;
        var rows = new (int Status, string Code, string[] Says, string Body)[]
        {
            (422, "POLICY_NOT_SUPPORTED", ["exec_policy.oco", "SPOT", "post_fill_actions"], Fut + """,  "exec_policy":{"oco":{"tp_px":"95000","sl_px":"85000"}} """),
            (422, "POLICY_NOT_SUPPORTED", ["exec_policy.guard_stop", "SPOT"], Fut + """,  "type":"LIMIT","price":"89000","exec_policy":{"guard_stop":{"enable":true,"sl_px":"85000"}} """),
            (422, "POLICY_NOT_SUPPORTED", ["post_fill_actions", "FUT"], Spot + """,  "post_fill_actions":{"stop_loss":{"trigger_px":"85000"}} """),
            (422, "POLICY_CONFLICT", ["slices", "slice_qty"], Spot + """,  "exec_policy":{"twap":{"slices":2,"slice_qty":"0.005","gap_ms":1000}} """),
            (422, "POLICY_CONFLICT", ["maker_then_taker", "MARKET", "LIMIT"], Spot + """,  "type":"LIMIT","price":"80000","exec_policy":{"maker_then_taker":{"wait_ms":100}} """),
            (422, "POLICY_CONFLICT", ["tp_px", "85000", "95000"], Spot + """,  "exec_policy":{"oco":{"tp_px":"85000","sl_px":"95000"}} """),
            (422, "TRIGGER_ON_WRONG_SIDE", ["oco.tp_px", "89000"], Spot + """,  "exec_policy":{"oco":{"tp_px":"89000","sl_px":"85000"}} """),
            (422, "TRIGGER_ON_WRONG_SIDE", ["stop_loss", "95000"], Fut + """,  "post_fill_actions":{"stop_loss":{"trigger_px":"95000"}} """),
            (422, "TRIGGER_ON_WRONG_SIDE", ["take_profit[0]", "85000"], Fut + """,  "post_fill_actions":{"take_profit":[{"trigger_px":"85000"}]} """),
            (422, "POLICY_OUT_OF_RANGE", ["slices", "5", "1–4", "S4_TWAP_MAX_SLICES"], Spot + """,  "exec_policy":{"twap":{"slices":5,"gap_ms":1000}} """),
            (422, "POLICY_OUT_OF_RANGE", ["wait_ms", "3001", "0–3000", "S4_MAKER_MAX_WAIT_MS"], Fut + """,  "exec_policy":{"maker_then_taker":{"wait_ms":3001}} """),
            (422, "POLICY_OUT_OF_RANGE", ["min_fill_ratio", "1.5", "0–1"], Fut + """,  "exec_policy":{"maker_then_taker":{"min_fill_ratio":"1.5"}} """),
            (422, "POLICY_OUT_OF_RANGE", ["gap_ms", "50", "100"], Spot + """,  "exec_policy":{"twap":{"slices":2,"gap_ms":50}} """),
            (400, "FIELD_REQUIRED", ["trigger_px"], Fut.Replace("BUY", "SELL", StringComparison.Ordinal) + """,  "type":"STOP","reduce_only":true """),
            (400, "UNKNOWN_WORD", ["on_leg_failure", "HOPE", "GUARD", "MARKET"], Spot + """,  "exec_policy":{"oco":{"tp_px":"95000","sl_px":"85000","on_leg_failure":"HOPE"}} """),
        };
        for (var number = 0; number < rows.Length; number++)
        {
            var (status, code, says, body) = rows[number];
            var answer = await world.Rest.PostText("/orders", $$"""{"intent_id":"policy-{{number}}",{{body}}}""", 60);
            Assert.True((answer.Status, answer.Text("code")) == (status, code), $"{body}: expected {status} {code}, answered {answer}");
            // The body is JSON, where a dash may be written by its number.
            var detail = answer.Text("detail") ?? answer.Body;
            Assert.All(says, word => Assert.Contains(word, detail, StringComparison.Ordinal));
        }
        Assert.Empty((await Ledger.Read(world.Venue)).Orders);
    });

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
