using Chimera.S4.Contracts;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

sealed partial class RedisOrderStore
{
    // A script stops the world: each looks at this many entries, and a page that has to pass over many takes several turns.
    const int EntriesPerTurn = 1000, Turns = 20;
    static readonly RedisScript ListScript = new("list");

    public async Task<IntentPage> List(ListIntents query, CancellationToken cancel)
    {
        var at = ListCursor.Of(query);
        var items = new List<IntentSummary>();
        var more = true;
        for (var turn = 0; turn < Turns && more && items.Count < query.Limit; turn++)
        {
            RedisValue[] arguments =
            [
                keys.Root, query.State ?? "", query.Symbol ?? "", query.Market ?? "", query.Since is { } since ? Moment.Floor(since) : "",
                at is { } place ? place.CreatedMs : "", at?.Id ?? "", query.Limit - items.Count, EntriesPerTurn,
            ];
            var found = (RedisValue[])(await redis.Ask(db => ListScript.Run(db, arguments), cancel).ConfigureAwait(false))!;
            more = (int)found[0] == 1;
            if (found[1].Length() > 0) at = new ListCursor((long)found[1], found[2].ToString());
            items.AddRange(found.Skip(3).Select(line => StoredJson.Read<IntentSummary>(line.ToString())));
        }
        return new IntentPage { Items = [.. items], NextCursor = more ? at?.ToString() : null };
    }
}
