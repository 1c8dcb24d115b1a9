using System.Net.Http.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Hosting;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Spectre.Console;

namespace Chimera.S4.Router.Demo;

/// <summary>Starts the router, sends a set of intents over its own REST adapter, shows them live and as a closing table.</summary>
static class DemoRun
{
    const int WidthOfAFile = 160;
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200), StartBound = TimeSpan.FromSeconds(60), Longest = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(WebApplication app, bool exit)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfAFile;
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        AnsiConsole.MarkupLineInterpolated($"Chimera S4 listens on [bold]{address}[/]; the exchange is a simulator, nothing leaves this machine.");
        var ended = await Ready(app) && await Trade(app, new HttpClient { BaseAddress = new Uri(address) });
        AnsiConsole.MarkupLineInterpolated($"Look: {address}/  {address}/orders  {address}/results  {address}/health  {address}/openapi/v1.json");
        if (exit || !ended) await app.StopAsync();
        else
        {
            AnsiConsole.MarkupLine("Running; Ctrl+C ends it.");
            await app.WaitForShutdownAsync();
        }
        return ended && Environment.ExitCode == 0 ? 0 : ExitCodes.Failed;
    }

    static async Task<bool> Ready(WebApplication app)
    {
        var (gate, clock) = (app.Services.GetRequiredService<StartupGate>(), app.Services.GetRequiredService<TimeProvider>());
        var started = clock.GetTimestamp();
        await AnsiConsole.Status().StartAsync("starting", async status =>
        {
            while (!gate.IsReady && clock.GetElapsedTime(started) < StartBound && !app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                status.Status(gate.Stage);
                await Task.Delay(Refresh, clock);
            }
        });
        return gate.IsReady;
    }

    static async Task<bool> Trade(WebApplication app, HttpClient http)
    {
        var (clock, facts) = (app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<IMarketFacts>());
        var plan = DemoIntents.Plan(clock.GetUtcNow().ToString("HHmmss"), (market, symbol) =>
            facts.Quote(market == Words.Of(Market.Spot) ? Market.Spot : Market.Fut, symbol)?.Mid ?? throw new InvalidOperationException($"no price of {symbol} on {market}"));
        var seen = new Dictionary<string, IntentSummary>();
        var sending = SendAll(http, plan, clock);
        if (Console.IsOutputRedirected) await Follow(http, plan, seen, clock, changed => AnsiConsole.WriteLine(DemoScreen.Line(changed)));
        else await AnsiConsole.Live(DemoScreen.Draw(plan, seen)).AutoClear(true).StartAsync(live => Follow(http, plan, seen, clock, _ => live.UpdateTarget(DemoScreen.Draw(plan, seen))));
        await sending;
        AnsiConsole.Write(DemoScreen.Draw(plan, seen));
        return plan.All(item => seen.ContainsKey(item.Intent.IntentId!));
    }

    static async Task Follow(HttpClient http, IReadOnlyList<DemoIntent> plan, Dictionary<string, IntentSummary> seen, TimeProvider clock, Action<IntentSummary> changed)
    {
        var begun = clock.GetTimestamp();
        while (plan.Any(item => !seen.TryGetValue(item.Intent.IntentId!, out var now) || !now.Final) && clock.GetElapsedTime(begun) < Longest)
        {
            var page = await http.GetFromJsonAsync<IntentPage>("/orders?limit=100");
            foreach (var intent in page!.Items.Where(intent => plan.Any(item => item.Intent.IntentId == intent.IntentId) && seen.GetValueOrDefault(intent.IntentId) != intent))
            {
                seen[intent.IntentId] = intent;
                changed(intent);
            }
            await Task.Delay(Refresh, clock);
        }
    }

    static async Task SendAll(HttpClient http, IReadOnlyList<DemoIntent> plan, TimeProvider clock)
    {
        foreach (var item in plan)
        {
            // Each is answered before the next goes: a reduce-only order needs the position that the one before it opened.
            using var answer = await http.PostAsJsonAsync("/orders", item.Intent);
            if (item.CancelAfter is not { } after) continue;
            await Task.Delay(after, clock);
            using var canceled = await http.PostAsJsonAsync("/cancel", new CancelRequest { IntentId = item.Intent.IntentId, Reason = "DEMO" });
        }
    }
}
