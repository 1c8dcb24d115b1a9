using System.Globalization;
using Chimera.S4.Orders;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>The journal of placements as one hash each: epoch, entry, and the resolution once there is one.</summary>
sealed class RedisPlacementJournal(RedisConnection redis, RedisKeys? names = null) : IPlacementJournal
{
    static readonly RedisScript Begin = new("journal_begin");
    static readonly RedisScript Write = new("journal_write");
    static readonly RedisScript Settle = new("journal_resolve");
    readonly RedisKeys keys = names ?? new RedisKeys();

    public async Task<PlacementEntry?> Load(string clientOrderId, CancellationToken cancel)
    {
        var found = await redis.Ask(db => db.HashGetAsync(keys.Journal(clientOrderId), [(RedisValue)"j", "r"], CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return found[0].IsNull ? null : StoredJson.Read<PlacementEntry>(found[0].ToString()) with { Resolution = found[1] };
    }

    public async Task<bool> TryBegin(PlacementEntry entry, CancellationToken cancel) =>
        (int)await redis.Ask(db => Begin.Run(db, keys.Root, entry.ClientOrderId, entry.Epoch, Json(entry)), cancel).ConfigureAwait(false) == 1;

    public async Task<bool> TryAdvance(PlacementEntry entry, CancellationToken cancel) =>
        (int)await redis.Ask(db => Write.Run(db, keys.Root, entry.ClientOrderId, entry.Epoch - 1, entry.Epoch, Json(entry)), cancel).ConfigureAwait(false) == 1;

    public Task NoteProbe(PlacementEntry entry, CancellationToken cancel) =>
        redis.Ask(db => Write.Run(db, keys.Root, entry.ClientOrderId, entry.Epoch, entry.Epoch, Json(entry)), cancel);

    public async Task<bool> Resolve(string clientOrderId, int? ofEpoch, string resolution, CancellationToken cancel) =>
        (int)await redis.Ask(db => Settle.Run(db, keys.Root, clientOrderId, resolution, Moment.Ceiling(PlacementRules.KeepResolved), Json(PlacementRules.NeverBegun(clientOrderId)),
            ofEpoch?.ToString(CultureInfo.InvariantCulture) ?? ""), cancel).ConfigureAwait(false) == 1;

    // The resolution is a field of its own: what one round notes cannot undo what another has settled.
    static string Json(PlacementEntry entry) => StoredJson.Write(entry with { Resolution = null });
}
