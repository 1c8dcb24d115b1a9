using System.Net.Sockets;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>Owns the connection: every call is bounded, every failure is one type, and a connection that has fallen silent is replaced by a new one.</summary>
/// <remarks>
/// A peer that vanishes without a reset leaves a socket that looks well for minutes. So a call that waited its whole time while nothing was heard
/// on its connection asks for a new multiplexer; calls go on meanwhile, and the old one is disposed of after the swap, off their path.
/// </remarks>
sealed class RedisConnection(RedisOptions options, ILogger<RedisConnection> log) : IAsyncDisposable
{
    // The answers of a server that is up but cannot serve yet or now. Any other error is a mistake in what was asked.
    static readonly string[] NotNow = ["LOADING", "BUSY", "MASTERDOWN", "READONLY", "MISCONF", "OOM", "NOREPLICAS", "TRYAGAIN", "CLUSTERDOWN"];

    readonly Lock gate = new();
    Task<Line>? current;
    bool replacing, disposed;

    public RedisOptions Options => options;

    /// <summary>The strings of these keys, in their order; null where there is none.</summary>
    public async Task<IReadOnlyList<string?>> Texts(IEnumerable<RedisKey> keys, CancellationToken cancel)
    {
        RedisKey[] wanted = [.. keys];
        var found = await Ask(db => db.StringGetAsync(wanted), cancel).ConfigureAwait(false);
        return [.. found.Select(value => (string?)value)];
    }

    /// <exception cref="StoreUnavailableException">No answer in time, or none that could be used. What was asked may have taken effect.</exception>
    public async Task<T> Ask<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancel)
    {
        Line? line = null;
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            line = await Current().WaitAsync(options.CallTimeout, cancel).ConfigureAwait(false);
            var left = options.CallTimeout - TimeProvider.System.GetElapsedTime(started);
            // The library bounds its calls by its own heartbeat, up to a second late: this bound is ours.
            var answer = await ask(line.Database).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel).ConfigureAwait(false);
            line.Hear();
            return answer;
        }
        catch (RedisServerException e)
        {
            line!.Hear();
            if (NotNow.Any(word => e.Message.StartsWith(word, StringComparison.Ordinal))) throw new StoreUnavailableException($"Redis cannot serve now: {e.Message}", e);
            throw;
        }
        // The last four: what the library lets through when a connection is torn down under a waiting call.
        catch (Exception e) when (e is TimeoutException or RedisException or InvalidOperationException or IOException or SocketException
            || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            if (e is TimeoutException && line is not null && !line.HeardSince(started)) Replace(line);
            throw new StoreUnavailableException(e is TimeoutException ? $"Redis has not answered within {options.CallTimeout.TotalSeconds} s" : "Redis cannot be reached", e);
        }
    }

    Task<Line> Current()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (current is null or { IsFaulted: true } or { IsCanceled: true }) current = Task.Run(Connect);
            return current;
        }
    }

    async Task<Line> Connect()
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,                           // an absent server is waited for
            BacklogPolicy = BacklogPolicy.FailFast,               // a call while disconnected fails at once: the retry policies wait, not a queue in memory
            ReconnectRetryPolicy = new LinearRetry(250),
            KeepAlive = 5,
            ConnectRetry = 1,
            ConnectTimeout = 2000,
            AsyncTimeout = (int)options.CallTimeout.TotalMilliseconds,
            ClientName = "chimera-s4",
            ConfigurationChannel = "",                            // nobody announces anything there
            TieBreaker = "",
            Password = options.Password.Length > 0 ? options.Password : null,
        };
        foreach (var endPoint in options.EndPoints()) configuration.EndPoints.Add(endPoint);
        return new Line(await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false));
    }

    void Replace(Line silent)
    {
        lock (gate)
        {
            if (disposed || replacing || current is not { IsCompletedSuccessfully: true } || current.Result != silent) return;
            replacing = true;
        }
        _ = Task.Run(() => Swap(silent));
    }

    async Task Swap(Line silent)
    {
        var started = TimeProvider.System.GetTimestamp();
        Line? unused = null;
        try
        {
            var fresh = unused = await Connect().ConfigureAwait(false);
            await fresh.Database.PingAsync().WaitAsync(options.CallTimeout).ConfigureAwait(false);
            lock (gate)
            {
                if (!disposed && !silent.HeardSince(started)) (current, unused) = (Task.FromResult(fresh), silent);
                replacing = false;                                // the fresh one may fall silent while the old one is still waited out
            }
            if (unused == silent)
            {
                log.LogWarning("A Redis connection that had fallen silent was replaced");
                await Task.Delay(options.CallTimeout).ConfigureAwait(false);   // closing it ends the calls that are on it: let them reach their own bound
            }
        }
        catch (Exception e)
        {
            // Whatever it was, the next unanswered call tries again.
            log.LogWarning("Redis is silent on its connection and does not answer on a new one either: {Reason}", e.Message);
        }
        finally
        {
            lock (gate) replacing = false;
            if (unused is not null) await unused.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<Line>? last;
        lock (gate) (disposed, last) = (true, current);
        if (last is { IsCompletedSuccessfully: true }) await last.Result.DisposeAsync().ConfigureAwait(false);
    }

    sealed class Line(ConnectionMultiplexer multiplexer) : IAsyncDisposable
    {
        long heard;

        public IDatabase Database { get; } = multiplexer.GetDatabase();
        public void Hear() => Volatile.Write(ref heard, TimeProvider.System.GetTimestamp());
        public bool HeardSince(long timestamp) => Volatile.Read(ref heard) >= timestamp;

        // Closing without waiting for replies: a silent peer sends none.
        public async ValueTask DisposeAsync() => await multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
    }
}
