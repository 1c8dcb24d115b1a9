using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;

namespace Chimera.S4.HttpAdapter.Cancels;

static class CancelEndpoints
{
    public static void MapCancels(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/cancel", (HttpRequest request, PostCancel cancels, CancellationToken aborted) => cancels.Handle(request, aborted))
        .RequireRole(ApiRole.Trade)
        .WithName("PostCancel").WithTags("Orders")
        .WithSummary("End what is alive of an intent")
        .WithDescription("Names the order by exactly one of `intent_id`, `client_order_id` and `order_id` (with `market` and `symbol`). Sent again it gives the same answer. Waits `Prefer: wait=N` seconds (0–60), else `S4_HTTP_WAIT_MS`.")
        .Accepts<CancelRequest>("application/json")
        .WithRequestHeader("Prefer", "`wait=N`: seconds to wait for the proof, 0–60.", "wait=2")
        .WithRequestExample("By intent", """{"intent_id":"s3-20260131-0002","reason":"REBALANCE"}""")
        .WithRequestExample("By venue order id", """{"order_id":"8389765","market":"FUT","symbol":"ETHUSDT","reason":"ORPHAN"}""")
        .Answers<CancelResult>(200, "Canceled, now or before; `filled_qty` tells what had been filled")
        .Answers<CancelResult>(202, "Under way, not proven yet: status PENDING")
        .Refuses(400, "Malformed: not exactly one id, order_id without market and symbol, reason outside [A-Z_]{1,32}, unknown field, ambiguous order id")
        .Refuses(403, "The order is not S4's (FOREIGN_ORDER)")
        .Refuses(404, "No such order")
        .Refuses(409, "Filled, and nothing of it is alive")
        .Refuses(413, "Body above 64 KiB")
        .Refuses(415, "Content-Type is not application/json")
        .Refuses(422, "cascade_oco is false on a native list")
        .Refuses(429, "More than `S4_HTTP_CANCELS_PER_MINUTE` cancels of this caller; `Retry-After` says when to try again")
        .RefusesWhenSilent();
}
