using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Admits requests to one venue so that it never has to refuse one: the venue's own counters (<c>X-MBX-*</c>) say what is used, whoever used it. A share is kept for cancels and protective
/// orders, low looks yield first, and a refusal or a ban of the venue's (429, 418, "banned until") holds everything that it is about until its end.
/// </summary>
sealed class RateBudget(Market market, IReadOnlyList<RateLimit> limits, ServerClock clock, TimeProvider time)
{
    /// <summary>
    /// A count may be out of date: spot's unfilled orders are counted down by fills, which no answer tells. So where a limit looks used up, one request in this time may draw on the reserve to
    /// hear the count anew, and nobody is told to wait much longer than that for a window of hours.
    /// </summary>
    static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    List<RateWindow> windows = [.. limits.Select(limit => new RateWindow(limit))];
    DateTimeOffset heldUntil, ordersHeldUntil;
    long refreshedAt;

    /// <summary>Called when a hold has begun here: others should hear of it at once.</summary>
    public Action? HoldBegan { get; set; }

    public RateTicket Admit(Charge charge)
    {
        lock (gate)
        {
            var now = clock.Now;
            if (heldUntil > now) return Refuse(charge, heldUntil - now, "hold");
            if (charge.Orders > 0 && ordersHeldUntil > now) return Refuse(charge, ordersHeldUntil - now, "hold of orders");
            foreach (var window in windows) window.Roll(now);
            if (windows.Find(window => !window.Has(window.Cost(charge), charge.Urgency)) is { } full && !MayRefresh(charge))
            {
                var left = full.Left(now);
                return Refuse(charge, left < LongestWait ? left : LongestWait, full.Limit.Name);
            }
            foreach (var window in windows) window.Take(window.Cost(charge));
            return new() { Charge = charge, At = time.GetTimestamp(), Windows = windows.ConvertAll(window => (window, window.Index)) };
        }
    }

    /// <summary>An admitted request has ended: with an answer, without one, or unsent.</summary>
    public void Settle(RateTicket ticket, HttpReply reply)
    {
        lock (gate)
        {
            var now = clock.Now;
            foreach (var (window, number) in ticket.Windows)
            {
                window.Roll(now);
                var told = reply.Counts.TryGetValue(window.Limit.Name, out var count) ? count : (long?)null;
                // A placement that the venue refused is not counted as an order; where there was no answer it may have been.
                var counted = reply.Failure is not HttpFailure.NotSent && (window.Limit.Kind is not RateKind.Orders || reply.Status is 0 or < 300 or >= 500);
                window.Settle(window.Cost(ticket.Charge), number, told, ticket.At, time.GetTimestamp(), counted);
                VenueMeter.RateUsed(market, window.Limit.Name, (double)window.Used / window.Limit.Most);
            }
        }
        if (reply.Failure is HttpFailure.None && reply.Status >= 400) Heed(reply);
    }

    /// <summary>Replaces the limits by what exchangeInfo says; counts go on.</summary>
    public void SetLimits(IReadOnlyList<RateLimit> told)
    {
        if (told.Count == 0) return;
        lock (gate)
            windows = [.. told.DistinctBy(limit => limit.Name).Select(limit =>
            {
                var window = windows.Find(known => known.Limit.Name == limit.Name) ?? new RateWindow(limit);
                window.Limit = limit;
                return window;
            })];
    }

    /// <summary>Stops what a refusal was about, until then (venue time).</summary>
    public void Hold(DateTimeOffset until, bool ordersOnly, bool fromHere = true)
    {
        lock (gate)
        {
            if (until <= (ordersOnly ? ordersHeldUntil : heldUntil)) return;
            if (ordersOnly) ordersHeldUntil = until;
            else heldUntil = until;
        }
        VenueMeter.Held(market, ordersOnly ? "orders" : "all", until - clock.Now);
        if (fromHere) HoldBegan?.Invoke();
    }

    /// <summary>What there is to tell other replicas.</summary>
    public RateNews Tell()
    {
        lock (gate)
        {
            var now = clock.Now;
            foreach (var window in windows) window.Roll(now);
            return new(windows.ToDictionary(window => window.Limit.Name, window => window.Tell()), heldUntil > now ? heldUntil : null, ordersHeldUntil > now ? ordersHeldUntil : null);
        }
    }

    public void Learn(IReadOnlyList<RateNews> others)
    {
        lock (gate)
        {
            var now = clock.Now;
            foreach (var window in windows)
            {
                window.Roll(now);
                window.Learn(others.SelectMany(news => news.Windows.TryGetValue(window.Limit.Name, out var told) ? [told] : Array.Empty<WindowNews>()));
            }
        }
        foreach (var news in others)
        {
            if (news.HeldUntil is { } all) Hold(all, ordersOnly: false, fromHere: false);
            if (news.OrdersHeldUntil is { } orders) Hold(orders, ordersOnly: true, fromHere: false);
        }
    }

    /// <summary>429 and 418 in all their forms: never asked again before the venue's own time is over.</summary>
    void Heed(HttpReply reply)
    {
        var (code, text) = (reply.Error?.Code, reply.Error?.Text ?? reply.Body);
        if (reply.Status is not (429 or 418) && code is not (-1003 or -1015 or -1034)) return;
        if (Binance.Hold.After(reply, code, text, clock.Now) is { } hold) Hold(clock.Now + hold, ordersOnly: code is -1015);
    }

    bool MayRefresh(Charge charge)
    {
        if (charge.Urgency is not (Urgency.Normal or Urgency.Order) || windows.Exists(window => !window.Has(window.Cost(charge), Urgency.Urgent))) return false;
        if (refreshedAt != 0 && time.GetElapsedTime(refreshedAt) < Refresh) return false;
        refreshedAt = time.GetTimestamp();
        return true;
    }

    RateTicket Refuse(Charge charge, TimeSpan wait, string why)
    {
        VenueMeter.RateRefused(market, why, charge.Urgency);
        return new() { Charge = charge, Wait = wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Why = why };
    }
}
