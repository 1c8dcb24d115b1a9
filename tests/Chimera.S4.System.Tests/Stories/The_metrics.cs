using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What a running router says at <c>/metrics</c>, beside its table in <c>infra/docs/metrics.md</c>, the rules and the dashboard that read it, and the exchange's ledger.</summary>
[Trait("Category", "Services")]
public sealed partial class The_metrics
{
    static readonly string Infra = Path.Combine(Executables.Root, "infra");

    [Fact]
    public Task Are_those_of_their_table_and_their_figures_are_true() => World.Service(async world =>
    {
        foreach (var market in new[] { "SPOT", "FUT" }) await Filled(world, Intent($"taken-{market}", market, "0.02"));
        await Filled(world, Intent("patient", "SPOT", "0.02", ("exec_policy", new JsonObject { ["maker_then_taker"] = new JsonObject { ["wait_ms"] = 200 } })));
        await Filled(world, Intent("sliced", "FUT", "0.04", ("exec_policy", new JsonObject { ["twap"] = new JsonObject { ["slices"] = 2, ["gap_ms"] = 200 } })));
        await Filled(world, Intent("protected", "SPOT", "0.02", ("exec_policy", new JsonObject { ["oco"] = new JsonObject { ["tp_px"] = "95000", ["sl_px"] = "88000" } })));
        await world.Rest.Post("/orders", Intent("rich", "SPOT", "110", ("type", "LIMIT"), ("price", "80000")), 0);
        await Until.True("most of the account is promised", async () => await Ledger.OrdersOf(world.Venue, "rich") is [{ Status: "NEW" }]);
        var poor = await world.Rest.Post("/orders", Intent("poor", "SPOT", "110", ("type", "LIMIT"), ("price", "80000")), 60);
        Assert.True((poor.Status, poor.Text("code")) == (200, "INSUFFICIENT_BALANCE"), poor.ToString());
        Assert.Equal(422, (await world.Rest.Post("/orders", Intent("dust", "SPOT", "0.00001"), 60)).Status);
        // Nothing says it like a message that nobody can read.
        await world.Bus.PublishBytes("order-intent", "no JSON"u8.ToArray(), "application/json");
        await Until.True("the exits stand", async () => (await Ledger.OrdersOf(world.Venue, "protected")).Count(order => order.Status == "NEW") == 2);

        var ledger = await Ledger.Read(world.Venue);
        var sent = ledger.Orders.Count(Witnesses.Ours);
        var taken = ledger.Trades.Where(trade => ledger.Orders.Any(order => order.ClientOrderId == trade.ClientOrderId && Witnesses.Ours(order))).Sum(trade => trade.Price * trade.Qty);
        Exposition seen = null!;
        await Until.Done("the figures are those of the ledger", async () =>
        {
            seen = await Read(world.Rest);
            // The list of exits is one request and two orders; the one without balance is a request and no order.
            return Differences(("placements", sent - 1 + 1, seen.Sum("s4_placements_total")), ("refused for balance", 1, seen.Sum("s4_rejections_total", "code=\"INSUFFICIENT_BALANCE\"")),
                ("refusals", 1, seen.Sum("s4_rejections_total")), ("value", (double)taken, Math.Round(seen.Sum("s4_fills_notional_usdt_total"), 6)), ("value that took", (double)taken, Math.Round(seen.Sum("s4_fills_notional_usdt_total", "liquidity=\"taker\""), 6)),
                ("accepted", 7, seen.Sum("s4_intents_total", "outcome=\"accepted\"")), ("denied", 1, seen.Sum("s4_intents_total", "outcome=\"denied\"", "code=\"BELOW_MIN_NOTIONAL\"")), ("unavailable", 0, seen.Sum("s4_intents_total", "outcome=\"unavailable\"")),
                ("first answers", 7, seen.Sum("router_submit_latency_ms_count")), ("maker windows", 1, seen.Sum("maker_fill_ratio_count")), ("made in them", 0, seen.Sum("maker_fill_ratio_sum")),
                ("slices", 2, seen.Sum("twap_slice_fill_ratio_count")), ("filled of them", 2, seen.Sum("twap_slice_fill_ratio_sum")), ("slices that wait", 0, seen.Sum("twap_backlog")), ("slippages", 5, seen.Sum("slippage_bps_count")),
                ("armed", 1, seen.Sum("s4_events_total", "type=\"OCO_ARMED\"")), ("fallen back", 0, seen.Sum("s4_events_total", "type=\"OCO_FALLBACK\"")), ("naked times", 1, seen.Sum("guard_naked_ms_count")), ("naked now", 0, seen.Sum("s4_naked_orders")),
                ("unread", 1, seen.Sum("s4_queue_failed", "queue=\"s4-intents\"")), ("consumers", 1, seen.Sum("s4_queue_consumers", "queue=\"s4-orders\"")), ("breakers", 0, seen.Sum("s4_breaker_state")), ("kill switch", 0, seen.Sum("s4_kill_switch")),
                ("UNKNOWN", 0, seen.Sum("s4_unknown_orders")), ("live", 2, seen.Sum("s4_orders_live")), ("posts", 6, seen.Sum("http_server_request_duration_seconds_count", "http_route=\"/orders\"", "http_request_method=\"POST\"", "\"200\"")));
        });
        Assert.InRange(seen.Sum("fee_usdt_total"), (double)taken * 0.0003, (double)taken * 0.0011);        // spot pays 0.1 %, mostly in coins
        Assert.True(seen.Sum("s4_stream_age_seconds", "market=\"FUT\"") > 0);
        await Until.Done("the residual sweep is told", async () => (seen = await Read(world.Rest)).Types.ContainsKey("s4_sweep_jaccard") ? null : "it is not");

        var rows = Rows();
        Assert.Equal([], rows.Where(row => !row.IsOnceSeen && !seen.Types.ContainsKey(row.Metric)).Select(row => row.Metric));
        Assert.Equal([], seen.Types.Keys.Where(metric => !Foreign().IsMatch(metric)).Except(rows.Select(row => row.Metric)));
        Assert.Equal([], rows.Where(row => seen.Types.TryGetValue(row.Metric, out var type) && type != row.Type).Select(row => $"{row.Metric} is a {seen.Types[row.Metric]}"));

        // What is once seen may not have been; that its name is right is what the table says.
        var known = seen.Types.Keys.Concat(rows.Select(row => row.Metric)).Append("up").ToHashSet();
        Assert.Equal([], Queries().SelectMany(query => MetricsIn(query).Where(metric => !known.Contains(Part().Replace(metric, "")) && !known.Contains(metric)).Select(metric => $"{metric} in {query}")));

        var alone = await Read(world.AdapterRest!);
        Assert.Contains("http_server_request_duration_seconds", alone.Types.Keys);
        Assert.DoesNotContain("s4_intents_total", alone.Types.Keys);
    }, ("S4_SWEEP_EVERY", "2s"), ("S4_MAX_ORDER_QTY", "1000"), ("S4_MAX_ORDER_NOTIONAL", "100000000"));

