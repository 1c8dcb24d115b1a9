namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What one replica knows of one window: its number, the venue's count as last told, and what the replica has set aside for itself.</summary>
readonly record struct WindowNews(long Window, long Told, long Reserved);

/// <summary>What replicas tell each other of one venue's limits. Times are the venue's.</summary>
/// <param name="HeldUntil">Nothing is to be sent before; null: no hold.</param>
/// <param name="OrdersHeldUntil">No order is to be placed before; cancels may go.</param>
sealed record RateNews(IReadOnlyDictionary<string, WindowNews> Windows, DateTimeOffset? HeldUntil, DateTimeOffset? OrdersHeldUntil);

/// <summary>Where replicas share a venue's limits. Asked in the background only: no request ever waits for it, and while it is away the venue's own counters go on telling.</summary>
interface IRateLedger
{
    /// <summary>Tells what this replica knows and returns what the others do, in one round trip.</summary>
    Task<IReadOnlyList<RateNews>> Exchange(string venue, RateNews mine, CancellationToken cancel);
}

/// <summary>One replica: nobody to tell.</summary>
sealed class SingleReplica : IRateLedger
{
    public Task<IReadOnlyList<RateNews>> Exchange(string venue, RateNews mine, CancellationToken cancel) => Task.FromResult<IReadOnlyList<RateNews>>([]);
}
