using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router;

/// <summary>What is counted. Nothing that is swallowed goes uncounted.</summary>
public sealed class RouterMetrics
{
    public const string MeterName = "Chimera.S4.Router";

    readonly Counter<long> placements, rejections, conflicts, foreignEvents, reportsWithoutOrder, needsReview, timersParked, orphans, pricesReached, staleQuotes, curvesRefused;
    readonly Counter<long> breakerMoves, alerts, alertsLost, journalConflicts, repliesGivenUp, probesLost;
    readonly Gauge<double> timersLate;
    readonly Histogram<double> placementMs, nakedMs;

    public RouterMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        placements = meter.CreateCounter<long>("s4.placements", description: "Requests to place an order, by market and outcome");
        rejections = meter.CreateCounter<long>("s4.rejections", description: "Placements that the venue has refused, by market and code");
        placementMs = meter.CreateHistogram<double>("s4.placement.duration", "ms", "From journal to the venue's answer");
        conflicts = meter.CreateCounter<long>("s4.commit.conflicts", description: "Commits that found another version and were decided again");
        needsReview = meter.CreateCounter<long>("s4.placements.needs_review", description: "Placements that could be proven neither way for 15 minutes: an operator has to decide");
        timersParked = meter.CreateCounter<long>("s4.timers.parked", description: "Timers that could not be read and were parked");
        timersLate = meter.CreateGauge<double>("s4.timers.late", "s", "By how much the earliest queued timer is overdue");
        orphans = meter.CreateCounter<long>("s4.orders.orphaned", description: "Open orders with our prefix that no document names");
        foreignEvents = meter.CreateCounter<long>("s4.stream.foreign", description: "User stream events about orders that are not ours");
        reportsWithoutOrder = meter.CreateCounter<long>("s4.reports.without_order", description: "Reports about our prefix whose intent is not stored");
        pricesReached = meter.CreateCounter<long>("s4.guard.reached", description: "Times an order was woken because the price had come to where S4 watches for it");
        journalConflicts = meter.CreateCounter<long>("s4.journal.conflicts", description: "Writes of the record that met another's write of the same document and were repeated");
        staleQuotes = meter.CreateCounter<long>("s4.guard.stale_quotes", description: "Looks at a watched price that found no fresh one, neither on the stream nor by asking");
        breakerMoves = meter.CreateCounter<long>("s4.breaker.moves", description: "Times a venue's circuit breaker came to a state, by market and state");
        alerts = meter.CreateCounter<long>("s4.alerts", description: "Alerts that were raised, by code and level");
        alertsLost = meter.CreateCounter<long>("s4.alerts.lost", description: "Alerts that one of their ways did not take, by code");
        curvesRefused = meter.CreateCounter<long>("s4.curves.refused", description: "Documents of router:curves, or the file of S4_ROUTE_TABLE_PATH, that could not be read and left the last good one in force");
        probesLost = meter.CreateCounter<long>("s4.breaker.probes_lost", description: "Answers to a probe of a half-open breaker that the store did not take");
        repliesGivenUp = meter.CreateCounter<long>("s4.replies.given_up", description: "Answers whose address took nothing for two minutes");
        nakedMs = meter.CreateHistogram<double>("guard.naked_ms", null, "From the first proven fill to the first exit seen standing at the venue, or to the sale");
    }

    /// <summary>A counter that nothing has happened to yet is exposed as 0: a share of nothing is no gap in a curve, and its first step is seen.</summary>
    public void Begin()
    {
        foreach (var counter in new[] { conflicts, reportsWithoutOrder, needsReview, timersParked, pricesReached, journalConflicts, repliesGivenUp, probesLost }) counter.Add(0);
        foreach (var market in Enum.GetValues<Market>().Select(Words.Of))
        {
            foreach (var counter in new[] { foreignEvents, orphans }) counter.Add(0, new KeyValuePair<string, object?>("market", market));
            foreach (var outcome in Enum.GetNames<VenueOutcome>()) placements.Add(0, new("market", market), new("outcome", outcome));
            foreach (var code in new[] { ReasonCode.InsufficientBalance, ReasonCode.InsufficientMargin, ReasonCode.VenueRejected }) rejections.Add(0, new("market", market), new("code", code.Text()));
            foreach (var state in Enum.GetValues<BreakerState>()) breakerMoves.Add(0, new("market", market), new("state", Words.Of(state)));
        }
        foreach (var code in Enum.GetValues<AlertCode>())
        {
            alerts.Add(0, new("code", code.Text()), new("level", code.Level()));
            alertsLost.Add(0, new KeyValuePair<string, object?>("code", code.Text()));
        }
    }

    public void CurvesRefused(string symbol) => curvesRefused.Add(1, new KeyValuePair<string, object?>("symbol", symbol));
    public void Naked(TimeSpan time) => nakedMs.Record(time.TotalMilliseconds);
    public void BreakerMoved(Market market, BreakerState state) => breakerMoves.Add(1, new("market", Words.Of(market)), new("state", Words.Of(state)));
    public void Alert(string code, string level) => alerts.Add(1, new("code", code), new("level", level));
    public void AlertLost(string code) => alertsLost.Add(1, new KeyValuePair<string, object?>("code", code));
    public void PriceReached() => pricesReached.Add(1);
    public void StaleQuote(string symbol) => staleQuotes.Add(1, new KeyValuePair<string, object?>("symbol", symbol));

    public void Placed(Market market, VenueAnswer answer, TimeSpan took)
    {
        placements.Add(1, new("market", Words.Of(market)), new("outcome", answer.Outcome.ToString()));
        if (answer.Outcome is VenueOutcome.Rejected) rejections.Add(1, new("market", Words.Of(market)), new("code", (answer.Reason ?? ReasonCode.VenueRejected).Text()));
        placementMs.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("market", Words.Of(market)));
    }

    public void ProbeLost() => probesLost.Add(1);
    public void ReplyGivenUp() => repliesGivenUp.Add(1);
    public void NeedsReview() => needsReview.Add(1);
    public void TimerParked() => timersParked.Add(1);
    public void TimersLate(TimeSpan by) => timersLate.Record(by.TotalSeconds);
    public void Orphan(Market market) => orphans.Add(1, new KeyValuePair<string, object?>("market", Words.Of(market)));
    public void JournalConflict() => journalConflicts.Add(1);
    public void Conflict() => conflicts.Add(1);
    public void ForeignEvent(Market market) => foreignEvents.Add(1, new KeyValuePair<string, object?>("market", Words.Of(market)));
    public void ReportWithoutOrder(string clientOrderId) => reportsWithoutOrder.Add(1);
}
