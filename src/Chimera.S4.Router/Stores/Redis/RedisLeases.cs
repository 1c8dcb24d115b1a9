using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

sealed class RedisLeases(RedisConnection redis, RedisKeys? names = null) : ILeases, INotes
{
    static readonly RedisScript HoldScript = new("hold_lease"), HeldScript = new("held_leases"), NoteScript = new("note_replace");
    readonly RedisKeys keys = names ?? new RedisKeys();

    public async Task<bool> Hold(string name, string holder, TimeSpan span, CancellationToken cancel) =>
        (int)await redis.Ask(db => HoldScript.Run(db, keys.Root, name, holder, Moment.Ceiling(span)), cancel).ConfigureAwait(false) == 1;

    public Task Release(string name, string holder, CancellationToken cancel) => redis.Ask(db => HoldScript.Run(db, keys.Root, name, holder, 0), cancel);

    public async Task<IReadOnlyList<string>> Held(string prefix, CancellationToken cancel) =>
        (string[])(await redis.Ask(db => HeldScript.Run(db, keys.Root, prefix), cancel).ConfigureAwait(false))!;

    public Task Write(string name, string text, CancellationToken cancel) => redis.Ask(db => db.HashSetAsync(keys.Notes, name, text, When.Always, CommandFlags.DemandMaster), cancel);

    public async Task<bool> TryReplace(string name, string? before, string after, CancellationToken cancel) =>
        (int)await redis.Ask(db => NoteScript.Run(db, keys.Root, name, after, before is null ? 0 : 1, before ?? ""), cancel).ConfigureAwait(false) == 1;

    public async Task<string?> Read(string name, CancellationToken cancel) => await redis.Ask(db => db.HashGetAsync(keys.Notes, name, CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
}
