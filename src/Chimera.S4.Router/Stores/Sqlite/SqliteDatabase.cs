using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The file <c>s4.db</c>: one writer, any number of readers beside it (WAL), every acknowledged write on disk (<c>synchronous=FULL</c>).</summary>
sealed class SqliteDatabase : IDisposable
{
    // SQLite's result codes for "what was asked is wrong"; all others say that the file cannot serve now.
    static readonly int[] Mistakes = [1 /* error */, 19 /* constraint */, 20 /* mismatch */, 21 /* misuse */, 25 /* range */];

    readonly ConcurrentBag<SqliteSession> readers = [];
    readonly SqliteWriter writer;
    readonly DataOptions options;
    readonly TimeProvider clock;
    volatile bool disposed;

    public SqliteDatabase(DataOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        Directory.CreateDirectory(options.Dir);
        var session = new SqliteSession(options.File, readOnly: false);
        try
        {
            SqliteSchema.Open(session, options.File);
            writer = new SqliteWriter(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public DataOptions Options => options;

    /// <summary>The store's "now", in ms.</summary>
    public long Now => Moment.Floor(clock.GetUtcNow());

    /// <summary>Runs <paramref name="work"/> in a transaction. When the task has ended well, it is on disk.</summary>
    /// <exception cref="StoreUnavailableException">No answer in time, or the file cannot be written. What was asked may have taken effect.</exception>
    public Task<T> Write<T>(Func<SqliteSession, T> work, CancellationToken cancel) => Bounded(() => writer.Write(work, cancel), cancel);

    /// <exception cref="StoreUnavailableException">No answer in time, or the file cannot be read.</exception>
    public Task<T> Read<T>(Func<SqliteSession, T> work, CancellationToken cancel) => Bounded(() => Task.Run(() => Read(work), cancel), cancel);

    /// <summary>Answers while the file can be written: an empty transaction, since a read would succeed over a file that takes no writes.</summary>
    public Task Ping(CancellationToken cancel) => Write(_ => true, cancel);

    T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!readers.TryTake(out var session)) session = new SqliteSession(options.File, readOnly: true);
        try
        {
            return work(session);
        }
        finally
        {
            if (disposed) session.Dispose();
            else readers.Add(session);
        }
    }

    async Task<T> Bounded<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask().WaitAsync(options.CallTimeout, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new StoreUnavailableException($"{options.File} has not answered within {options.CallTimeout.TotalSeconds} s", e);
        }
        catch (SqliteException e) when (!Mistakes.Contains(e.SqliteErrorCode))
        {
            throw new StoreUnavailableException($"{options.File} cannot serve now: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        while (readers.TryTake(out var session)) session.Dispose();
        writer.Dispose();
    }
}
