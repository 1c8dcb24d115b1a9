using MassTransit;

namespace Chimera.S4.Router.Messaging;

/// <summary>Answers what a consumer has in hand, in a bounded time. MassTransit's own respond belongs to the message: one that hangs on a dying connection would keep the endpoint from ever consuming again.</summary>
public sealed class Answers(BoundedSends sends, ILogger<Answers> log)
{
    /// <summary>It cannot be sent: whoever waits gives up, and asks again; the question is no message that has failed.</summary>
    public async Task Send<T>(ConsumeContext asked, T answer) where T : class
    {
        try
        {
            await sends.Answer(asked, answer);
        }
        catch (Exception failure)
        {
            log.LogWarning("{Answer} could not be sent to whoever asked: {Failure}", typeof(T).Name, failure.Message);
        }
    }
}
