namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// What is used of one limit in its present window: what the venue last told, plus what is under way and it may not have counted yet, plus what other replicas have set aside.
/// Not safe for concurrent use: <see cref="RateBudget"/> holds the lock.
/// </summary>
sealed class RateWindow(RateLimit limit)
{
    /// <summary>Our window begins this much after the venue's: a request counted in a full old window must not be taken for the first of a new one.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    long toldAt, inFlight, sinceExchange;

    public RateLimit Limit { get; set; } = limit;

    /// <summary>The present window's number, counted from the beginning of time.</summary>
    public long Index { get; private set; } = -1;

    /// <summary>The venue's count of this window.</summary>
    public long Told { get; private set; }

    /// <summary>What other replicas may have under way; from the ledger.</summary>
    public long Others { get; private set; }

    public long Used => Told + inFlight + Others;

    /// <summary>The part of a limit that an urgency may use up: the rest is kept for what is more urgent, and the last twentieth for what nobody here knows of.</summary>
    public static decimal Share(Urgency urgency) => urgency switch { Urgency.Low => 0.5m, Urgency.Normal => 0.65m, Urgency.Order => 0.8m, _ => 0.95m };

    public long Cost(Charge charge) => Limit.Kind switch { RateKind.Weight => charge.Weight, RateKind.Orders => charge.Orders, _ => 1 };

    public bool Has(long cost, Urgency urgency) => cost == 0 || Used + cost <= (long)(Limit.Most * Share(urgency));

    /// <summary>Begins the window that <paramref name="venueNow"/> lies in.</summary>
    public void Roll(DateTimeOffset venueNow)
    {
        var present = (venueNow - Grace).UtcTicks / Limit.Interval.Ticks;
        if (present != Index) (Index, Told, toldAt, Others, sinceExchange) = (present, 0, 0, 0, 0);
    }

    public TimeSpan Left(DateTimeOffset venueNow) => new DateTimeOffset((Index + 1) * Limit.Interval.Ticks, TimeSpan.Zero) + Grace - venueNow;

    public void Take(long cost)
    {
        inFlight += cost;
        sinceExchange += cost;
    }

    /// <summary>A request has come to its end.</summary>
    /// <param name="window">The window in which it was admitted: what it says of an older one is of no use.</param>
    /// <param name="told">The venue's count in its answer; null: it did not say.</param>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="counted">Without a count: whether the venue may have counted it.</param>
    public void Settle(long cost, long window, long? told, long sentAt, long now, bool counted)
    {
        inFlight -= cost;
        if (told is { } count && window == Index) Hear(count, sentAt, now);
        else if (counted) Told += cost;
    }

    /// <summary>
    /// Answers overtake each other, so a lower count is believed only from a request that was sent after the higher one was heard. It does get lower: weight is given back for orders that
    /// succeed, and unfilled orders are counted down by fills.
    /// </summary>
    public void Hear(long count, long sentAt, long now)
    {
        if (count < Told && sentAt < toldAt) return;
        (Told, toldAt) = (count, now);
    }

    /// <summary>What this replica sets aside: what it has under way, and as much again as it used since it last said so.</summary>
    public WindowNews Tell()
    {
        var news = new WindowNews(Index, Told, inFlight + sinceExchange);
        sinceExchange = 0;
        return news;
    }

    public void Learn(IEnumerable<WindowNews> others)
    {
        Others = 0;
        foreach (var news in others.Where(news => news.Window == Index))
        {
            Others += news.Reserved;
            if (news.Told > Told) Told = news.Told;
        }
    }
}
