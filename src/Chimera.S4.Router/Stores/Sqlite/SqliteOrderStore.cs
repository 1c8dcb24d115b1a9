using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>Orders in one file. Where the journal is in the same file, the record goes into the commit itself.</summary>
sealed partial class SqliteOrderStore(SqliteDatabase database, bool holdsJournal) : IOrderStore
{
    public bool HoldsJournal => holdsJournal;

    const int PageOfLive = 500;

    public Task<StoredOrder?> Load(Guid id, CancellationToken cancel) =>
        database.Read(db => db.Query("SELECT version, document FROM s4_order WHERE id = $1 AND (lapses_at IS NULL OR lapses_at > $2)",
            row => new StoredOrder(id, row.GetInt32(0), row.GetString(1)), id.ToString(), database.Now).SingleOrDefault(), cancel);

    public Task<CommitOutcome> Commit(OrderCommit commit, CancellationToken cancel)
    {
        CommitRules.Check(commit);
        return database.Write(db => SqliteCommit.Run(db, commit, database.Now, holdsJournal, database.Options.ResultsMaxLength), cancel);
    }

    public Task<StoreBacklog> Backlog(CancellationToken cancel) => database.Read(db =>
    {
        var due = db.Number("SELECT min(due) FROM s4_effect");
        return new StoreBacklog(Count("s4_order WHERE lapses_at IS NULL"), Count("s4_effect"), TimeSpan.FromMilliseconds(due is { } first ? Math.Max(0, database.Now - first) : 0), Count("s4_twap_queue"));

        long Count(string of) => db.Number($"SELECT count(*) FROM {of}") ?? 0;
    }, cancel);

    public Task<IReadOnlyList<ArmedGuard>> ArmedGuards(CancellationToken cancel) => database.Read(SqliteGuards.All, cancel);

    public async IAsyncEnumerable<OrderLine> Live([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        List<(string Id, string Line)> page;
        do
        {
            var from = after;
            page = await database.Read(db => db.Query("SELECT id, line FROM s4_order WHERE lapses_at IS NULL AND id > $1 ORDER BY id LIMIT $2",
                row => (row.GetString(0), row.GetString(1)), from, PageOfLive), cancel).ConfigureAwait(false);
            foreach (var (id, line) in page)
            {
                after = id;
                yield return new OrderLine(Guid.Parse(id), StoredJson.Read<IntentSummary>(line));
            }
        }
        while (page.Count == PageOfLive);
    }

    public async Task<Guid?> FindByVenueOrderId(string market, string symbol, string venueOrderId, CancellationToken cancel)
    {
        var id = await database.Read(db => db.Text("""
            SELECT v.order_id FROM s4_venue_order v JOIN s4_order o ON o.id = v.order_id
            WHERE v.market = $1 AND v.symbol = $2 AND v.venue_order_id = $3 AND (o.lapses_at IS NULL OR o.lapses_at > $4)
            """, market, symbol, venueOrderId, database.Now), cancel).ConfigureAwait(false);
        return id is null ? null : Guid.Parse(id);
    }

    public Task<ResultsPage> Results(ListResults query, CancellationToken cancel)
    {
        ResultsPosition.Check(query);
        return database.Read(db => SqliteResults.Page(db, query), cancel);
    }

    public Task<string> ClaimDeployment(string identity, CancellationToken cancel) => database.Write(db =>
    {
        db.Execute("INSERT OR IGNORE INTO s4_deployment(one, identity) VALUES(1, $1)", identity);
        return db.Text("SELECT identity FROM s4_deployment") ?? throw new InvalidOperationException("the deployment row is gone");
    }, cancel);

    public Task Ping(CancellationToken cancel) => database.Ping(cancel);
}
