using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router;

/// <summary>How things stand, as <see cref="StateSampler"/> last saw them. Of what all replicas share, every replica tells the same.</summary>
public sealed class StateMetrics
{
    readonly Gauge<double> outboxAge, unknownAge, nakedAge, streamAge;
    readonly Gauge<long> outbox, live, slices, unknown, needsReview, naked, breaker, killSwitch;
    readonly Counter<long> failed;

    public StateMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RouterMetrics.MeterName);
        outboxAge = meter.CreateGauge<double>("s4.outbox.age", "s", "How long the earliest pending effect has been due and taken by nobody; 0: none is due");
        outbox = meter.CreateGauge<long>("s4.outbox.effects", description: "Pending effects, due or not");
        live = meter.CreateGauge<long>("s4.orders.live", description: "Intents that are not final");
        slices = meter.CreateGauge<long>("twap.backlog", description: "Slices that wait in prod:exec:twap:queue");
        unknown = meter.CreateGauge<long>("s4.unknown.orders", description: "Intents that are UNKNOWN: sent, and not proven to exist or not");
        unknownAge = meter.CreateGauge<double>("s4.unknown.age", "s", "How long ago the oldest unproven placement was sent; 0: none is unproven");
        needsReview = meter.CreateGauge<long>("s4.needs_review.orders", description: "Intents that an operator has to decide about");
        naked = meter.CreateGauge<long>("s4.naked.orders", description: "Intents that hold something which no exit at the venue protects");
        nakedAge = meter.CreateGauge<double>("s4.naked.age", "s", "How long the longest of them has; 0: none does");
        streamAge = meter.CreateGauge<double>("s4.stream.age", "s", "How long a user stream has been up and reconciled without a gap, by market; 0: it is not");
        breaker = meter.CreateGauge<long>("s4.breaker.state", description: "Circuit breaker of a venue, by market: 0 closed, 1 half open, 2 open, -1 cannot be read");
        killSwitch = meter.CreateGauge<long>("s4.kill_switch", description: "1: on, or unreadable, which counts as on; 0: off");
        failed = meter.CreateCounter<long>("s4.samples.failed", description: "Times that the state could not be looked at; the figures of state are old then");
    }

    public void Backlog(StoreBacklog seen)
    {
        outboxAge.Record(seen.Overdue.TotalSeconds);
        outbox.Record(seen.Effects);
        live.Record(seen.Live);
        slices.Record(seen.Slices);
    }

    public void Unknown(long count, long toReview, TimeSpan oldest)
    {
        unknown.Record(count);
        needsReview.Record(toReview);
        unknownAge.Record(Math.Max(0, oldest.TotalSeconds));
    }

    public void Naked(long count, TimeSpan longest)
    {
        naked.Record(count);
        nakedAge.Record(Math.Max(0, longest.TotalSeconds));
    }

    public void Stream(Market market, TimeSpan age) => streamAge.Record(Math.Max(0, age.TotalSeconds), new KeyValuePair<string, object?>("market", Words.Of(market)));

    public void Gates(GateState state)
    {
        foreach (var market in new[] { Market.Spot, Market.Fut })
            breaker.Record(state.IsUnreadable ? -1 : (long)state.Of(market), new KeyValuePair<string, object?>("market", Words.Of(market)));
        killSwitch.Record(state.IsKilled || state.IsUnreadable ? 1 : 0);
    }

    /// <inheritdoc cref="RouterMetrics.Begin"/>
    public void Begin() => failed.Add(0);
    public void Failed() => failed.Add(1);
}
