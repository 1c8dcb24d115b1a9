namespace Chimera.S4.Orders.Tests;

/// <summary>An exchange that holds the orders of one intent: what it does to them is drawn, what is true of them is kept, and what it tells arrives late, twice and out of order.</summary>
sealed partial class VenueOfOneIntent(Random random, double faults = 1)
{
    public sealed class Held(PlaceEffect placed)
    {
        /// <summary>Of the order list that it belongs to; null: none.</summary>
        public string? List { get; init; }

        /// <summary>An exit that waits for the entry of its list.</summary>
        public bool IsPending { get; set; }
        public PlaceEffect Placed { get; } = placed;
        public decimal Cum { get; set; }
        public VenueStatus Status { get; set; } = VenueStatus.New;
        public List<Trade> Trades { get; } = [];
        public bool IsAlive => !Status.IsTerminal();
        public bool IsExit => Placed.ReduceOnly;
    }

    readonly List<Observation> said = [];
    int trades;

    /// <summary>One switch ends all misfortune, so that a life can come to its end.</summary>
    public bool IsKind { get; set; }
    public Dictionary<string, Held> Orders { get; } = [];

    /// <summary>What the entries brought, and what of it the exits have not taken back.</summary>
    public decimal Filled => Orders.Values.Where(order => !order.IsExit).Sum(order => order.Cum);
    public decimal Position => Filled - Orders.Values.Where(order => order.IsExit).Sum(order => order.Cum) - ClosedByOthers;

    /// <summary>By other intents, in the same symbol.</summary>
    public decimal ClosedByOthers { get; set; }
    public bool HasSomethingToSay => said.Count > 0;

    public void Receive(Effect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case PlaceEffect place: Place(place, now); break;
            case PlaceListEffect list: PlaceList(list, now); break;
            case CancelEffect cancel: Cancel(cancel, now); break;
            case QueryEffect query: Say(query.ClientOrderId, query.Seq, now); break;
            default: throw new InvalidOperationException($"{effect.GetType().Name} is not for this venue");
        }
    }

    /// <summary>Something fills, on its own.</summary>
    public void Trade(DateTimeOffset now)
    {
        var alive = Orders.Values.Where(order => order is { IsAlive: true, IsPending: false }).ToArray();
        if (alive.Length == 0) return;
        var resting = random.Pick(alive);
        // Now and then the owner of the account cancels an order by hand.
        if (!IsKind && IsSpot && random.Chance(0.02)) End(resting, VenueStatus.Canceled, now);
        // Or the venue lets a futures exit lapse that had stood, whatever is held.
        else if (!IsKind && !IsSpot && resting.Placed.TriggerPx is not null && random.Chance(0.05 * faults)) End(resting, VenueStatus.Expired, now);
        else Fill(resting, random.Chance(0.5) ? 1 : random.NextDouble(), now);
        Say(resting.Placed.ClientOrderId, null, now);
    }

    /// <summary>One thing that was said, in any order; sometimes it will be said again.</summary>
    public Observation Hear()
    {
        var at = random.Next(said.Count);
        var heard = said[at];
        if (IsKind || !random.Chance(0.2)) said.RemoveAt(at);
        return heard;
    }

    void Place(PlaceEffect place, DateTimeOffset now)
    {
        // A placement takes effect once, whatever happens on the way: that is the placement protocol's to show, and told of here only by an outcome that is open for a while.
        if (!IsKind && random.Chance(0.1 * faults)) said.Add(new Observation { ClientOrderId = place.ClientOrderId, Kind = ReportKind.Unknown });
        if (!IsKind && random.Chance(0.15 * faults))
        {
            var reason = place.Type is OrderType.LimitMaker && random.Chance(0.8) ? ReasonCode.WouldTake
                : place.TriggerPx is not null ? random.Pick(ReasonCode.WouldTrigger, ReasonCode.VenueTooManyOrders)
                : ReasonCode.InsufficientBalance;
            said.Add(new Observation { ClientOrderId = place.ClientOrderId, Kind = ReportKind.Rejected, Reason = reason, EffectSeq = place.Seq });
            return;
        }
        if (!IsSpot && place.ReduceOnly && Position == 0)
        {
            said.Add(new Observation { ClientOrderId = place.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.ReduceOnlyRejected, EffectSeq = place.Seq });
            return;
        }
        var held = Orders[place.ClientOrderId] = new Held(place);
        if (place.Type is OrderType.Market)
        {
            for (var parts = random.Next(1, 4); parts > 1; parts--) Fill(held, random.NextDouble(), now);
            if (!IsKind && random.Chance(0.1 * faults) && held.IsAlive) held.Status = VenueStatus.Expired;    // the book ran dry
            else Fill(held, 1, now);
        }
        else if (!IsKind && place.TriggerPx is null && random.Chance(0.1 * faults)) held.Status = VenueStatus.Expired;                    // futures GTX
        Say(place.ClientOrderId, place.Seq, now);
    }

    void Cancel(CancelEffect cancel, DateTimeOffset now)
    {
        var held = Orders[cancel.ClientOrderId];
        if (held.IsAlive && random.Chance(0.3)) Fill(held, random.Chance(0.3) ? 1 : random.NextDouble(), now);       // it raced
        End(held, VenueStatus.Canceled, now);
        Say(cancel.ClientOrderId, cancel.Seq, now);
    }

    void Fill(Held held, double share, DateTimeOffset now)
    {
        var left = held.Placed.Qty.Value - held.Cum;
        var qty = share >= 1 ? left : PolicyLife.Instrument.Lots.Floor(new((decimal)share * left)).Value;
        // Reduce-only is the venue's own promise: it cuts an exit down to what is held.
        if (!IsSpot && held.IsExit && qty >= Position) (qty, left) = (Position, Position);
        if (!IsSpot && held.IsAlive && held.IsExit && Position == 0) held.Status = VenueStatus.Expired;
        if (!held.IsAlive || held.IsPending || qty == 0) return;
        held.Cum += qty;
        held.Trades.Add(new Trade($"t{++trades}", new(qty), held.Placed.Price ?? new(100), Fee(held, qty), FeeAsset, held.Placed.Type is OrderType.LimitMaker, now));
        held.Status = held.Cum == held.Placed.Qty.Value || !IsSpot && held.IsExit && Position == 0 ? VenueStatus.Filled : VenueStatus.PartiallyFilled;
        if (held.List is not null) Follow(held, now);
    }

    void Say(string clientOrderId, int? answers, DateTimeOffset now)
    {
        var held = Orders[clientOrderId];
        var known = new Observation
        {
            ClientOrderId = clientOrderId, Kind = ReportKind.Known, VenueOrderId = $"v{clientOrderId}", Status = held.Status, CumQty = new(held.Cum), CumQuote = null, Trades = [.. held.Trades],
            AnsweredAt = now, EffectSeq = answers,
        };
        // The stream tells as well, with no more than the last trade.
        var streams = random.Chance(0.7);
        if (streams) said.Add(known with { EffectSeq = null, Trades = [.. held.Trades.TakeLast(1)] });
        if (!streams || answers is not null || random.Chance(0.5)) said.Add(known);
    }
}
