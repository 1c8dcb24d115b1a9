using System.Threading.Channels;

namespace Chimera.S4.HttpAdapter.Live;

/// <summary>Looks at the router once a second for all watchers together, and not at all while there is none.</summary>
sealed class LiveFeed(LiveLook look, TimeProvider clock, ILogger<LiveFeed> log) : BackgroundService
{
    /// <summary>Watchers at once, of one process.</summary>
    public const int MostWatchers = 32;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly Channel<bool> arrivals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    volatile TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int watchers;

    /// <summary>How many watch now.</summary>
    public int Watchers => Volatile.Read(ref watchers);

    /// <summary>Null: there are as many watchers as there may be. To be disposed when its watcher leaves.</summary>
    public Watch? Join()
    {
        if (Interlocked.Increment(ref watchers) > MostWatchers)
        {
            Interlocked.Decrement(ref watchers);
            return null;
        }
        var watch = new Watch(this, looked.Task);
        arrivals.Writer.TryWrite(true);
        return watch;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (Watchers == 0) await arrivals.Reader.ReadAsync(stoppingToken);
            await Look(stoppingToken);
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(Every, clock, pause.Token), arrivals.Reader.WaitToReadAsync(pause.Token).AsTask());
            await pause.CancelAsync();
            arrivals.Reader.TryRead(out _);
        }
    }

    async Task Look(CancellationToken stop)
    {
        var waiting = looked;
        looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await look.Take(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "A look for the ops page failed; the next one follows in {Every}", Every);
        }
        waiting.TrySetResult();
    }

    /// <param name="fresh">Ends when a look has: what the board showed before that may be old, because nobody watched.</param>
    internal sealed class Watch(LiveFeed feed, Task fresh) : IDisposable
    {
        public Task Fresh => fresh;
        public void Dispose() => Interlocked.Decrement(ref feed.watchers);
    }
}
