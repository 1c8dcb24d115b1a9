using System.Net.Http.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Spectre.Console;

namespace Chimera.S4.Router.Demo;

/// <summary>Starts the router, sends a set of intents over its own REST adapter, shows them live and as a closing table.</summary>
static class DemoRun
{
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200), StartBound = TimeSpan.FromSeconds(60), Longest = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(WebApplication app, bool exit)
    {
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        AnsiConsole.MarkupLineInterpolated($"Chimera S4 listens on [bold]{address}[/]; paper exchange, nothing leaves this machine.");
        var ended = await Trade(app, new HttpClient { BaseAddress = new Uri(address) });
        AnsiConsole.MarkupLineInterpolated($"Orders: {address}/orders  Health: {address}/health  API: {address}/openapi/v1.json");
        if (exit) await app.StopAsync();
        else
        {
            AnsiConsole.MarkupLine("Running; Ctrl+C ends it.");
            await app.WaitForShutdownAsync();
        }
        return ended && Environment.ExitCode == 0 ? 0 : Hosting.ExitCodes.Failed;
    }

    static async Task<bool> Trade(WebApplication app, HttpClient http)
    {
        var (gate, clock, facts) = (app.Services.GetRequiredService<StartupGate>(), app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<IMarketFacts>());
        var started = clock.GetTimestamp();
        await AnsiConsole.Status().StartAsync("starting", async status =>
        {
            while (!gate.IsReady && clock.GetElapsedTime(started) < StartBound && !app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                status.Status(gate.Stage);
                await Task.Delay(Refresh, clock);
            }
        });
        if (!gate.IsReady) return false;

        var plan = DemoIntents.Plan(clock.GetUtcNow().ToString("HHmmss"), (market, symbol) =>
            facts.Quote(market == "SPOT" ? Chimera.S4.Orders.Market.Spot : Chimera.S4.Orders.Market.Fut, symbol)?.Mid ?? throw new InvalidOperationException($"no price of {symbol} on {market}"));
        var seen = new Dictionary<string, IntentSummary>();
        var begun = clock.GetTimestamp();
        var canceled = new HashSet<string>();
        await AnsiConsole.Live(DemoScreen.Draw(plan, seen)).StartAsync(async live =>
        {
            foreach (var item in plan) await Post(http, item);
            while (plan.Any(item => !seen.TryGetValue(item.Intent.IntentId!, out var now) || !now.Final) && clock.GetElapsedTime(begun) < Longest)
            {
                foreach (var item in plan.Where(item => item.CancelAfter is { } after && clock.GetElapsedTime(begun) > after && canceled.Add(item.Intent.IntentId!)))
                    await http.PostAsJsonAsync("/cancel", new CancelRequest { IntentId = item.Intent.IntentId, Reason = "DEMO" });
                var page = await http.GetFromJsonAsync<IntentPage>("/orders?limit=100");
                foreach (var intent in page!.Items) seen[intent.IntentId] = intent;
                live.UpdateTarget(DemoScreen.Draw(plan, seen));
                await Task.Delay(Refresh, clock);
            }
        });
        return plan.All(item => seen.ContainsKey(item.Intent.IntentId!));
    }

    static async Task Post(HttpClient http, DemoIntent item)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(item.Intent) };
        request.Headers.Add("Prefer", "wait=0");
        using var answer = await http.SendAsync(request);
    }
}
