using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.System.Tests.Check;

/// <summary>The record as ArangoDB tells it over HTTP, batch by batch.</summary>
static class ArangoRows
{
    public static async Task<Journal> Read(Uri server, string database)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server, $"/_db/{database}/_api/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"root:{ArangoProcess.Password}")));
        return new Journal(
            [.. (await All(http, "orders")).Select(Order)], [.. (await All(http, "fills")).Select(Fill)], [.. (await All(http, "strategy_events")).Select(row => new JournalEvent(Text(row, "intent_id")!, Text(row, "type")!))])
        {
            Markouts = [.. (await All(http, "markouts")).Select(Markout)],
        };
    }

    static JournalOrder Order(JsonElement row) => new(Text(row, "intent_id")!, Text(row, "client_order_id")!, Text(row, "order_id"), Ledger.Amount(row, "filled_qty"), Text(row, "status")!, row.GetProperty("final").GetBoolean(), Text(row, "code"))
    {
        Purpose = Text(row, "purpose"), AvgPrice = Figure(row, "avg_price"), SlippageBps = Figure(row, "slippage_bps"), MidAtSend = Figure(row, "mid_at_send"),
    };

    static JournalFill Fill(JsonElement row) => new(Text(row, "intent_id")!, Text(row, "client_order_id")!, Text(row, "market")!, Text(row, "symbol")!, Text(row, "trade_id")!, Ledger.Amount(row, "qty"), Ledger.Amount(row, "price"))
    {
        Key = Text(row, "_key")!, Side = Text(row, "side")!, SlippageBps = Figure(row, "slippage_bps"), MidAtSend = Figure(row, "mid_at_send"),
        BookTop3 = Text(row, "book_top3"),
    };

    static JournalMarkout Markout(JsonElement row) =>
        new(Text(row, "fill_id")!, row.GetProperty("horizon_s").GetInt32(), Ledger.Amount(row, "price"), Text(row, "side")!, Figure(row, "mid"), Figure(row, "markout_bps"), Text(row, "reason"));

    static async Task<List<JsonElement>> All(HttpClient http, string collection)
    {
        var rows = new List<JsonElement>();
        for (string? id = null; ;)
        {
            using var answer = id is null
                ? await http.PostAsJsonAsync("cursor", new { query = "FOR row IN @@collection SORT row._key RETURN row", batchSize = 500, bindVars = new Dictionary<string, string> { ["@collection"] = collection } })
                : await http.PostAsync($"cursor/{id}", null);
            answer.EnsureSuccessStatusCode();
            var batch = await answer.Content.ReadFromJsonAsync<JsonElement>();
            rows.AddRange(batch.GetProperty("result").EnumerateArray());
            if (!batch.GetProperty("hasMore").GetBoolean()) return rows;
            id = batch.GetProperty("id").GetString();
        }
    }

    static decimal? Figure(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Null } ? null : Ledger.Amount(row, name);
    static string? Text(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
