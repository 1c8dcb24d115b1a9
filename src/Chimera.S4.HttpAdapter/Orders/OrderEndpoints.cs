using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;

namespace Chimera.S4.HttpAdapter.Orders;

static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/orders", (HttpRequest request, PostOrder orders, CancellationToken aborted) => orders.Handle(request, aborted))
        .RequireRole(ApiRole.Trade)
        .WithName("PostOrder").WithTags("Orders")
        .WithSummary("Do this, once")
        .WithDescription("""
            Hands an order intent to the router and waits until it is terminal or armed, or until the wait is over: `Prefer: wait=N` seconds (0–60), else `exec_policy.maker_then_taker.wait_ms` plus `S4_HTTP_WAIT_MS`.
            The same `intent_id` with the same content has the same result however often it is sent; with other content it is denied with 409. A rejection by the venue is 200 with `status: REJECTED`; a denial by S4 is a problem.
            """)
        .Accepts<OrderIntent>("application/json")
        .WithRequestHeader("Prefer", "`wait=N`: seconds to wait for the result, 0–60; 0 answers as soon as the intent is durably accepted or denied.", "wait=5")
        .WithRequestExample("A market order", """{"intent_id":"s3-20260131-0001","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.015"}""")
        .WithRequestExample("A limit order, at most 10 s old", """{"intent_id":"s3-20260131-0002","market":"FUT","symbol":"ETHUSDT","side":"SELL","qty":"0.5","type":"LIMIT","price":"2950.10","time_in_force":"GTC","expires_at":"2026-01-31T12:00:10Z"}""")
        .WithRequestExample("Maker first, then taker", """{"intent_id":"s3-20260131-0003","market":"FUT","symbol":"BTCUSDT","side":"BUY","qty":"0.1","exec_policy":{"maker_then_taker":{"wait_ms":1500,"min_fill_ratio":"0.5"}}}""")
        .Answers<OrderResult>(200, "Terminal or armed: filled, resting protection or slices armed, canceled, expired, or rejected by the venue")
        .Answers<OrderResult>(202, "Accepted and under way; `Location` names where to look")
        .Refuses(400, "Malformed: JSON, a field's type, an unknown word or field, quantity below the step, price off the tick")
        .Refuses(409, "The intent_id was used before, with other content")
        .Refuses(413, "Body above 64 KiB")
        .Refuses(415, "Content-Type is not application/json")
        .Refuses(422, "Below the minimum notional, reduce_only that would open, a policy impossible on that market, a limit")
        .Refuses(423, "Kill switch is on")
        .Refuses(503, "Breaker open, no market data, or the broker or router did not answer; `Retry-After` says when");
}