    static string? Differences(params (string What, double Expected, double Found)[] figures) =>
        figures.Where(figure => Math.Abs(figure.Expected - figure.Found) > 1e-6 * Math.Max(1, figure.Expected)).Select(figure => $"{figure.What}: {figure.Found} instead of {figure.Expected}") is var wrong && wrong.Any() ? string.Join("; ", wrong) : null;

    static async Task Filled(World world, JsonObject intent)
    {
        await world.Rest.Post("/orders", intent, 60);
        var id = (string)intent["intent_id"]!;
        await Until.True($"{id} is filled", async () => (await world.Result(id))?.Text("status") == "FILLED");
    }

    static async Task<Exposition> Read(JsonCaller process)
    {
        var answer = await process.Get("/metrics");
        Assert.Equal(200, answer.Status);
        return Exposition.Read(answer.Body);
    }

    static JsonObject Intent(string id, string market, string qty, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = market, ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = qty };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }

    /// <summary>Of rules, dashboard and table.</summary>
    static IReadOnlyList<string> Queries()
    {
        var rules = Directory.EnumerateFiles(Path.Combine(Infra, "prometheus", "rules")).SelectMany(file => Expression().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToArray();
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Infra, "grafana", "chimera-s4.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!).ToArray();
        var table = File.ReadLines(Path.Combine(Infra, "docs", "metrics.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).SelectMany(line => Code().Matches(line)).Select(match => match.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal))
            .Where(code => code.Contains('(', StringComparison.Ordinal)).ToArray();
        Assert.True(rules.Length > 30 && panels.Length > 30 && table.Length >= 10, $"{rules.Length} rules, {panels.Length} panels, {table.Length} formulas");
        return [.. rules, .. panels, .. table];
    }

    /// <summary>The metrics that a query names; what the rules record themselves has a colon.</summary>
    static IEnumerable<string> MetricsIn(string query) =>
        Word().Matches(NoMetric().Replace(query, " ")).Select(match => match.Value).Where(word => !word.Contains(':', StringComparison.Ordinal) && word.Contains('_', StringComparison.Ordinal) && word != "histogram_quantile").Distinct();

    sealed record Row(string Metric, string Type, bool IsOnceSeen);

    static IReadOnlyList<Row> Rows() => [.. File.ReadLines(Path.Combine(Infra, "docs", "metrics.md")).Select(line => MetricRow().Match(line)).Where(match => match.Success)
        .Select(match => new Row(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value.Contains("once seen", StringComparison.Ordinal)))];

    [GeneratedRegex(@"^\|[^|]+\| `([a-z0-9_]+)` \((counter|gauge|histogram)([^)]*)\) \|")]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"^ +expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"""[^""]*""|\{[^}]*\}|\[[^\]]*\]|\b(by|on) \([^)]*\)")]
    private static partial Regex NoMetric();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Word();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("^(dotnet_|http_server_active|target_info)")]
    private static partial Regex Foreign();
}
