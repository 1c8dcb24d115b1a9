using Chimera.S4.HttpAdapter.Problems;

namespace Chimera.S4.HttpAdapter.Orders;

/// <summary>The router's reply in HTTP. Which status a code has is the router's table; only the form is decided here.</summary>
static class OrderAnswers
{
    public static IResult From(IntentReply reply) => reply.HttpStatus switch
    {
        202 => Accepted(reply.Result),
        < 400 => Results.Json(reply.Result, statusCode: reply.HttpStatus),
        503 => Problem.RetryAfter(reply.RetryAfter, Denied(reply)),
        _ => Denied(reply),
    };

    /// <summary>202 with the state so far. Where the store knows none yet, the broker's confirm alone has acknowledged the intent.</summary>
    public static IResult SoFar(string intentId, OrderResult? known) => Accepted(known ?? new OrderResult { IntentId = intentId, Status = "NEW" });

    public static string Location(string intentId) => $"/orders/{Uri.EscapeDataString(intentId)}";

    static IResult Accepted(OrderResult result) => Results.Accepted(Location(result.IntentId), result);

    static IResult Denied(IntentReply reply) => Problem.Of(reply.HttpStatus, reply.Result.Code ?? "DENIED", "Intent denied", reply.Result.Message,
        ("intent_id", reply.Result.IntentId), ("result", reply.Result));
}
