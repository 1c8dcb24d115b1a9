using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Problems;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Orders;

/// <summary><c>POST /orders</c>: hands the intent over and answers with what became of it, or with how far it is when the wait is over.</summary>
/// <remarks>Each request asks for itself: of five that carry the same intent, each gets the router's answer.</remarks>
sealed class PostOrder(RouterClient router, IOptions<RestAdapterOptions> options, TimeProvider clock, IHostApplicationLifetime life)
{
    // The caller has waited already; a store that does not answer soon leaves the broker's confirm as the answer.
    static readonly TimeSpan SoFarBound = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CommitPoll = TimeSpan.FromMilliseconds(100);

    public async Task<IResult> Handle(HttpRequest request, CancellationToken aborted)
    {
        var (intent, problem) = await JsonBody.Read<OrderIntent>(request);
        if (intent is null) return problem!;
        // Without an id there is nothing that the router could deny, and nobody that it could answer.
        if (intent.Id is not { } id)
            return Problem.Field("INTENT_ID_INVALID", "intent_id", intent.IntentId ?? intent.Intent?.IntentId, "1–64 printable ASCII characters");

        var asked = Prefer.Wait(request);
        var atOnce = asked == TimeSpan.Zero;        // answered at acceptance, which takes no venue: the margin is for that
        var wait = atOnce ? options.Value.WaitMargin : asked ?? Prefer.Default(intent, options.Value.WaitMargin);

        using var pending = await router.HandOver(intent, atOnce ? ReplyHeaders.Accepted : ReplyHeaders.Answer, aborted);
        if (await pending.Within(wait, aborted, life.ApplicationStopping) is { } reply) return OrderAnswers.From(reply);

        return await SoFar(id, pending, aborted);
    }

    async Task<IResult> SoFar(string id, PendingReply<IntentReply> pending, CancellationToken aborted)
    {
        if (router.ConfirmAcknowledges) return OrderAnswers.SoFar(id, await Known(id, aborted));

        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < options.Value.CommitBound;)
        {
            if (await Known(id, aborted) is { } result) return OrderAnswers.SoFar(id, result);
            if (await pending.Within(CommitPoll, aborted) is { } reply) return OrderAnswers.From(reply);
        }
        return Problem.Unavailable("NOT_COMMITTED", "The intent has not been committed in time.", id);
    }

    /// <summary>What the store knows of an intent; null where it knows nothing, or cannot be asked.</summary>
    async Task<OrderResult?> Known(string id, CancellationToken aborted)
    {
        try
        {
            return (await router.Find(id, SoFarBound, aborted))?.Result;
        }
        catch (RouterUnreachableException)
        {
            return null;
        }
    }
}
