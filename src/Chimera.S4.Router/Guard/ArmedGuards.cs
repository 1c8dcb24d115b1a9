using System.Collections.Concurrent;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Guard;

/// <summary>The prices that this process knows to be watched: at once those of its own commits, and in time all that the store has, so that another replica's are watched as well.</summary>
public sealed class ArmedGuards
{
    readonly ConcurrentDictionary<Guid, ArmedGuard> known = new();
    readonly ConcurrentDictionary<Guid, byte> notedSince = new();

    public IEnumerable<ArmedGuard> All => known.Values;

    public void Note(OrderCommit commit)
    {
        if (commit.Guard is not { } guard) return;
        notedSince[commit.Id] = 0;
        if (guard.Armed is { } prices) known[commit.Id] = new ArmedGuard(commit.Id, guard.Symbol, guard.IntentId, prices);
        else known.TryRemove(commit.Id, out _);
    }

    public async Task Refresh(IOrderStore store, CancellationToken cancel)
    {
        notedSince.Clear();
        var stored = (await store.ArmedGuards(cancel)).ToDictionary(guard => guard.OrderId);
        // What this process has committed since it asked is newer than the answer.
        foreach (var (id, guard) in stored)
            if (!notedSince.ContainsKey(id)) known[id] = guard;
        foreach (var id in known.Keys)
            if (!stored.ContainsKey(id) && !notedSince.ContainsKey(id)) known.TryRemove(id, out _);
    }
}
