using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Venues;
using MassTransit;

namespace Chimera.S4.Router.Queries;

/// <summary>Spec §2.1. The names of the checks are the specification's, whichever store stands behind them; the detail says which.</summary>
public sealed class GetHealthConsumer(IOrderStore store, IJournal journal, IEnumerable<IVenue> venues, IMarketFacts facts, StartupGate gate, IBusControl bus, ConsumerWatch watch, GateBoard gates, RouteTable curves, SweepRecord sweeps, Answers answers) : IConsumer<GetHealth>
{
    const string Ok = "OK", Degraded = "DEGRADED", Down = "DOWN";
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<GetHealth> context)
    {
        HealthCheck[] checks =
        [
            await Answers("redis", store.GetType().Name, Down, store.Ping),
            await Answers("arango", journal.GetType().Name, Degraded, journal.Ping),
            Exchange(await Agreement()),
            await Breakers(),
            Curves(),
            Bus(),
        ];
        var worst = checks.Any(check => check.Status == Down) ? Down : checks.Any(check => check.Status == Degraded) ? Degraded : Ok;
        await answers.Send(context, new HealthReport { Status = worst, Checks = checks });
    }

    async Task<HealthCheck> Breakers()
    {
        var state = await Lately();
        if (state.IsUnreadable) return new HealthCheck { Name = "cb_state", Status = Degraded, Detail = "cannot be read; new exposure is paused" };
        var worst = state.Spot > state.Fut ? state.Spot : state.Fut;
        return new HealthCheck { Name = "cb_state", Status = worst is BreakerState.Closed ? Ok : Degraded, Detail = $"{Words.Of(worst)}{(state.IsKilled ? "; the kill switch is on" : "")}" };
    }

    async Task<GateState> Lately()
    {
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            return await gates.Lately(bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            return GateState.Unreadable;
        }
    }

    HealthCheck Curves()
    {
        var refused = curves.Problems.OrderBy(problem => problem.Key).Select(problem => $"; {problem.Key}: {problem.Value}").ToArray();
        return new HealthCheck { Name = "route_rev", Status = refused.Length == 0 ? Ok : Degraded, Detail = $"{curves.Rev}{string.Concat(refused)}" };
    }

    static async Task<HealthCheck> Answers(string name, string detail, string otherwise, Func<CancellationToken, Task> ping)
    {
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            await ping(bound.Token).WaitAsync(Bound);
            return new HealthCheck { Name = name, Status = Ok, Detail = detail };
        }
        catch (Exception failure)
        {
            return new HealthCheck { Name = name, Status = otherwise, Detail = $"{detail}: {failure.Message}" };
        }
    }

    /// <summary>How well the last sweeps found open orders and S4's beliefs to agree (spec §7); null: none was made yet. Told and not judged: a single orphan is being repaired, and has its alert.</summary>
    async Task<string?> Agreement()
    {
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            var report = await sweeps.Read(venues.Select(venue => Words.Of(venue.Market)), bound.Token).WaitAsync(Bound);
            return report.Jaccard is { } ratio ? $"jaccard {DecimalJson.Format(Math.Round(ratio, 9))}" : null;
        }
        catch (Exception failure) when (failure is StoreUnavailableException or TimeoutException or OperationCanceledException)
        {
            // That the store is away is what its own check tells.
            return null;
        }
    }

    HealthCheck Exchange(string? agreement)
    {
        var silent = venues.Where(venue => venue.StreamReconciledSince is null || !facts.HasInstruments(venue.Market)).Select(venue => venue.Market.ToString()).ToArray();
        if (silent.Length == 0) return new HealthCheck { Name = "exch", Status = Ok, Detail = agreement };
        var detail = $"no reconciled user stream: {string.Join(", ", silent)}; {gate.Stage}";
        return new HealthCheck { Name = "exch", Status = silent.Length == venues.Count() ? Down : Degraded, Detail = agreement is null ? detail : $"{detail}; {agreement}" };
    }

    HealthCheck Bus()
    {
        if (watch.Problem is { } problem) return new HealthCheck { Name = "bus", Status = Degraded, Detail = problem };
        var health = bus.CheckHealth();
        return new HealthCheck { Name = "bus", Status = health.Status is BusHealthStatus.Healthy ? Ok : Degraded, Detail = health.Description };
    }
}
