using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Health;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Live;

/// <summary>One look at the router for all watchers: the newest intents, all that are open or unknown, and how the gates, the queues and the router are.</summary>
sealed class LiveLook(RouterClient router, RouterHealth health, LiveBoard board, IOptions<RestAdapterOptions> options)
{
    /// <summary>Rows of the newest intents; of each open state; of those unknown, which come first on a page and of which none is to be missed.</summary>
    public const int Newest = 200, OfOpenState = 100, OfUnknown = 500;
    const int AlertsShown = 20, AlertsAtOnce = 1000, LookUps = 20, LatelyKept = 100, SlowEvery = 3;

    static readonly (string State, int Limit)[] Open = [("UNKNOWN", OfUnknown), ("ACCEPTED", OfOpenState), ("NEW", OfOpenState), ("PARTIALLY_FILLED", OfOpenState)];

    readonly Queue<IntentSummary> lately = new();      // have ended since they were shown, and are too old to be among the newest
    Alert[] alerts = [];
    string? alertsRead;
    long looks;

    public async Task Take(CancellationToken stop)
    {
        try
        {
            await Task.WhenAll([Intents(stop), Gates(stop), .. looks++ % SlowEvery == 0 ? [Queues(stop), Alerts(stop), Health(stop)] : Array.Empty<Task>()]);
            board.Show("router", new { answers = true, code = (string?)null, detail = (string?)null });
        }
        catch (RouterUnreachableException silent)
        {
            looks = 0;      // and everything anew once it answers
            board.Show("router", new { answers = false, code = silent.Code, detail = silent.Message });
            await Health(stop);
        }
    }

    async Task Intents(CancellationToken stop)
    {
        var pages = await Task.WhenAll([List(null, Newest, stop), .. Open.Select(open => List(open.State, open.Limit, stop))]);
        // The pages are not of one instant: an intent that is on two is as the later one has it.
        var seen = pages.SelectMany(page => page.Items).GroupBy(row => row.IntentId).ToDictionary(same => same.Key, same => same.MaxBy(row => row.UpdatedAt)!);
        await Missed(seen, stop);
        board.Show(seen.Values);
        board.Show("window", new { newest = Newest, has_older = pages[0].NextCursor is not null, has_more_open = pages.Skip(1).Any(page => page.NextCursor is not null) });
    }

    // Was open, is on no page any more, and would vanish from the screen in the state that it has just left.
    async Task Missed(Dictionary<string, IntentSummary> seen, CancellationToken stop)
    {
        foreach (var row in board.Rows.Where(row => !row.Final && row.Status is not "FILLED" && !seen.ContainsKey(row.IntentId)).Take(LookUps))
        {
            if (lately.Any(known => known.IntentId == row.IntentId) || await router.Find(row.IntentId, options.Value.ReadBound, stop) is not { } view) continue;
            lately.Enqueue(view.Intent);
            if (lately.Count > LatelyKept) lately.Dequeue();
        }
        foreach (var row in lately) seen.TryAdd(row.IntentId, row);
    }

    async Task Gates(CancellationToken stop) => board.Show("gates", await Ask<GetGates, GatesView>(new GetGates(), stop));

    async Task Queues(CancellationToken stop) => board.Show("queues", await Ask<GetQueues, QueuesView>(new GetQueues(), stop));

    async Task Health(CancellationToken stop) => board.Show("health", await health.Report(stop));

    async Task Alerts(CancellationToken stop)
    {
        for (var isMore = true; isMore;)
        {
            var page = await Ask<ListAlerts, AlertsPage>(new ListAlerts { After = alertsRead, Limit = AlertsAtOnce }, stop);
            alerts = [.. alerts.Concat(page.Items).TakeLast(AlertsShown)];
            (alertsRead, isMore) = (page.NextAfter ?? alertsRead, page.Items.Length == AlertsAtOnce);
        }
        board.Show("alerts", new { items = alerts.Reverse() });
    }

    Task<IntentPage> List(string? state, int limit, CancellationToken stop) => Ask<ListIntents, IntentPage>(new ListIntents { State = state, Limit = limit }, stop);

    Task<TAnswer> Ask<TQuery, TAnswer>(TQuery query, CancellationToken stop) where TQuery : class where TAnswer : class =>
        router.Ask<TQuery, TAnswer>(query, options.Value.ReadBound, stop);
}
