using System.Text.Json.Serialization;
using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Problems;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Ops;

/// <summary>Body of <c>POST /ops/intents/{intent_id}/resolve</c>.</summary>
public sealed record ResolveBody
{
    /// <summary>ABSENT: the order never came to be. Else the venue's order id under which it was found.</summary>
    [JsonPropertyName("evidence")] public string? Evidence { get; init; }

    /// <summary>True: the operator has looked at the exchange.</summary>
    [JsonPropertyName("confirm")] public bool? Confirm { get; init; }

    /// <summary>For the record: 1–200 characters.</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }
}

/// <summary>The way out of NEEDS_REVIEW. The router decides and audits; only the form is checked here.</summary>
sealed class ResolveLever(RouterClient router, IOptions<RestAdapterOptions> options)
{
    const string Code = "RESOLVE_MALFORMED";

    public async Task<IResult> Resolve(HttpRequest request, string routed, CancellationToken aborted)
    {
        var (body, problem) = await JsonBody.Read<ResolveBody>(request);
        if (body is null) return problem!;
        if (body.Evidence is not { Length: > 0 and <= 64 }) return Problem.Field(Code, "evidence", body.Evidence, "ABSENT, or the venue's order id of 1–64 characters");
        if (!Levers.IsExplained(body.Reason)) return Levers.Unexplained(Code, body.Reason);
        if (body.Confirm is not true) return Levers.NotConfirmed("a wrong word here can trade twice");
        var asked = new ResolveIntent
        {
            IntentId = Exact(request) ?? routed, OrderId = body.Evidence is "ABSENT" ? null : body.Evidence, Reason = body.Reason, By = Caller.Of(request.HttpContext),
        };
        var reply = await router.Ask<ResolveIntent, ResolveReply>(asked, options.Value.LeverBound, aborted);
        if (reply.HttpStatus < 400) return Results.Json(reply.Result);
        var refused = Problem.Of(reply.HttpStatus, reply.Result.Code!, "Not resolved", reply.Result.Message, ("intent_id", reply.Result.IntentId), ("result", reply.Result));
        return reply.HttpStatus == 503 ? Problem.RetryAfter(null, refused) : refused;
    }

    // As for the reads: a routed value can no longer be told from a literal "%2F".
    static string? Exact(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target && target.Split('?')[0].Split('/') is [.., var id, _] ? Uri.UnescapeDataString(id) : null;
}
