using System.Globalization;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>Pending effects are fields of the order's hash beside the document: completing one neither rewrites it nor conflicts with a commit.</summary>
sealed partial class RedisOrderStore
{
    static readonly RedisScript ClaimEffects = new("claim_effects");
    static readonly RedisScript Postpone = new("postpone_effect");
    static readonly RedisScript Complete = new("complete_effects");

    public async Task<IReadOnlyList<PendingEffect>> PendingEffects(Guid id, CancellationToken cancel)
    {
        var fields = await redis.Ask(db => db.HashGetAllAsync(keys.Order(id), CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return
        [
            .. from field in fields
               let name = field.Name.ToString()
               where name.StartsWith("e:", StringComparison.Ordinal)
               let effect = Effect(id, int.Parse(name.AsSpan(2), CultureInfo.InvariantCulture), field.Value.ToString())
               orderby effect.Seq
               select effect,
        ];
    }

    public async Task<IReadOnlyList<PendingEffect>> ClaimDueEffects(TimeSpan lease, int max, CancellationToken cancel)
    {
        var found = (RedisValue[])(await redis.Ask(db => ClaimEffects.Run(db, keys.Root, Moment.Ceiling(lease), max), cancel).ConfigureAwait(false))!;
        return [.. found.Chunk(2).Select(pair => Claimed(pair[0].ToString(), pair[1].ToString()))];
    }

    public Task PostponeEffect(Guid id, int seq, TimeSpan delay, CancellationToken cancel) =>
        redis.Ask(db => Postpone.Run(db, keys.Root, id.ToString(), seq, Moment.Ceiling(delay)), cancel);

    public Task CompleteEffects(Guid id, IReadOnlyCollection<int> seqs, CancellationToken cancel) =>
        seqs.Count == 0 ? Task.CompletedTask : redis.Ask(db => Complete.Run(db, [keys.Root, id.ToString(), .. seqs.Select(seq => (RedisValue)seq)]), cancel);

    public Task<bool> IsPending(Guid id, int seq, CancellationToken cancel) =>
        redis.Ask(db => db.HashExistsAsync(keys.Order(id), $"e:{seq}", CommandFlags.DemandMaster), cancel);

    static PendingEffect Claimed(string member, string stored)
    {
        var colon = member.LastIndexOf(':');
        return Effect(Guid.Parse(member.AsSpan(0, colon)), int.Parse(member.AsSpan(colon + 1), CultureInfo.InvariantCulture), stored);
    }

    static PendingEffect Effect(Guid id, int seq, string stored)
    {
        var end = stored.IndexOf('\n', StringComparison.Ordinal);
        return new PendingEffect(id, seq, stored[..end], stored[(end + 1)..]);
    }
}
