using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>When a venue's breaker opens and closes (spec §6).</summary>
public sealed record BreakerOptions
{
    /// <summary>Over how long answers are counted. <c>S4_CB_ERROR_RATE_WINDOW</c>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Share of failures at which it opens, above 0 to 1. <c>S4_CB_ERROR_RATE_THRESH</c>.</summary>
    public decimal Threshold { get; init; } = 0.2m;

    /// <summary>Answers in the window below which a share says nothing. <c>S4_CB_MIN_SAMPLE</c>.</summary>
    public int MinSample { get; init; } = 20;

    /// <summary>How long it stays open before probes go. <c>S4_CB_OPEN_FOR</c>.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Placements that have to be answered well, one after the other or at once, before it closes. <c>S4_CB_PROBES</c>.</summary>
    public int Probes { get; init; } = 3;
}

/// <summary>The breaker of one venue, as all replicas share it: counts of answers, and where it stands.</summary>
/// <param name="Since">When <paramref name="State"/> began.</param>
public sealed record Breaker(BreakerState State, DateTimeOffset Since)
{
    /// <summary>A replica that took a probe and died gives its place back after this.</summary>
    static readonly TimeSpan ProbeLease = TimeSpan.FromSeconds(30);
    const int Parts = 12;

    /// <summary>Oldest first; together the window.</summary>
    public ImmutableArray<BreakerCount> Counts { get; init; } = [];

    /// <summary>Until when each probe that is under way keeps its place; those answered well.</summary>
    public ImmutableArray<DateTimeOffset> Probing { get; init; } = [];
    public int Passed { get; init; }

    /// <summary>When the last failure was heard, of a probe or of anything else that was asked; null: not since the breaker was closed.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    public long Answers => Counts.Sum(count => count.Answers);
    public long Failures => Counts.Sum(count => count.Failures);

    public static Breaker New(DateTimeOffset now) => new(BreakerState.Closed, now);

    /// <summary>Time goes by: an open breaker lets probes through in the end, and old answers are forgotten.</summary>
    public Breaker At(DateTimeOffset now, BreakerOptions options)
    {
        var told = Counts.RemoveAll(count => count.Start + options.Window <= now);
        var aged = told.Length == Counts.Length ? this : this with { Counts = told };
        return aged.State is BreakerState.Open && now >= Since + options.OpenFor ? aged.Enter(BreakerState.Half, now) : aged;
    }

    /// <summary>How long until probes go, if nothing else happens; zero unless it is open.</summary>
    public TimeSpan ProbesIn(DateTimeOffset now, BreakerOptions options) => At(now, options).State is BreakerState.Open ? Since + options.OpenFor - now : TimeSpan.Zero;

    /// <summary>
    /// Answers of the venue, whoever heard them. A closed breaker opens by them. A half-open one goes by its probes; where nobody has anything to send, it closes once half of <see cref="BreakerOptions.OpenFor"/>
    /// has passed in which nothing that was asked besides has failed: streams and looks go on asking a venue that is away.
    /// </summary>
    public Breaker Heard(long answers, long failures, DateTimeOffset now, BreakerOptions options)
    {
        var breaker = At(now, options);
        if (answers == 0) return breaker.IsQuiet(now, options) ? breaker.Enter(BreakerState.Closed, now) : breaker;
        var part = options.Window / Parts;
        breaker = breaker with
        {
            Counts = breaker.Counts is [.., var last] && now < last.Start + part
                ? breaker.Counts.SetItem(breaker.Counts.Length - 1, last with { Answers = last.Answers + answers, Failures = last.Failures + failures })
                : breaker.Counts.Add(new BreakerCount(now, answers, failures)),
            FailedAt = failures > 0 ? now : breaker.FailedAt,
        };
        if (breaker.IsQuiet(now, options)) return breaker.Enter(BreakerState.Closed, now);
        return breaker.State is BreakerState.Closed && breaker.Answers >= options.MinSample && breaker.Failures >= breaker.Answers * options.Threshold ? breaker.Enter(BreakerState.Open, now) : breaker;
    }

    /// <summary>A placement that adds exposure asks to be sent.</summary>
    public (Breaker Then, Admission Told) Admit(DateTimeOffset now, BreakerOptions options)
    {
        var breaker = At(now, options);
        if (breaker.State is not BreakerState.Half) return (breaker, breaker.State is BreakerState.Closed ? Admission.Passes : Admission.Refused);
        var probing = breaker.Probing.RemoveAll(until => until <= now);
        return probing.Length + breaker.Passed < options.Probes
            ? (breaker with { Probing = probing.Add(now + ProbeLease) }, Admission.Probe)
            : (breaker, Admission.Refused);
    }

    /// <summary>How the venue took a probe. One that failed opens the breaker again; a late word after that is no probe's any more.</summary>
    public Breaker Probed(bool failed, DateTimeOffset now, BreakerOptions options)
    {
        if (State is not BreakerState.Half) return this;
        if (failed) return Enter(BreakerState.Open, now);
        var passed = this with { Passed = Passed + 1, Probing = Probing.IsEmpty ? Probing : Probing.RemoveAt(0) };
        return passed.Passed >= options.Probes ? passed.Enter(BreakerState.Closed, now) : passed;
    }

    // Closed again, what failed before says nothing of now.
    Breaker Enter(BreakerState state, DateTimeOffset now) => this with { State = state, Since = now, Probing = [], Passed = 0, Counts = state is BreakerState.Closed ? [] : Counts, FailedAt = state is BreakerState.Closed ? null : FailedAt };

    bool IsQuiet(DateTimeOffset now, BreakerOptions options) =>
        State is BreakerState.Half && Passed == 0 && now >= Later(Since, FailedAt) + options.OpenFor / 2 && Probing.All(until => until <= now);

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}

/// <summary>Answers of a part of the window.</summary>
public sealed record BreakerCount(DateTimeOffset Start, long Answers, long Failures);

public enum Admission { Passes, Probe, Refused }
