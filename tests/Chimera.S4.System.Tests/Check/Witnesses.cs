using System.Globalization;
using System.Text.Json;

namespace Chimera.S4.System.Tests.Check;

/// <summary>Compares what five witnesses say about each intent: the exchange's ledger, the journal, <c>ord:results</c>, the REST list, and what the caller was promised.</summary>
sealed class Witnesses(Ledger ledger, Journal journal, IReadOnlyList<ResultRow> results, IReadOnlyList<RestOrder> rest)
{
    static readonly HashSet<string> Ended = ["FILLED", "CANCELED", "REJECTED", "EXPIRED"];
    static readonly Dictionary<string, string> EndEvents = new()
    {
        ["FILLED"] = "ROUTER_ORDER_EXECUTED", ["CANCELED"] = "ROUTER_ORDER_CANCELED", ["REJECTED"] = "ROUTER_ORDER_REJECTED", ["EXPIRED"] = "ROUTER_ORDER_EXPIRED",
    };

    readonly ILookup<string, LedgerOrder> ordersByIntent = ledger.Orders.Where(Ours).ToLookup(order => order.ClientOrderId[..^4]);
    readonly ILookup<string, LedgerTrade> tradesByOrder = ledger.Trades.ToLookup(trade => trade.ClientOrderId);
    readonly ILookup<string, ResultRow> resultsByIntent = results.ToLookup(line => line.IntentId);
    readonly ILookup<string, JournalOrder> rowsByIntent = journal.Orders.ToLookup(row => row.IntentId);
    readonly ILookup<string, JournalFill> fillsByIntent = journal.Fills.ToLookup(fill => fill.IntentId);
    readonly ILookup<string, JournalEvent> eventsByIntent = journal.Events.ToLookup(happened => happened.IntentId);
    readonly ILookup<string, RestOrder> restByIntent = rest.ToLookup(order => order.IntentId);
    readonly List<string> contradictions = [];
    HashSet<string> several = [];

    public static bool Ours(LedgerOrder order) => order.ClientOrderId.Length == 28 && order.ClientOrderId.StartsWith("s4", StringComparison.Ordinal);

    /// <param name="acknowledged">Must all have ended, and be told by everybody.</param>
    /// <param name="unanswered">Sent, but never acknowledged: may have taken effect or not, once.</param>
    /// <param name="inTurns">Worked by a policy: several orders, one after the other.</param>
    /// <returns>Every contradiction in a sentence; empty where all agree.</returns>
    public IReadOnlyList<string> Contradictions(IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string>? unanswered = null, IReadOnlyCollection<string>? inTurns = null)
    {
        string[] all = [.. acknowledged, .. unanswered ?? []];
        var known = all.Select(ClientOrderIds.Intent).ToHashSet();
        several = [.. (inTurns ?? []).Select(ClientOrderIds.Intent)];
        foreach (var intent in ordersByIntent)
        {
            // One placement, one order; and where no policy works the intent, one placement.
            if (intent.DistinctBy(order => order.ClientOrderId).Count() < intent.Count() || intent.Count() > 1 && !several.Contains(intent.Key))
                Say(intent.Key, $"{intent.Count()} orders at the exchange: {string.Join(", ", intent.Select(order => order.ClientOrderId))}");
            if (!known.Contains(intent.Key)) Say(intent.Key, "an order at the exchange that no intent of this story asked for");
        }
        foreach (var repeated in results.GroupBy(line => line.ResultId).Where(same => same.Count() > 1)) Say(repeated.Key, $"{repeated.Count()} result lines with one result_id");
        foreach (var intent in acknowledged)
            if (restByIntent[intent].SingleOrDefault() is { } order) Compare(order);
            else Say(intent, $"acknowledged, and GET /orders lists it {restByIntent[intent].Count()} times");
        foreach (var intent in unanswered ?? [])
            if (restByIntent[intent].SingleOrDefault() is { } order) Compare(order);
            else if (ordersByIntent[ClientOrderIds.Intent(intent)].Any()) Say(intent, "at the exchange, but unknown to S4");
        return contradictions;
    }

    /// <summary>The same in one text, as a wait tells what is still open; null where all agree.</summary>
    public string? Disagreement(IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string>? unanswered = null, IReadOnlyCollection<string>? inTurns = null) =>
        Contradictions(acknowledged, unanswered, inTurns) is { Count: > 0 } found ? $"{found.Count} contradictions:\n{string.Join('\n', found.Take(20))}" : null;

