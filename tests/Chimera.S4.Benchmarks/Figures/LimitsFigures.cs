using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.Benchmarks.Measure;
using Chimera.S4.Benchmarks.Report;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.Benchmarks.Figures;

/// <summary>More intents than the exchange allows orders, with Binance's own limits: the router has to find the exchange's rate by itself, and not by being refused.</summary>
static class LimitsFigures
{
    const double Seconds = 20;
    static readonly int[] TooMuch = [-1003, -1015];     // answered with 429 or 418

    /// <summary>One market's orders. Spot counts those that have not filled, so there they rest; futures count all.</summary>
    /// <param name="Window">Of the limit that is met first, aligned to the clock.</param>
    /// <param name="Most">Orders that the exchange allows in it.</param>
    sealed record Flood(string Market, string Orders, double Pace, TimeSpan Window, int Most, Func<int, JsonObject> Intent);

    static readonly Flood[] Floods =
    [
        new("SPOT", "LIMIT orders that rest", 20, TimeSpan.FromSeconds(10), 100, number => number % 2 == 0
            ? new() { ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.001", ["type"] = "LIMIT", ["price"] = "80000" }
            : new() { ["symbol"] = "ETHUSDT", ["side"] = "BUY", ["qty"] = "0.01", ["type"] = "LIMIT", ["price"] = "2500" }),
        new("FUT", "MARKET orders", 40, TimeSpan.FromSeconds(10), 300,
            // In turn, so that the position comes to zero with every second fill while hundreds wait.
            number => new() { ["symbol"] = "BTCUSDT", ["side"] = number % 2 == 0 ? "BUY" : "SELL", ["qty"] = "0.002", ["type"] = "MARKET" }),
    ];

    public static async Task<int> Run(Arguments asked)
    {
        await using var on = await Deployment.Start(withFloor: false, limits: "x1");
        var figures = new List<Figure>();
        foreach (var flood in Floods) figures.AddRange(await Of(on, flood, asked.Intents ?? (int)(flood.Pace * Seconds)));
        return Table.Show("Exchange limits x1: Binance's own", figures, asked,
        [
            .. Floods.Select(flood => $"{flood.Market}: {flood.Orders}, {flood.Pace}/s published for {Seconds} s, where {flood.Most} in {flood.Window.TotalSeconds} s are allowed."),
            "S4 uses at most 80 % of a limit for orders that add exposure; the rest is for cancels, protection and what it does not know of.",
        ], floor: "allowed");
    }

    static async Task<IEnumerable<Figure>> Of(Deployment on, Flood flood, int intents)
    {
        var ids = Enumerable.Range(0, intents).Select(number => $"lim-{flood.Market}-{Environment.ProcessId}-{number:d6}").ToArray();
        var names = ids.Select(ClientOrderIds.First).ToHashSet(StringComparer.Ordinal);
        var (refused, held) = (await Refused(on), await HeldBack(on));
        var sent = await Pacer.Publish(flood.Pace, ids, id =>
        {
            var intent = flood.Intent(int.Parse(id[^6..], CultureInfo.InvariantCulture));
            (intent["intent_id"], intent["market"]) = (id, flood.Market);
            return on.Bus.Publish(intent, Form.Raw);
        });
        JsonElement[] placed = [];
        await Until.Done($"{intents} orders are placed", async () =>
        {
            placed = [.. (await Ledger(on, "orders")).Where(order => names.Contains(order.GetProperty("clientOrderId").GetString()!))];
            return placed.Length == intents ? null : $"{placed.Length} are";
        }, TimeSpan.FromMinutes(5));
        var windows = placed.ToLookup(order => Time(order) / (long)flood.Window.TotalMilliseconds);
        var (first, last) = (windows.Min(window => window.Key), windows.Max(window => window.Key));
        int[] orders = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(window => windows[first + window].Count())];
        Console.WriteLine($"  {flood.Market}: orders in each {flood.Window.TotalSeconds} s: {string.Join(", ", orders)}");
        // In the first and the last one it was not held back all the time.
        var (pressed, allowed) = ((orders.Length > 2 ? orders[1..^1] : orders).Average() / flood.Window.TotalSeconds, flood.Most / flood.Window.TotalSeconds);
        return
        [
            Figure.AtLeast($"{flood.Market}: orders while more wait", "/s", pressed, allowed * 0.7, allowed),
            Figure.AtMost($"{flood.Market}: orders in the fullest {flood.Window.TotalSeconds} s", "", orders.Max(), flood.Most, flood.Most),
            Figure.AtMost($"{flood.Market}: requests that the exchange answered with 429 or 418", "", await Refused(on) - refused, 0),
            new Figure($"{flood.Market}: requests that the router's own budget held back", "", await HeldBack(on) - held),
            Figure.AtLeast($"{flood.Market}: intents whose order came to be, exactly one each", "%", placed.Length == names.Count ? 100 : 0, 100),
            new Figure($"{flood.Market}: last published -> last order at the exchange", "s", placed.Max(Time) / 1000.0 - sent.Values.Max() / 1e6),
        ];
    }

    static long Time(JsonElement order) => order.GetProperty("time").GetInt64();

    static async Task<IEnumerable<JsonElement>> Ledger(Deployment on, string part) => (await on.Venue.Get("/sim/ledger")).Json.GetProperty(part).EnumerateArray();

    static async Task<int> Refused(Deployment on) => (await Ledger(on, "rejects")).Count(reject => TooMuch.Contains(reject.GetProperty("code").GetInt32()));

    static async Task<double> HeldBack(Deployment on)
    {
        using var http = new JsonCaller(on.Routers[0].Address);
        return Exposition.Read((await http.Get("/metrics")).Body).Sum("s4_venue_rate_refused_total");
    }
}
