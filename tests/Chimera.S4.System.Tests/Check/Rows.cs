using System.Globalization;
using System.Text.Json;
using Chimera.S4.System.Tests.Callers;
using Microsoft.Data.Sqlite;
using StackExchange.Redis;

namespace Chimera.S4.System.Tests.Check;

// What each witness says, in its own words, read without any type of S4.

sealed record LedgerOrder(string Venue, string Symbol, string OrderId, string ClientOrderId, string Side, decimal OrigQty, decimal ExecutedQty, string Status);
sealed record LedgerTrade(string Venue, string Symbol, string TradeId, string ClientOrderId, string Side, decimal Price, decimal Qty);

/// <summary>Every order and trade at the exchange. A futures order that waits for its price is one of its orders; once it has set off, the order that it became is, under the same client id.</summary>
sealed record Ledger(IReadOnlyList<LedgerOrder> Orders, IReadOnlyList<LedgerTrade> Trades)
{
    public static async Task<Ledger> Read(VenueCaller venue)
    {
        var json = (await venue.Get("/sim/ledger")).Json;
        return new Ledger(
            [.. json.GetProperty("algos").EnumerateArray().Where(row => Text(row, "childOrderId") == "0").Select(row => new LedgerOrder("FUT", Text(row, "symbol"), Text(row, "algoId"), Text(row, "clientAlgoId"), Text(row, "side"), Amount(row, "quantity"), 0, Waiting(Text(row, "status")))),
             .. json.GetProperty("orders").EnumerateArray().Select(row => new LedgerOrder(Text(row, "venue"), Text(row, "symbol"), Text(row, "orderId"), Text(row, "clientOrderId"), Text(row, "side"), Amount(row, "origQty"), Amount(row, "executedQty"), Word(Text(row, "status"))))],
            [.. json.GetProperty("trades").EnumerateArray().Select(row => new LedgerTrade(Text(row, "venue"), Text(row, "symbol"), Text(row, "tradeId"), Text(row, "clientOrderId"), Text(row, "side"), Amount(row, "price"), Amount(row, "qty")))]);
    }

    /// <summary>An intent's orders by client id, which is the order of their placement within each leg.</summary>
    public static async Task<IReadOnlyList<LedgerOrder>> OrdersOf(VenueCaller venue, string intentId) =>
        [.. (await Read(venue)).Orders.Where(order => order.ClientOrderId.StartsWith(ClientOrderIds.Intent(intentId), StringComparison.Ordinal)).OrderBy(order => order.ClientOrderId, StringComparer.Ordinal)];

    // One that was taken and refused when its price came has lapsed, and so says S4.
    static string Waiting(string status) => status == "REJECTED" ? "EXPIRED" : status;

    // A self-trade that was prevented has expired, and so says S4.
    static string Word(string status) => status == "EXPIRED_IN_MATCH" ? "EXPIRED" : status;

    internal static string Text(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : row.GetProperty(name).GetRawText();
    internal static decimal Amount(JsonElement row, string name) => decimal.Parse(Text(row, name), CultureInfo.InvariantCulture);
}

sealed record ResultRow(string ResultId, string IntentId, int Seq, string Status, decimal FilledQty, decimal? AvgPrice, string? Code, int? Corrects, decimal? SlippageBps = null);

static class Results
{
    /// <summary><c>ord:results</c> in Redis, oldest first.</summary>
    public static async Task<IReadOnlyList<ResultRow>> FromRedis(string address)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        var entries = await redis.GetDatabase().StreamRangeAsync("ord:results");
        return [.. entries.Select(entry => Of(name => entry[name] is { IsNullOrEmpty: false } value ? (string?)value : null))];
    }

    /// <summary><c>GET /results</c>, page by page: the same stream where there is no Redis.</summary>
    public static async Task<IReadOnlyList<ResultRow>> FromRest(JsonCaller rest)
    {
        var rows = new List<ResultRow>();
        for (string? after = null; ;)
        {
            var page = await rest.Get("/results?limit=1000" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"));
            if (page.Status != 200) throw new HttpRequestException($"GET /results: {page}");
            var items = page.Json.GetProperty("items").EnumerateArray().ToArray();
            rows.AddRange(items.Select(item => Of(name => item.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? Ledger.Text(item, name) : null)));
            after = page.Text("next_after");
            if (items.Length == 0 || after is null or "null") return rows;
        }
    }

    static ResultRow Of(Func<string, string?> field) => new(field("result_id")!, field("intent_id")!, int.Parse(field("seq")!, CultureInfo.InvariantCulture), field("status")!,
        decimal.Parse(field("filled_qty")!, CultureInfo.InvariantCulture), field("avg_price") is { } price ? decimal.Parse(price, CultureInfo.InvariantCulture) : null,
        field("code"), field("corrects") is { } corrects ? int.Parse(corrects, CultureInfo.InvariantCulture) : null,
        field("slippage_bps") is { } slippage ? decimal.Parse(slippage, CultureInfo.InvariantCulture) : null);
}

sealed record JournalOrder(string IntentId, string ClientOrderId, string? OrderId, decimal FilledQty, string Status, bool Final, string? Code)
{
    public string? Purpose { get; init; }
    public decimal? AvgPrice { get; init; }
    public decimal? SlippageBps { get; init; }
    public decimal? MidAtSend { get; init; }
}

sealed record JournalFill(string IntentId, string ClientOrderId, string Market, string Symbol, string TradeId, decimal Qty, decimal Price)
{
    public string Key { get; init; } = "";
    public string Side { get; init; } = "";
    public decimal? SlippageBps { get; init; }
    public decimal? MidAtSend { get; init; }
    public string? BookTop3 { get; init; }
}

sealed record JournalMarkout(string FillKey, int Seconds, decimal Price, string Side, decimal? Mid, decimal? Bps, string? Reason);

sealed record JournalEvent(string IntentId, string Type);

sealed record Journal(IReadOnlyList<JournalOrder> Orders, IReadOnlyList<JournalFill> Fills, IReadOnlyList<JournalEvent> Events)
{
    public IReadOnlyList<JournalMarkout> Markouts { get; init; } = [];

