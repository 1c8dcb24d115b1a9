using MassTransit;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>The adapter's only way to the router: hands over what must not be lost, asks what may be asked again. Every wait has a bound.</summary>
sealed class RouterClient(IBus bus, IOptions<RestAdapterOptions> options, TimeProvider clock)
{
    // Exchanges, never "queue:name": that would declare the queue again, with other arguments than its owner's (design §4).
    static readonly Uri Intents = new("exchange:order-intent");
    static readonly Uri Cancels = new("exchange:order-cancel");
    static readonly Uri Queries = new("exchange:s4-queries");

    // Above every wait of the adapter, which counts its own time: MassTransit's clock starts before the message has left.
    static readonly RequestTimeout Never = RequestTimeout.After(m: 10);

    readonly IClientFactory clients = bus.CreateClientFactory();

    /// <summary>True on a broker: its confirm acknowledges. False on the in-memory bus, where only the intake's commit does.</summary>
    public bool ConfirmAcknowledges => bus.Address.Scheme != "loopback";

    public Task<PendingReply<IntentReply>> HandOver(OrderIntent intent, string replyWhen, CancellationToken cancellation) =>
        HandOver<OrderIntent, IntentReply>(Intents, intent, context => context.Headers.Set(ReplyHeaders.When, replyWhen), cancellation);

    /// <param name="by">Who asks, for the record.</param>
    public Task<PendingReply<CancelReply>> HandOver(CancelRequest cancel, string by, CancellationToken cancellation) =>
        HandOver<CancelRequest, CancelReply>(Cancels, cancel, context => context.Headers.Set(ReplyHeaders.By, by), cancellation);

    /// <summary>The view, or null where the router knows no such intent.</summary>
    /// <exception cref="RouterUnreachableException"/>
    public Task<IntentView?> Find(string intentId, TimeSpan bound, CancellationToken cancellation) => Known<GetIntent, IntentView>(new GetIntent { IntentId = intentId }, bound, cancellation);

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="RouterUnreachableException"/>
    public Task<IntentChart?> Chart(string intentId, TimeSpan bound, CancellationToken cancellation) => Known<GetIntentChart, IntentChart>(new GetIntentChart { IntentId = intentId }, bound, cancellation);

    public Task<TAnswer> Ask<TQuery, TAnswer>(TQuery query, TimeSpan bound, CancellationToken cancellation) where TQuery : class where TAnswer : class =>
        Bounded(bound, cancellation, async (timeout, stop) => (await Queried<TQuery>(timeout).GetResponse<TAnswer>(query, Mandatory, stop)).Message);

    Task<TView?> Known<TQuery, TView>(TQuery query, TimeSpan bound, CancellationToken cancellation) where TQuery : class where TView : class => Bounded(bound, cancellation, async (timeout, stop) =>
    {
        var response = await Queried<TQuery>(timeout).GetResponse<TView, IntentNotFound>(query, Mandatory, stop);
        return response.Is(out Response<TView>? view) ? view!.Message : null;
    });

    IRequestClient<T> Queried<T>(TimeSpan timeout) where T : class => clients.CreateRequestClient<T>(Queries, RequestTimeout.After(ms: (int)timeout.TotalMilliseconds));

    async Task<PendingReply<TReply>> HandOver<T, TReply>(Uri destination, T message, Action<SendContext<T>> also, CancellationToken cancellation)
        where T : class where TReply : class
    {
        var request = clients.CreateRequest(destination, message, cancellation, Never);
        request.UseExecute(context =>
        {
            Unrouted.IsAnError(context);
            context.TimeToLive = null;      // a request client lets its message expire in the queue; this one has been acknowledged by then
            also(context);
        });
        var pending = new PendingReply<TReply>(request, request.GetResponse<TReply>(), clock);
        try
        {
            // The reply can overtake the broker's confirm; either proves that the message has arrived.
            await await Task.WhenAny(request.Message, pending.Arrived).WaitAsync(options.Value.HandOverBound, clock, cancellation);
            return pending;
        }
        catch (Exception failure)
        {
            pending.Dispose();
            if (cancellation.IsCancellationRequested) throw;
            throw RouterUnreachableException.Because(failure);
        }
    }

    async Task<T> Bounded<T>(TimeSpan bound, CancellationToken cancellation, Func<TimeSpan, CancellationToken, Task<T>> ask)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // MassTransit starts its own time-out when the message leaves, which without a broker is never.
            return await ask(bound, stop.Token).WaitAsync(bound, clock, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            throw RouterUnreachableException.Because(failure);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    static void Mandatory<T>(IRequestPipeConfigurator<T> request) where T : class => request.UseExecute(Unrouted.IsAnError);
}
