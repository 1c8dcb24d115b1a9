namespace Chimera.S4.Router.Venues.Binance;

/// <summary>How the venue answers: what its circuit breaker goes by.</summary>
public sealed class AnswerTally
{
    readonly Lock gate = new();
    long answers, failures;

    /// <summary>A refusal for a reason of trade is an answer. What our own rate budget held back was never asked.</summary>
    internal void Hear(HttpReply reply)
    {
        if (reply.Failure is HttpFailure.Held) return;
        Add(1, reply.Failure is not HttpFailure.None || reply.Status is >= 500 or 429 or 418 or 408 ? 1 : 0);
    }

    /// <summary>What has come in since the last time.</summary>
    public (long Answers, long Failures) Take()
    {
        lock (gate)
        {
            var taken = (answers, failures);
            (answers, failures) = (0, 0);
            return taken;
        }
    }

    /// <summary>Puts back what could not be told.</summary>
    public void Add(long more, long failed)
    {
        lock (gate) (answers, failures) = (answers + more, failures + failed);
    }
}