    /// <summary>The record as all files together tell it: replicas share one queue of records, and each writes what it takes into a file of its own.</summary>
    public static Journal Read(params IReadOnlyList<string> files)
    {
        var (orders, fills, events) = (new List<(string Key, long Seq, JournalOrder Row)>(), new List<(string Key, JournalFill Row)>(), new List<(string Key, JournalEvent Row)>());
        var markouts = new List<JournalMarkout>();
        foreach (var file in files)
        {
            using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            database.Open();
            Rows(database, "SELECT intent_id, client_order_id, order_id, filled_qty, status, final, code, _key, seq, purpose, avg_price, slippage_bps, mid_at_send FROM orders", orders, row => (row.GetString(7), row.GetInt64(8),
                new JournalOrder(row.GetString(0), row.GetString(1), Maybe(row, 2), Amount(row, 3), row.GetString(4), row.GetInt64(5) == 1, Maybe(row, 6)) { Purpose = Maybe(row, 9), AvgPrice = Figure(row, 10), SlippageBps = Figure(row, 11), MidAtSend = Figure(row, 12) }));
            Rows(database, "SELECT intent_id, client_order_id, market, symbol, trade_id, qty, price, _key, side, slippage_bps, mid_at_send, book_top3 FROM fills", fills, row => (row.GetString(7),
                new JournalFill(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Amount(row, 5), Amount(row, 6))
                { Key = row.GetString(7), Side = row.GetString(8), SlippageBps = Figure(row, 9), MidAtSend = Figure(row, 10), BookTop3 = Maybe(row, 11) }));
            Rows(database, "SELECT intent_id, type, _key FROM strategy_events", events, row => (row.GetString(2), new JournalEvent(row.GetString(0), row.GetString(1))));
            Rows(database, "SELECT fill_id, horizon_s, price, side, mid, markout_bps, reason FROM markouts", markouts, row =>
                new JournalMarkout(row.GetString(0), row.GetInt32(1), Amount(row, 2), row.GetString(3), Figure(row, 4), Figure(row, 5), Maybe(row, 6)));
        }
        return new Journal(
            [.. orders.GroupBy(row => row.Key).Select(same => same.MaxBy(row => row.Seq).Row)],
            [.. fills.DistinctBy(row => row.Key).Select(row => row.Row)],
            [.. events.DistinctBy(row => row.Key).Select(row => row.Row)]) { Markouts = [.. markouts.DistinctBy(row => (row.FillKey, row.Seconds))] };
    }

    static void Rows<T>(SqliteConnection database, string query, List<T> into, Func<SqliteDataReader, T> read)
    {
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        while (reader.Read()) into.Add(read(reader));
    }

    static string? Maybe(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    static decimal? Figure(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Amount(row, column);
    static decimal Amount(SqliteDataReader row, int column) => decimal.Parse(row.GetString(column), CultureInfo.InvariantCulture);
}

sealed record RestOrder(string IntentId, string Status, decimal Qty, decimal FilledQty, decimal? AvgPrice, string? Code, bool Final, decimal? SlippageBps = null);

static class RestOrders
{
    /// <summary><c>GET /orders</c>, page by page.</summary>
    public static async Task<IReadOnlyList<RestOrder>> Read(JsonCaller rest)
    {
        var rows = new List<RestOrder>();
        for (string? cursor = null; ;)
        {
            var page = await rest.Get("/orders?limit=500" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"));
            if (page.Status != 200) throw new HttpRequestException($"GET /orders: {page}");
            rows.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(row => new RestOrder(Ledger.Text(row, "intent_id"), Ledger.Text(row, "status"), Ledger.Amount(row, "qty"), Ledger.Amount(row, "filled_qty"),
                row.TryGetProperty("avg_price", out var price) && price.ValueKind is not JsonValueKind.Null ? Ledger.Amount(row, "avg_price") : null,
                row.TryGetProperty("code", out var code) ? code.GetString() : null, row.GetProperty("final").GetBoolean(),
                row.TryGetProperty("slippage_bps", out var slippage) && slippage.ValueKind is not JsonValueKind.Null ? Ledger.Amount(row, "slippage_bps") : null)));
            cursor = page.Text("next_cursor");
            if (cursor is null or "null") return rows;
        }
    }
}
