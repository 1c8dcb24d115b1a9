using System.Globalization;
using System.Text.Json;
using Chimera.S4.System.Tests.Callers;
using Microsoft.Data.Sqlite;
using StackExchange.Redis;

namespace Chimera.S4.System.Tests.Check;

// What each witness says, in its own words, read without any type of S4.

sealed record LedgerOrder(string Venue, string Symbol, string OrderId, string ClientOrderId, string Side, decimal OrigQty, decimal ExecutedQty, string Status);
sealed record LedgerTrade(string Venue, string Symbol, string TradeId, string ClientOrderId, string Side, decimal Price, decimal Qty);

sealed record Ledger(IReadOnlyList<LedgerOrder> Orders, IReadOnlyList<LedgerTrade> Trades)
{
    public static async Task<Ledger> Read(VenueCaller venue)
    {
        var json = (await venue.Get("/sim/ledger")).Json;
        return new Ledger(
            [.. json.GetProperty("orders").EnumerateArray().Select(row => new LedgerOrder(Text(row, "venue"), Text(row, "symbol"), Text(row, "orderId"), Text(row, "clientOrderId"), Text(row, "side"), Amount(row, "origQty"), Amount(row, "executedQty"), Text(row, "status")))],
            [.. json.GetProperty("trades").EnumerateArray().Select(row => new LedgerTrade(Text(row, "venue"), Text(row, "symbol"), Text(row, "tradeId"), Text(row, "clientOrderId"), Text(row, "side"), Amount(row, "price"), Amount(row, "qty")))]);
    }

    internal static string Text(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : row.GetProperty(name).GetRawText();
    internal static decimal Amount(JsonElement row, string name) => decimal.Parse(Text(row, name), CultureInfo.InvariantCulture);
}

sealed record ResultRow(string ResultId, string IntentId, int Seq, string Status, decimal FilledQty, decimal? AvgPrice, string? Code, int? Corrects);

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
        field("code"), field("corrects") is { } corrects ? int.Parse(corrects, CultureInfo.InvariantCulture) : null);
}

sealed record JournalOrder(string IntentId, string ClientOrderId, string? OrderId, decimal FilledQty, string Status, bool Final, string? Code);
sealed record JournalFill(string IntentId, string ClientOrderId, string Market, string Symbol, string TradeId, decimal Qty, decimal Price);
sealed record JournalEvent(string IntentId, string Type);

sealed record Journal(IReadOnlyList<JournalOrder> Orders, IReadOnlyList<JournalFill> Fills, IReadOnlyList<JournalEvent> Events)
{
    public static Journal Read(string file)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        database.Open();
        return new Journal(
            Rows("SELECT intent_id, client_order_id, order_id, filled_qty, status, final, code FROM orders", row => new JournalOrder(row.GetString(0), row.GetString(1), Maybe(row, 2), Amount(row, 3), row.GetString(4), row.GetInt64(5) == 1, Maybe(row, 6))),
            Rows("SELECT intent_id, client_order_id, market, symbol, trade_id, qty, price FROM fills", row => new JournalFill(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Amount(row, 5), Amount(row, 6))),
            Rows("SELECT intent_id, type FROM strategy_events", row => new JournalEvent(row.GetString(0), row.GetString(1))));

        List<T> Rows<T>(string query, Func<SqliteDataReader, T> read)
        {
            using var command = database.CreateCommand();
            command.CommandText = query;
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
    }

    static string? Maybe(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    static decimal Amount(SqliteDataReader row, int column) => decimal.Parse(row.GetString(column), CultureInfo.InvariantCulture);
}

sealed record RestOrder(string IntentId, string Status, decimal FilledQty, decimal? AvgPrice, string? Code, bool Final);

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
            rows.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(row => new RestOrder(Ledger.Text(row, "intent_id"), Ledger.Text(row, "status"), Ledger.Amount(row, "filled_qty"),
                row.TryGetProperty("avg_price", out var price) && price.ValueKind is not JsonValueKind.Null ? Ledger.Amount(row, "avg_price") : null,
                row.TryGetProperty("code", out var code) ? code.GetString() : null, row.GetProperty("final").GetBoolean())));
            cursor = page.Text("next_cursor");
            if (cursor is null or "null") return rows;
        }
    }
}
