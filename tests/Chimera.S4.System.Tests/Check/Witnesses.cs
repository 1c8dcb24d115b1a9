namespace Chimera.S4.System.Tests.Check;

/// <summary>Compares what five witnesses say about each intent: the exchange's ledger, the journal, <c>ord:results</c>, the REST list, and what the caller was promised.</summary>
sealed class Witnesses(Ledger ledger, Journal journal, IReadOnlyList<ResultRow> results, IReadOnlyList<RestOrder> rest)
{
    static readonly HashSet<string> Ended = ["FILLED", "CANCELED", "REJECTED", "EXPIRED"];
    static readonly Dictionary<string, string> EndEvents = new()
    {
        ["FILLED"] = "ROUTER_ORDER_EXECUTED", ["CANCELED"] = "ROUTER_ORDER_CANCELED", ["REJECTED"] = "ROUTER_ORDER_REJECTED", ["EXPIRED"] = "ROUTER_ORDER_EXPIRED",
    };

    readonly ILookup<string, LedgerOrder> ordersByLeg = ledger.Orders.Where(Ours).ToLookup(order => order.ClientOrderId[..^2]);
    readonly ILookup<string, LedgerTrade> tradesByOrder = ledger.Trades.ToLookup(trade => trade.ClientOrderId);
    readonly ILookup<string, ResultRow> resultsByIntent = results.ToLookup(line => line.IntentId);
    readonly ILookup<string, JournalOrder> rowsByIntent = journal.Orders.ToLookup(row => row.IntentId);
    readonly ILookup<string, JournalFill> fillsByIntent = journal.Fills.ToLookup(fill => fill.IntentId);
    readonly ILookup<string, JournalEvent> eventsByIntent = journal.Events.ToLookup(happened => happened.IntentId);
    readonly ILookup<string, RestOrder> restByIntent = rest.ToLookup(order => order.IntentId);
    readonly List<string> contradictions = [];

    public static bool Ours(LedgerOrder order) => order.ClientOrderId.Length == 28 && order.ClientOrderId.StartsWith("s4", StringComparison.Ordinal);

    /// <param name="acknowledged">Must all have ended, and be told by everybody.</param>
    /// <param name="unanswered">Sent, but never acknowledged: may have taken effect or not, once.</param>
    /// <returns>Every contradiction in a sentence; empty where all agree.</returns>
    public IReadOnlyList<string> Contradictions(IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string>? unanswered = null)
    {
        string[] all = [.. acknowledged, .. unanswered ?? []];
        var known = all.Select(id => ClientOrderIds.Leg(id)).ToHashSet();
        foreach (var leg in ordersByLeg)
        {
            if (leg.Count() > 1) Say(leg.Key, $"{leg.Count()} orders at the exchange: {string.Join(", ", leg.Select(order => order.ClientOrderId))}");
            if (!known.Contains(leg.Key)) Say(leg.Key, "an order at the exchange that no intent of this story asked for");
        }
        foreach (var repeated in results.GroupBy(line => line.ResultId).Where(same => same.Count() > 1)) Say(repeated.Key, $"{repeated.Count()} result lines with one result_id");
        foreach (var intent in acknowledged)
            if (restByIntent[intent].SingleOrDefault() is { } order) Compare(order);
            else Say(intent, $"acknowledged, and GET /orders lists it {restByIntent[intent].Count()} times");
        foreach (var intent in unanswered ?? [])
            if (restByIntent[intent].SingleOrDefault() is { } order) Compare(order);
            else if (ordersByLeg[ClientOrderIds.Leg(intent)].Any()) Say(intent, "at the exchange, but unknown to S4");
        return contradictions;
    }

    /// <summary>The same in one text, as a wait tells what is still open; null where all agree.</summary>
    public string? Disagreement(IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string>? unanswered = null) =>
        Contradictions(acknowledged, unanswered) is { Count: > 0 } found ? $"{found.Count} contradictions:\n{string.Join('\n', found.Take(20))}" : null;

