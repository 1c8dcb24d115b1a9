using System.Diagnostics;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Tracing;
using MassTransit;

namespace Chimera.S4.Router.Messaging;

/// <summary>The only way this process sends: every send is confirmed, mandatory and bounded (design §3.10).</summary>
/// <remarks>Unbounded sends inside consumers left endpoints without consumers after a broker kill, in 4 of 4 runs; bounded ones in 0 of 4.</remarks>
/// <param name="bus">Late, because what the bus is built from sends as well.</param>
/// <param name="intents">Takes what no step of an intent sends (timers, the user stream, the guard) into the trace of its intent; null: traces are none of its business.</param>
public sealed class BoundedSends(Func<IBus> bus, IntentLookup? intents = null)
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    public Task Send<T>(Uri destination, T message, CancellationToken cancel) where T : class => Send(destination, message, Pipe.Execute<SendContext>(Mandatory), cancel);

    /// <summary>Tells whoever listens; it may be nobody.</summary>
    public Task Announce<T>(Uri exchange, T message, CancellationToken cancel) where T : class => Send(exchange, message, Pipe.Empty<SendContext>(), cancel);

    /// <summary>Answers a request. Its sender may be gone, so the answer may find nobody.</summary>
    public Task Reply<T>(Uri replyTo, T message, Guid requestId, CancellationToken cancel) where T : class =>
        Send(replyTo, message, Pipe.Execute<SendContext>(context => context.RequestId = requestId), cancel);

    /// <summary>Answers what a consumer has in hand; where nobody waits for it, nothing is sent.</summary>
    public Task Answer<T>(ConsumeContext asked, T answer) where T : class =>
        asked is { ResponseAddress: { } replyTo, RequestId: { } request } ? Reply(replyTo, answer, request, asked.CancellationToken) : Task.CompletedTask;

    public Task Timer(Uri destination, object message, Guid token, CancellationToken cancel) =>
        Bounded(message, (endpoint, bounded) => endpoint.Send(message, message.GetType(), Pipe.Execute<SendContext>(context =>
        {
            Mandatory(context);
            context.Headers.Set(MessageHeaders.SchedulingTokenId, token.ToString("D"));
        }), bounded), destination, cancel);

    Task Send<T>(Uri destination, T message, IPipe<SendContext> pipe, CancellationToken cancel) where T : class =>
        Bounded(message, (endpoint, bounded) => endpoint.Send(message, pipe, bounded), destination, cancel);

    async Task Bounded(object message, Func<ISendEndpoint, CancellationToken, Task> send, Uri destination, CancellationToken cancel)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(Bound);
        var brought = Spans.AreCollected && Activity.Current is null ? OrderOf.Message(message) : null;
        using var span = brought is { } order && intents is not null ? Spans.Begin(message is VenueReport ? "stream report" : $"bring {message.GetType().Name}", order.Id, await intents.Of(order.Id, cancel), order.ClientOrderId) : null;
        try
        {
            var endpoint = await bus().GetSendEndpoint(destination).WaitAsync(bound.Token);
            await send(endpoint, bound.Token).WaitAsync(bound.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{destination} did not confirm within {Bound.TotalSeconds:0} s; the message may or may not have arrived");
        }
    }

    static void Mandatory(SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
    }
}
