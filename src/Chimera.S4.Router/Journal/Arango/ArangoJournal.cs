using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>The record in ArangoDB. Whatever is written twice, late or by two replicas at once ends the same (decision 7).</summary>
sealed class ArangoJournal(ArangoHttp http, ArangoSchema schema, IOptions<ArangoOptions> options, TimeProvider clock, RouterMetrics metrics) : IJournal
{
    static readonly TimeSpan[] Pauses = [.. new[] { 5, 10, 20, 40, 80, 160, 320 }.Select(ms => TimeSpan.FromMilliseconds(ms))];
    volatile string? trouble;

    public Task Write(IReadOnlyList<JournalBatch> batches, CancellationToken cancel) => JournalRows.Write(batches, some => Take(some, cancel));

    async Task Take(IReadOnlyList<JournalBatch> batches, CancellationToken cancel)
    {
        try
        {
            // Orders last: whoever reads a filled order finds its fills.
            await Append(ArangoSchema.Fills, batches.SelectMany(batch => batch.Fills).DistinctBy(fill => fill.Key).ToArray(), cancel);
            await Append(ArangoSchema.Events, batches.SelectMany(batch => batch.Events).DistinctBy(happened => happened.Key).ToArray(), cancel);
            await Append(ArangoSchema.Markouts, batches.SelectMany(batch => batch.Markouts).DistinctBy(markout => markout.Key).ToArray(), cancel);
            await Forward([.. batches.SelectMany(batch => batch.Orders).GroupBy(row => row.Key).Select(same => same.MaxBy(row => row.Seq)!).OrderBy(row => row.Key, StringComparer.Ordinal)], cancel);
            trouble = null;
        }
        catch (Exception failure) when (failure is StoreUnavailableException or JournalRefusedException)
        {
            trouble = failure.Message;
            throw;
        }
    }

    /// <summary>Well is a database that answers, holds the collections, and took the last record that it was given.</summary>
    public async Task Ping(CancellationToken cancel)
    {
        await schema.Ensure(cancel);
        var reply = await http.Send(HttpMethod.Get, $"/_db/{options.Value.Database}/_api/collection/{ArangoSchema.Orders}", null, cancel);
        if (reply.Outcome is ArangoOutcome.Absent) schema.Forget();
        if (reply.Outcome is not ArangoOutcome.Done) throw new StoreUnavailableException($"ArangoDB: {reply}");
        if (trouble is { } last) throw new StoreUnavailableException(last);
    }

    // https://docs.arangodb.com/stable/develop/http-api/documents/#create-multiple-documents
    //   overwriteMode "ignore": "if a document with the specified _key value exists already, nothing is done and no write operation is carried out. The insert operation returns success in this case."
    //   waitForSync: "Wait until document has been synced to disk": the message is acknowledged after this.
    Task Append<T>(string collection, T[] rows, CancellationToken cancel) =>
        rows.Length == 0 ? Task.CompletedTask : Ask($"document/{collection}?overwriteMode=ignore&waitForSync=true", ArangoJson.Write(rows), cancel);

    // In the order of their keys: two replicas that write the same rows then wait for each other rather than in a circle.
    Task Forward(OrderRecord[] rows, CancellationToken cancel) => rows.Length == 0 ? Task.CompletedTask : Ask("cursor", OrdersForward.Body(rows), cancel);

    async Task Ask(string what, byte[] body, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            await schema.Ensure(cancel);
            var reply = await http.Send(HttpMethod.Post, $"/_db/{options.Value.Database}/_api/{what}", body, cancel);
            switch (reply.Outcome)
            {
                case ArangoOutcome.Done: return;
                case ArangoOutcome.Mistake: throw new JournalRefusedException($"ArangoDB refuses {what}: {reply}");
                case ArangoOutcome.Absent: schema.Forget(); break;
                case ArangoOutcome.Conflict or ArangoOutcome.AlreadyThere: metrics.JournalConflict(); break;
                default: throw new StoreUnavailableException($"ArangoDB: {what}: {reply}");
            }
            if (attempt == Pauses.Length) throw new StoreUnavailableException($"ArangoDB: {what}, {attempt + 1} times: {reply}");
            await Task.Delay(Pauses[attempt], clock, cancel);
        }
    }
}