    void Compare(RestOrder order)
    {
        var intent = order.IntentId;
        if (!order.Final || !Ended.Contains(order.Status))
        {
            Say(intent, $"has not ended: {order.Status}, final {order.Final}");
            return;
        }
        LedgerOrder[] atVenue = [.. ordersByIntent[ClientOrderIds.Intent(intent)].DistinctBy(one => one.ClientOrderId).OrderBy(one => one.ClientOrderId, StringComparer.Ordinal)];
        foreach (var one in atVenue)
        {
            var traded = tradesByOrder[one.ClientOrderId].Sum(trade => trade.Qty);
            if (one.ExecutedQty != traded) Say(intent, $"the ledger itself: executed {one.ExecutedQty}, trades {traded}");
            if (!Ended.Contains(one.Status)) Say(intent, $"final by REST, and {one.ClientOrderId} is {one.Status} at the exchange");
        }
        // What was sold again to protect the intent is not part of its own quantity.
        var trades = atVenue.Where(one => one.Side == atVenue[0].Side).SelectMany(one => tradesByOrder[one.ClientOrderId]).ToArray();
        var exits = atVenue.Where(one => one.Side != atVenue[0].Side).SelectMany(one => tradesByOrder[one.ClientOrderId]).ToArray();
        var executed = trades.Sum(trade => trade.Qty);
        if (executed > Math.Max(0, order.Qty)) Say(intent, $"executed {executed} of {order.Qty}");
        if (exits.Sum(trade => trade.Qty) > executed) Say(intent, $"{exits.Sum(trade => trade.Qty)} left of {executed} entered");
        if (atVenue is [var only] && only.Status != order.Status && !WasTheRestGivenUp(order, only.Status)) Say(intent, $"the exchange says {only.Status}, REST {order.Status}");
        if (atVenue is [] && order.Status is not "REJECTED" && !(order.Status is "EXPIRED" && order.FilledQty == 0) && !(order.Status is "CANCELED" && (WereItsExitsRefused(intent) || WasItNotSentAgain(order)))) Say(intent, $"{order.Status} by REST, but the exchange never had it");
        if (order.FilledQty != executed) Say(intent, $"executed {executed}, REST {order.FilledQty}");
        var average = executed == 0 ? (decimal?)null : trades.Sum(trade => trade.Qty * trade.Price) / executed;
        if (!Near(average, order.AvgPrice)) Say(intent, $"average price {average}, REST {order.AvgPrice}");

        CompareResults(order, executed, average);
        CompareJournal(order, atVenue, [.. trades, .. exits]);
    }

    /// <summary>The exchange took none of its exits (it holds only so many stops a symbol): S4 watched the price itself until somebody canceled that, or the cancel came before the watch.</summary>
    bool WereItsExitsRefused(string intent) => eventsByIntent[intent].Any(happened => happened.Type == "OCO_FALLBACK")
        || rowsByIntent[intent].Count() > 1 && rowsByIntent[intent].All(row => row is { Status: "REJECTED", FilledQty: 0 });

    /// <summary>Its cancel had waited for the outcome of a placement of which nothing came.</summary>
    bool WasItNotSentAgain(RestOrder order) => order.FilledQty == 0 && eventsByIntent[order.IntentId].Any(happened => happened.Type == "NOT_SENT");

    /// <summary>Its policy withdrew its only order to take what was left, and could not: the intent lapsed, for a reason of S4's own, and the order was canceled.</summary>
    bool WasTheRestGivenUp(RestOrder order, string only) =>
        only == "CANCELED" && order is { Status: "EXPIRED", Code: "NO_MARKET_DATA" or "REMAINDER_TOO_SMALL" } && several.Contains(ClientOrderIds.Intent(order.IntentId));

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

    void CompareJournal(RestOrder order, LedgerOrder[] atVenue, LedgerTrade[] trades)
    {
        var intent = order.IntentId;
        var rows = rowsByIntent[intent].ToArray();
        if (rows is [var row] && (row.Code != order.Code || row.Status != order.Status && !WasTheRestGivenUp(order, row.Status))) Say(intent, $"orders says {row.Status} {row.FilledQty} {row.Code}, final {row.Final}");
        if (rows is []) Say(intent, "0 rows in orders");
        foreach (var told in rows)
        {
            var there = atVenue.FirstOrDefault(one => one.ClientOrderId == told.ClientOrderId);
            if (!told.Final || told.FilledQty != (there?.ExecutedQty ?? 0) || there is not null && there.Status != told.Status)
                Say(intent, $"orders says {told.ClientOrderId} {told.Status} {told.FilledQty} {told.Code}, final {told.Final}; the exchange {there?.Status ?? "never had it"} {there?.ExecutedQty}");
        }
        foreach (var missing in atVenue.Where(one => rows.All(told => told.ClientOrderId != one.ClientOrderId))) Say(intent, $"orders has no row for {missing.ClientOrderId}");
        var fills = fillsByIntent[intent].Select(fill => (fill.Market, fill.Symbol, fill.TradeId, fill.Qty, fill.Price)).Order();
        var truth = trades.Select(trade => (Market: trade.Venue, trade.Symbol, trade.TradeId, trade.Qty, trade.Price)).Order();
        foreach (var told in rows) CompareCost(told, [.. trades.Where(trade => trade.ClientOrderId == told.ClientOrderId)]);
        foreach (var fill in fillsByIntent[intent]) CompareCost(fill, rows);
        CompareCostOfIntent(order, rows);
        if (!fills.SequenceEqual(truth)) Say(intent, $"fills [{string.Join(' ', fills)}], the exchange traded [{string.Join(' ', truth)}]");
        var events = eventsByIntent[intent].Select(happened => happened.Type).ToArray();
        if (events.Count(type => type == EndEvents[order.Status]) != 1) Say(intent, $"ended {order.Status}, events {string.Join(',', events)}");
    }

