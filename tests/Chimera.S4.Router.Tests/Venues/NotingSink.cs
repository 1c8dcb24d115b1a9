using System.Collections.Concurrent;
using System.Threading.Channels;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Notes what the stream hands over, in order; each hand-over can be held up.</summary>
sealed class NotingSink : IUserStreamSink
{
    readonly Channel<string> notes = Channel.CreateUnbounded<string>();

    public Func<Task> OnReconcile { get; set; } = () => Task.CompletedTask;
    public Func<VenueOrderState, Task> OnHeard { get; set; } = _ => Task.CompletedTask;

    public async Task Heard(Market market, VenueOrderState order, CancellationToken cancel)
    {
        await OnHeard(order);
        notes.Writer.TryWrite($"{order.ClientOrderId} {order.VenueOrderId} {order.Status} {order.CumQty}");
    }

    public Task Heard(Market market, AlgoOrderState algo, CancellationToken cancel)
    {
        notes.Writer.TryWrite($"{algo.ClientAlgoId} {algo.AlgoId} {algo.Status} {algo.ChildOrderId}");
        return Task.CompletedTask;
    }

    public Task Flat(Predicate<string> isFlat, DateTimeOffset seenAt, CancellationToken cancel)
    {
        if (isFlat("BTCUSDT")) FlatSeen.Enqueue(seenAt);
        return Task.CompletedTask;
    }

    public ConcurrentQueue<DateTimeOffset> FlatSeen { get; } = new();

    public async Task Reconcile(Market market, CancellationToken cancel)
    {
        await OnReconcile();
        notes.Writer.TryWrite("reconcile");
    }

    public async Task<string> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await notes.Reader.ReadAsync(patience.Token);
    }
}
