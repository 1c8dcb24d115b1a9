using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores;

/// <summary>Where order documents live, with everything that must change together with them (design §3.4). Redis and SQLite pass one contract suite.</summary>
/// <remarks>
/// Every call is bounded in time. A call that throws, or times out, may still have taken effect: whoever called it loads again and decides anew.
/// "Now" is the store's own clock (Redis TIME; SQLite: the process's TimeProvider), so that all replicas agree on what is due.
/// </remarks>
public interface IOrderStore
{
    /// <summary>True: this store is the journal too and writes <see cref="OrderCommit.Record"/> in the commit itself.</summary>
    bool HoldsJournal { get; }

    /// <summary>Null: never created, or its tombstone has lapsed.</summary>
    Task<StoredOrder?> Load(Guid id, CancellationToken cancel);

    /// <summary>Everything in <paramref name="commit"/>, or nothing. Compare-and-set on the version.</summary>
    Task<CommitOutcome> Commit(OrderCommit commit, CancellationToken cancel);

    /// <summary>All pending effects of one order, due or not, in sequence order.</summary>
    Task<IReadOnlyList<PendingEffect>> PendingEffects(Guid id, CancellationToken cancel);

    /// <summary>Takes up to <paramref name="max"/> effects that are due, oldest first, and leases them: nobody else is given them before the lease ends.</summary>
    Task<IReadOnlyList<PendingEffect>> ClaimDueEffects(TimeSpan lease, int max, CancellationToken cancel);

    /// <summary>Makes a still pending effect due again in <paramref name="delay"/>; without effect on one that is done. Renews a lease, or plans the next probe.</summary>
    Task PostponeEffect(Guid id, int seq, TimeSpan delay, CancellationToken cancel);

    /// <summary>Takes effects that are done out of the document. Done effects are ignored.</summary>
    Task CompleteEffects(Guid id, IReadOnlyCollection<int> seqs, CancellationToken cancel);

    Task<bool> IsPending(Guid id, int seq, CancellationToken cancel);

    /// <summary>Takes timers that are due and leases them (queue → inflight). The commit that handles a timer disarms it.</summary>
    Task<IReadOnlyList<DueTimer>> ClaimDueTimers(TimeSpan lease, int max, CancellationToken cancel);

    /// <summary>Returns timers whose claimer died to the queue, with their original due time. The number returned.</summary>
    Task<int> ReapTimers(CancellationToken cancel);

    /// <summary>Removes a timer that no order owns.</summary>
    Task DropTimer(Guid token, CancellationToken cancel);

    /// <summary>Takes a timer that nobody can read out of queue and inflight, and keeps it where a person finds it (Stores/README.md).</summary>
    Task ParkTimer(Guid token, CancellationToken cancel);

    /// <summary>Returns parked timers to the queue, for a build that may read them. How many.</summary>
    Task<int> ReturnParkedTimers(CancellationToken cancel);

    /// <summary>When the earliest queued timer falls due; null: none is queued.</summary>
    Task<DateTimeOffset?> NextTimerDue(CancellationToken cancel);

    /// <summary>How much waits, for figures.</summary>
    Task<StoreBacklog> Backlog(CancellationToken cancel);

    /// <summary>Every order that S4 watches a price for.</summary>
    Task<IReadOnlyList<ArmedGuard>> ArmedGuards(CancellationToken cancel);

    /// <summary>Orders that are not final, in pages by id: what a start or a reconnect resumes.</summary>
    IAsyncEnumerable<OrderLine> Live(CancellationToken cancel);

    /// <summary>Newest first, from the ops index.</summary>
    Task<IntentPage> List(ListIntents query, CancellationToken cancel);

    /// <summary>Which order owns a venue order id; null: none that S4 knows.</summary>
    Task<Guid?> FindByVenueOrderId(string market, string symbol, string venueOrderId, CancellationToken cancel);

    /// <summary>Lines of <c>ord:results</c>, oldest first.</summary>
    Task<ResultsPage> Results(ListResults query, CancellationToken cancel);

    /// <summary>Stores the deployment's identity on first use and returns the one that is stored (design §3: a mismatch refuses to start).</summary>
    Task<string> ClaimDeployment(string identity, CancellationToken cancel);

    /// <summary>Whether the store answers.</summary>
    Task Ping(CancellationToken cancel);
}

/// <summary>A document and the version that a commit must expect.</summary>
public sealed record StoredOrder(Guid Id, int Version, string Document);

/// <summary>What waits in the store at an instant.</summary>
/// <param name="Live">Orders that are not final.</param>
/// <param name="Effects">Pending effects, due or not.</param>
/// <param name="Overdue">How long the earliest effect has been due and taken by nobody; zero: none is due.</param>
/// <param name="Slices">Entries of <c>prod:exec:twap:queue</c>.</param>
public sealed record StoreBacklog(long Live, long Effects, TimeSpan Overdue, long Slices);

public enum CommitOutcome
{
    Committed,

    /// <summary>Another version is stored than the one expected: load and decide again.</summary>
    Conflict,
}