    void Compare(RestOrder order)
    {
        var intent = order.IntentId;
        if (!order.Final || !Ended.Contains(order.Status))
        {
            Say(intent, $"has not ended: {order.Status}, final {order.Final}");
            return;
        }
        var atVenue = ordersByLeg[ClientOrderIds.Leg(intent)].FirstOrDefault();
        var trades = atVenue is null ? [] : tradesByOrder[atVenue.ClientOrderId].ToArray();
        var executed = trades.Sum(trade => trade.Qty);
        if (atVenue is not null && atVenue.ExecutedQty != executed) Say(intent, $"the ledger itself: executed {atVenue.ExecutedQty}, trades {executed}");
        if (atVenue is not null && atVenue.Status != order.Status) Say(intent, $"the exchange says {atVenue.Status}, REST {order.Status}");
        if (atVenue is null && order.Status is not "REJECTED" && !(order.Status is "EXPIRED" && order.FilledQty == 0)) Say(intent, $"{order.Status} by REST, but the exchange never had it");
        if (order.FilledQty != executed) Say(intent, $"executed {executed}, REST {order.FilledQty}");
        var average = executed == 0 ? (decimal?)null : trades.Sum(trade => trade.Qty * trade.Price) / executed;
        if (!Near(average, order.AvgPrice)) Say(intent, $"average price {average}, REST {order.AvgPrice}");

        CompareResults(order, executed, average);
        CompareJournal(order, executed, trades);
    }

    void CompareResults(RestOrder order, decimal executed, decimal? average)
    {
        var lines = resultsByIntent[order.IntentId].ToArray();
        if (lines is not [.., var last])
        {
            Say(order.IntentId, "no line in ord:results");
            return;
        }
        if (!lines.Select(line => line.Seq).SequenceEqual(Enumerable.Range(1, lines.Length))) Say(order.IntentId, $"result sequences {string.Join(',', lines.Select(line => line.Seq))}");
        if (last.Status != order.Status || last.FilledQty != executed || last.Code != order.Code || !Near(last.AvgPrice, average))
            Say(order.IntentId, $"the last result says {last.Status} {last.FilledQty} at {last.AvgPrice} {last.Code}, the truth is {order.Status} {executed} at {average} {order.Code}");
        // An end is told once; only a correction may follow it.
        foreach (var (line, next) in lines.Zip(lines.Skip(1)))
            if (Ended.Contains(line.Status) && next.Corrects is null) Say(order.IntentId, $"{line.Status} was told, then {next.Status} without 'corrects'");
    }

    void CompareJournal(RestOrder order, decimal executed, LedgerTrade[] trades)
    {
        var intent = order.IntentId;
        if (rowsByIntent[intent].ToArray() is not [var row]) Say(intent, $"{rowsByIntent[intent].Count()} rows in orders");
        else if (row.Status != order.Status || row.FilledQty != executed || row.Code != order.Code || row.Final != order.Final) Say(intent, $"orders says {row.Status} {row.FilledQty} {row.Code}, final {row.Final}");
        var fills = fillsByIntent[intent].Select(fill => (fill.Market, fill.Symbol, fill.TradeId, fill.Qty, fill.Price)).Order();
        var truth = trades.Select(trade => (Market: trade.Venue, trade.Symbol, trade.TradeId, trade.Qty, trade.Price)).Order();
        if (!fills.SequenceEqual(truth)) Say(intent, $"fills [{string.Join(' ', fills)}], the exchange traded [{string.Join(' ', truth)}]");
        var events = eventsByIntent[intent].Select(happened => happened.Type).ToArray();
        if (events.Count(type => type == EndEvents[order.Status]) != 1) Say(intent, $"ended {order.Status}, events {string.Join(',', events)}");
    }

    void Say(string about, string contradiction) => contradictions.Add($"{about}: {contradiction}");

    /// <summary>S4 rounds a computed price to ten digits.</summary>
    static bool Near(decimal? one, decimal? other) => one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) <= 0.0000000001m;
}
