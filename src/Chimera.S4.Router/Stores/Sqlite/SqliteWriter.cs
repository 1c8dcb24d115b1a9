using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The one writer: a thread of its own takes what is queued into one transaction, so that committers who come together share one fsync.</summary>
/// <remarks>SQLite blocks its caller while the disk works. On a thread of its own that costs no pool thread, and nobody waits for a lock.</remarks>
sealed class SqliteWriter : IDisposable
{
    const int MostPerTransaction = 64;
    readonly BlockingCollection<Job> queue = [];
    readonly SqliteSession session;
    readonly Thread thread;

    public SqliteWriter(SqliteSession session)
    {
        this.session = session;
        thread = new Thread(Run) { IsBackground = true, Name = "s4.db writer" };
        thread.Start();
    }

    public Task<T> Write<T>(Func<SqliteSession, T> work, CancellationToken cancel)
    {
        var job = new Job<T>(work, cancel);
        queue.Add(job, cancel);
        return job.Answer;
    }

    void Run()
    {
        var batch = new List<Job>(MostPerTransaction);
        foreach (var first in queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MostPerTransaction && queue.TryTake(out var next)) batch.Add(next);
            Commit(batch);
        }
    }

    void Commit(List<Job> batch)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var job in batch)
            {
                // A savepoint for each: one that fails takes nothing along and leaves nothing behind.
                session.Execute("SAVEPOINT job");
                if (job.Do(session) is { } error) Undo(error);
                session.Execute("RELEASE job");
            }
            session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            try { session.Execute("ROLLBACK"); }
            catch (SqliteException) { }   // SQLite has rolled back by itself (disk full, I/O error)
            foreach (var job in batch) job.Fail(e);
            return;
        }
        foreach (var job in batch) job.Tell();                   // only now: nobody learns of what is not on disk
    }

    void Undo(Exception error)
    {
        try { session.Execute("ROLLBACK TO job"); }
        catch (SqliteException) { ExceptionDispatchInfo.Throw(error); }   // the whole transaction is gone: its cause is the job's own error
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        session.Dispose();
        queue.Dispose();
    }

    abstract class Job
    {
        /// <summary>Why it failed, and what it wrote is to be undone; null: it has done its work.</summary>
        public abstract Exception? Do(SqliteSession session);
        public abstract void Tell();
        public abstract void Fail(Exception why);
    }

    sealed class Job<T>(Func<SqliteSession, T> work, CancellationToken cancel) : Job
    {
        readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? answer;
        Exception? error;

        public Task<T> Answer => done.Task;

        public override Exception? Do(SqliteSession session)
        {
            try
            {
                cancel.ThrowIfCancellationRequested();
                answer = work(session);
                return null;
            }
            catch (Exception e)
            {
                return error = e;
            }
        }

        public override void Tell()
        {
            if (error is null) done.TrySetResult(answer!);
            else Fail(error);
        }

        public override void Fail(Exception why)
        {
            if (why is OperationCanceledException) done.TrySetCanceled(cancel);
            else done.TrySetException(why);
        }
    }
}
