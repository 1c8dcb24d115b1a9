using System.Text.Json.Nodes;
using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>How long a filled futures quantity stands without its stop: from the fill at the exchange to the stop's arrival there.</summary>
static class ProtectionFigures
{
    const double Pace = 5;

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false);
        var mids = (await on.Venue.Get("/sim/market")).Json.EnumerateArray().Where(row => row.GetProperty("venue").GetString() == "FUT")
            .ToDictionary(row => row.GetProperty("symbol").GetString()!, row => decimal.Parse(row.GetProperty("mid").ToString(), null));
        var symbols = mids.Keys.Order().ToArray();
        await Batch("wu", symbols.Length * 5);
        var (ids, naked) = await Batch("pr", asked.Intents ?? 180);
        return Table.Show("Protection after a fill", [Figure.AtMost("fill -> stop at the exchange, p95", "ms", naked.Percentile(0.95), 250), new Figure("fill -> stop at the exchange, p50", "ms", naked.Percentile(0.5)), new Figure("p99", "ms", naked.Percentile(0.99))], asked,
            [$"{naked.Count} of {ids} futures MARKET entries with post_fill_actions.stop_loss, {Pace}/s, no injected fault."]);

        async Task<(int, Samples)> Batch(string prefix, int intents)
        {
            var ids = Enumerable.Range(0, intents).Select(number => $"{prefix}-{Environment.ProcessId}-{number:d4}").ToArray();
            await Pacer.Publish(Pace, ids, id =>
            {
                var symbol = symbols[int.Parse(id[^4..], null) % symbols.Length];
                return on.Bus.Publish(new JsonObject
                {
                    ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = symbol, ["side"] = "BUY", ["qty"] = Quantity(symbol), ["type"] = "MARKET",
                    ["post_fill_actions"] = new JsonObject { ["stop_loss"] = new JsonObject { ["trigger_px"] = Stop(symbol) } },
                }, Form.Raw);
            });
            IReadOnlyDictionary<string, (long Fill, long Stop)> seen = new Dictionary<string, (long, long)>();
            await Until.Done("every entry is protected", async () =>
            {
                seen = await Seen(ids);
                return seen.Count == ids.Length ? null : $"{ids.Length - seen.Count} are not";
            });
            return (ids.Length, new Samples(seen.Values.Select(pair => (pair.Stop - pair.Fill) / 1000.0)));
        }

        string Quantity(string symbol) => mids[symbol] switch { > 10_000 => "0.004", > 100 => "0.05", _ => "1000" };
        string Stop(string symbol) => decimal.Round(mids[symbol] * 0.98m, mids[symbol] > 100 ? 1 : 4).ToString(global::System.Globalization.CultureInfo.InvariantCulture);

        async Task<IReadOnlyDictionary<string, (long Fill, long Stop)>> Seen(string[] ids)
        {
            var trades = await on.Trades();
            var arrivals = (await on.Venue.Get("/sim/arrivals")).Json.EnumerateArray().Where(row => row.GetProperty("path").GetString() == "/fapi/v1/algoOrder")
                .Select(row => (Id: row.GetProperty("clientOrderId").GetString()!, At: row.GetProperty("atUs").GetInt64())).ToArray();
            var seen = new Dictionary<string, (long, long)>();
            foreach (var id in ids)
            {
                var own = ClientOrderIds.Intent(id);
                var fills = trades.Where(trade => trade.GetProperty("clientOrderId").GetString()!.StartsWith(own, StringComparison.Ordinal)).Select(trade => trade.GetProperty("timeUs").GetInt64()).ToArray();
                var stops = arrivals.Where(row => row.Id.StartsWith(own, StringComparison.Ordinal)).Select(row => row.At).ToArray();
                if (fills.Length > 0 && stops.Length > 0) seen[id] = (fills.Max(), stops.Min());
            }
            return seen;
        }
    }
}
