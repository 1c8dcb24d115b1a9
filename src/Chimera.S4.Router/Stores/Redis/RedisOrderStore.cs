using System.Globalization;
using Chimera.S4.Contracts;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>Orders in Redis: one hash each, and the indexes of README.md, changed by one script.</summary>
sealed partial class RedisOrderStore(RedisConnection redis, RedisKeys? names = null) : IOrderStore
{
    const int PageOfLive = 500;
    static readonly RedisScript CommitScript = new("commit");
    static readonly RedisScript LiveScript = new("live");
    static readonly RedisScript BacklogScript = new("backlog");
    readonly RedisKeys keys = names ?? new RedisKeys();

    public bool HoldsJournal => false;

    public async Task<StoredOrder?> Load(Guid id, CancellationToken cancel)
    {
        var found = await redis.Ask(db => db.HashGetAsync(keys.Order(id), [(RedisValue)"v", "d"], CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return found[0].IsNull ? null : new StoredOrder(id, (int)found[0], found[1].ToString());
    }

    public async Task<CommitOutcome> Commit(OrderCommit commit, CancellationToken cancel)
    {
        CommitRules.Check(commit);
        var arguments = CommitArguments.Of(commit, keys, redis.Options.ResultsMaxLength);
        var answer = await redis.Ask(db => CommitScript.Run(db, arguments), cancel).ConfigureAwait(false);
        return (int)answer == 1 ? CommitOutcome.Committed : CommitOutcome.Conflict;
    }

    public async Task<StoreBacklog> Backlog(CancellationToken cancel)
    {
        var found = (RedisValue[])(await redis.Ask(db => BacklogScript.Run(db, keys.Root), cancel).ConfigureAwait(false))!;
        return new StoreBacklog((long)found[0], (long)found[1], TimeSpan.FromMilliseconds((long)found[2]), (long)found[3]);
    }

    public async Task<IReadOnlyList<ArmedGuard>> ArmedGuards(CancellationToken cancel)
    {
        var rows = await redis.Ask(db => db.HashGetAllAsync(keys.Guards, CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return [.. rows.Select(row => StoredJson.Read<ArmedGuard>(row.Value.ToString()))];
    }

    public async IAsyncEnumerable<OrderLine> Live([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        RedisValue[] page;
        do
        {
            page = (RedisValue[])(await redis.Ask(db => LiveScript.Run(db, keys.Root, after, PageOfLive), cancel).ConfigureAwait(false))!;
            for (var i = 0; i < page.Length; i += 2)
            {
                after = page[i].ToString();
                if (page[i + 1].Length() > 0) yield return new OrderLine(Guid.Parse(after), StoredJson.Read<IntentSummary>(page[i + 1].ToString()));
            }
        }
        while (page.Length == 2 * PageOfLive);
    }

    public async Task<Guid?> FindByVenueOrderId(string market, string symbol, string venueOrderId, CancellationToken cancel)
    {
        var id = await redis.Ask(db => db.StringGetAsync(keys.VenueOrder(market, symbol, venueOrderId), CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return id.IsNull ? null : Guid.Parse(id.ToString());
    }

    public async Task<ResultsPage> Results(ListResults query, CancellationToken cancel)
    {
        ResultsPosition.Check(query);
        RedisValue from = query.After is null ? "-" : $"({query.After}";
        var reply = await redis.Ask(db => db.ExecuteAsync("XRANGE", [keys.Results, from, "+", "COUNT", query.Limit], CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        var entries = (RedisResult[])reply!;
        return new ResultsPage
        {
            Items = [.. entries.Select(entry => ResultFields.Read(Fields((string[])((RedisResult[])entry!)[1]!)))],
            NextAfter = entries.Length > 0 ? (string?)((RedisResult[])entries[^1]!)[0] : query.After,
        };
    }

    public async Task<string> ClaimDeployment(string identity, CancellationToken cancel)
    {
        await redis.Ask(db => db.StringSetAsync(keys.Deployment, identity, null, When.NotExists, CommandFlags.DemandMaster), cancel).ConfigureAwait(false);
        return (await redis.Ask(db => db.StringGetAsync(keys.Deployment, CommandFlags.DemandMaster), cancel).ConfigureAwait(false)).ToString();
    }

    public Task Ping(CancellationToken cancel) => redis.Ask(db => db.ExecuteAsync("PING", [], CommandFlags.DemandMaster), cancel);

    static Dictionary<string, string> Fields(string[] flat) => flat.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
