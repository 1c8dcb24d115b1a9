using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Orders;
using Chimera.S4.HttpAdapter.Problems;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Cancels;

/// <summary><c>POST /cancel</c>: asks the router to end what is alive of an intent, and answers PENDING where that is not proven in time.</summary>
sealed class PostCancel(RouterClient router, CancelPace pace, IOptions<RestAdapterOptions> options, IHostApplicationLifetime life)
{
    public async Task<IResult> Handle(HttpRequest request, CancellationToken aborted)
    {
        var (cancel, problem) = await JsonBody.Read<CancelRequest>(request);
        if (cancel is null) return problem!;
        if (CancelCheck.Of(cancel) is { } wrong) return wrong;

        var caller = Caller.Of(request.HttpContext);
        if (pace.Refusal(caller) is { } tooFast) return tooFast;

        using var pending = await router.HandOver(cancel, caller, aborted);
        return await pending.Within(Prefer.Wait(request) ?? options.Value.WaitMargin, aborted, life.ApplicationStopping) is { } reply ? From(reply) : Pending(cancel.IntentId);
    }

    static IResult From(CancelReply reply) => reply.HttpStatus switch
    {
        202 => Accepted(reply.Result),
        < 400 => Results.Json(reply.Result, statusCode: reply.HttpStatus),
        503 => Problem.RetryAfter(null, Refused(reply)),
        _ => Refused(reply),
    };

    static IResult Pending(string? intentId) => Accepted(new CancelResult { Status = "PENDING", IntentId = intentId });

    static IResult Accepted(CancelResult result) => Results.Accepted(result.IntentId is { } id ? OrderAnswers.Location(id) : null, result);

    static IResult Refused(CancelReply reply) => Problem.Of(reply.HttpStatus, reply.Result.Code ?? reply.Result.Status, "Cancel refused", reply.Result.Message,
        ("intent_id", reply.Result.IntentId), ("result", reply.Result));
}