    // Costs are recomputed from raw data, to the digit: the exchange's own trades, and the book that was recorded beside the order.
    void CompareCost(JournalOrder row, LedgerTrade[] trades)
    {
        if (trades.Length == 0) return;
        var average = trades.Sum(trade => trade.Qty * trade.Price) / trades.Sum(trade => trade.Qty);
        if (row.AvgPrice != Math.Round(average, 10)) Say(row.IntentId, $"orders says {row.ClientOrderId} cost {row.AvgPrice}, the exchange's trades {average}");
        if (row.SlippageBps != Slippage(trades[0].Side, average, row.MidAtSend)) Say(row.IntentId, $"slippage of {row.ClientOrderId} is {row.SlippageBps}, {average} against {row.MidAtSend} makes {Slippage(trades[0].Side, average, row.MidAtSend)}");
    }

    void CompareCost(JournalFill fill, JournalOrder[] rows)
    {
        if (rows.FirstOrDefault(row => row.ClientOrderId == fill.ClientOrderId)?.MidAtSend is var mid && mid != fill.MidAtSend) Say(fill.IntentId, $"mid at send of fill {fill.TradeId} is {fill.MidAtSend}, of its order {mid}");
        if (MidOf(fill.BookTop3) != fill.MidAtSend) Say(fill.IntentId, $"mid at send of fill {fill.TradeId} is {fill.MidAtSend}, the book {fill.BookTop3}");
        if (fill.SlippageBps != Slippage(fill.Side, fill.Price, fill.MidAtSend)) Say(fill.IntentId, $"slippage of fill {fill.TradeId} is {fill.SlippageBps}, {fill.Price} against {fill.MidAtSend} makes {Slippage(fill.Side, fill.Price, fill.MidAtSend)}");
        foreach (var markout in journal.Markouts.Where(one => one.FillKey == fill.Key)) CompareMarkout(fill, markout);
    }

    void CompareMarkout(JournalFill fill, JournalMarkout markout)
    {
        var bps = markout.Mid is { } mid ? Math.Round((fill.Side == "BUY" ? 1 : -1) * (mid - fill.Price) / fill.Price * 10_000m, 4) : (decimal?)null;
        if (markout.Bps != bps || markout.Mid is null == markout.Reason is null) Say(fill.IntentId, $"markout of fill {fill.TradeId} at {markout.Seconds} s is {markout.Bps} {markout.Reason}, {markout.Mid} makes {bps}");
    }

    // REST and the last result tell one figure: all entries against the middle at the first send.
    void CompareCostOfIntent(RestOrder order, JournalOrder[] rows)
    {
        if (order.FilledQty == 0) return;
        JournalFill[] entries = [.. fillsByIntent[order.IntentId].Where(fill => rows.Any(row => row.ClientOrderId == fill.ClientOrderId && row.Purpose == "ENTRY"))];
        if (entries.Length == 0) return;
        var average = entries.Sum(fill => fill.Qty * fill.Price) / entries.Sum(fill => fill.Qty);
        var mid = rows.Where(row => row.Purpose == "ENTRY").OrderBy(row => row.ClientOrderId, StringComparer.Ordinal).FirstOrDefault(row => row.MidAtSend is not null)?.MidAtSend;
        var slippage = Slippage(entries[0].Side, average, mid);
        if (order.SlippageBps != slippage || resultsByIntent[order.IntentId].LastOrDefault()?.SlippageBps != slippage)
            Say(order.IntentId, $"slippage by REST {order.SlippageBps}, by ord:results {resultsByIntent[order.IntentId].LastOrDefault()?.SlippageBps}; {average} against {mid} makes {slippage}");
    }

    static decimal? Slippage(string side, decimal price, decimal? mid) => mid is { } known ? Math.Round((side == "BUY" ? 1 : -1) * (price - known) / known * 10_000m, 4) : null;

    static decimal? MidOf(string? book)
    {
        if (book is null) return null;
        using var json = JsonDocument.Parse(book);
        decimal Best(string side) => decimal.Parse(json.RootElement.GetProperty(side)[0][0].GetString()!, CultureInfo.InvariantCulture);
        return (Best("bids") + Best("asks")) / 2;
    }

    void Say(string about, string contradiction) => contradictions.Add($"{about}: {contradiction}");

    /// <summary>S4 rounds a computed price to ten digits.</summary>
    static bool Near(decimal? one, decimal? other) => one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) <= 0.0000000001m;
}
