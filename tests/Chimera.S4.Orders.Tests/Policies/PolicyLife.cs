using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>One intent with a policy, lived to its end: reports late, twice and shuffled, fills that race cancels, refusals, a moving market, clock jumps, stalls, restarts. What must hold does at every step.</summary>
sealed class PolicyLife
{
    public static readonly Instrument Instrument = Sample.Instrument with
    {
        Prices = new PriceGrid(0.01m, 0.01m, 1_000_000m), Lots = new LotGrid(0.001m, 0.001m, 100m), MarketLots = new LotGrid(0.002m, 0, 3m), MinNotional = 5m,
        Features = Features.Oco | Features.Oto,
    };

    static readonly JsonSerializerOptions Stored = new() { Converters = { new JsonStringEnumConverter() }, IgnoreReadOnlyProperties = true };

    readonly Random random;
    readonly List<Effect> pending = [];
    readonly List<SliceTask> queue = [];
    readonly List<(string By, int Seq, Quantity? Taken)> told = [];
    int closes;
    Action<PolicyLife>? watch;
    decimal mid = 100;
    bool canceled, isLeaving;
    double leaveChance;
    readonly bool isGuarded;

    PolicyLife(Intent intent, Random random, double faults, bool isGuarded)
    {
        (this.random, this.isGuarded) = (random, isGuarded);
        Venue = new VenueOfOneIntent(random, faults) { IsSpot = intent.Market is Market.Spot, FeeAsset = random.Pick(null, "BTC", "BNB") };
        Take(OrderDecider.Open(SagaIds.Of("life"), intent, null, Facts, Sample.Prefix, null));
    }

    public Order Order { get; private set; } = null!;
    public VenueOfOneIntent Venue { get; }

    /// <summary>Nothing is under way: all that was decided was done, and all that happened was heard.</summary>
    public bool IsAtRest => pending.Count == 0 && told.Count == 0 && !Venue.HasSomethingToSay && Order.VenueOrders.All(venue => venue.Status is not VenueStatus.None);
    public DateTimeOffset Now { get; private set; } = Sample.Start;

    /// <summary>Instants at which slices were started.</summary>
    public List<DateTimeOffset> SlicesStarted { get; } = [];

    IntentFacts Facts => Sample.Facts with { Now = Now, Instrument = Instrument, Mid = mid, Quote = new Quote([new(mid - 0.05m, 5)], [new(mid + 0.05m, 5)], Now), Limits = new PolicyLimits { TwapMaxSlices = 50, OcoGuardian = isGuarded } };

    MarketView View => Facts.View with { IsStopping = isLeaving };

    /// <param name="watch">Looks at every step.</param>
    /// <param name="leaveChance">That S4 begins to leave at a step, with nobody else there; a start ends that, and then begins none while the venue is kind.</param>
    public static PolicyLife Live(Intent intent, Random random, double cancelChance = 0.01, double faults = 1, Action<PolicyLife>? watch = null, bool isGuarded = true, double closeChance = 0, double leaveChance = 0)
    {
        var life = new PolicyLife(intent, random, faults, isGuarded) { watch = watch, leaveChance = leaveChance };
        for (var step = 0; step < 120 && !life.Order.Final; step++) life.Happen(cancelChance, closeChance);
        life.Venue.IsKind = true;
        (life.isLeaving, life.leaveChance) = (false, 0);
        for (var step = 0; !life.Order.Final; step++)
        {
            if (step > 2_000) Assert.Fail($"it does not come to an end: {Shape.Of(life.Order)}");
            life.Happen(0);
        }
        life.CheckEnd();
        return life;
    }

    /// <summary>As another process reads it.</summary>
    public static Order Restarted(Order order) => JsonSerializer.Deserialize<Order>(JsonSerializer.Serialize(order, Stored), Stored)!;

    void Happen(double cancelChance, double closeChance = 0)
    {
        if (random.Chance(closeChance)) CloseBeside();
        if (told.Count > 0 && random.Chance(0.2)) HearOfClose();
        watch?.Invoke(this);
        if (leaveChance > 0) Leave();
        if (random.Chance(0.05)) Order = Restarted(Order);
        if (random.Chance(cancelChance) && !canceled)
        {
            canceled = true;
            Take(OrderDecider.OnCancel(Order, null, "STORY", null, View));
        }
        switch (random.Next(6))
        {
            case 0 or 1 when pending.Count > 0:
                var effect = random.Pick(pending);
                pending.Remove(effect);
                Venue.Receive(effect, Now);
                break;
            case 2 or 3 when Venue.HasSomethingToSay: Take(OrderDecider.OnReport(Order, Venue.Hear(), View)); break;
            case 4: Pass(); break;
            default:
                mid = Math.Max(1, mid + random.Next(-3, Venue.IsKind && Order.Watch is not null ? 2 : 4) * 0.05m);
                if (Order.Watch is { IsArmed: true } watched && watched.IsReachedBy(mid)) Take(OrderDecider.OnPrice(Order, mid, Now, View));
                if (random.Chance(0.3)) Venue.Trade(Now);
                break;
        }
    }

    // Another intent asks for room and closes some of what is held; what it tells comes late, twice and out of order.
    void CloseBeside()
    {
        var qty = Instrument.LotsFor(OrderType.Market).Floor(new(Venue.Position * random.Pick(1, 0.5m, 0.1m)));
        if (qty.IsZero) return;
        Venue.ClosedByOthers += qty.Value;
        closes++;
        told.AddRange([($"close-{closes}", 3, null), ($"close-{closes}", 9, qty)]);
    }

    void HearOfClose()
    {
        var at = random.Next(told.Count);
        var (by, seq, taken) = told[at];
        if (Venue.IsKind || !random.Chance(0.2)) told.RemoveAt(at);
        Take(OrderDecider.OnGiveWay(Order, by, seq, taken, View));
    }

    void Leave()
    {
        if (!isLeaving && random.Chance(leaveChance))
        {
            isLeaving = true;
            Take(OrderDecider.OnLook(Order, View));
        }
        else if (isLeaving && random.Chance(0.1)) (isLeaving, Order) = (false, Restarted(Order));
    }

    // Time goes on to the next timer at most; now and then it has stood still for long, or a clock was set back.
    void Pass()
    {
        var now = Now + TimeSpan.FromMilliseconds(random.Next(1, 1_500));
        if (!Venue.IsKind && random.Chance(0.05)) now += TimeSpan.FromSeconds(random.Next(-60, 61));
        DateTimeOffset? due = Order.WakeAt is null ? Order.ProbeAt : Order.ProbeAt is null || Order.WakeAt < Order.ProbeAt ? Order.WakeAt : Order.ProbeAt;
        if (Venue.IsKind && due > now) now = due.Value;
        Now = now;
        if (Order.ProbeAt <= Now) Take(OrderDecider.OnProbe(Order, View));
        // A timer may also be called due by a clock that is a little ahead of this one.
        if (Order.WakeAt is { } wake && (wake <= Now || wake - Now < TimeSpan.FromMilliseconds(5))) Take(OrderDecider.OnWake(Order, View));
    }

    void Take(Decision decision)
    {
        Order = decision.Order;
        foreach (var slice in decision.Unqueued) Assert.True(queue.Remove(slice), "a slice left the queue that was not in it");
        queue.AddRange(decision.Queued);
        Assert.Equal(Twap.Queue(Order), queue.OrderBy(slice => slice.Slice));
        SlicesStarted.AddRange(decision.Events.Where(told => told.Type is OrderEventType.SliceSent).Select(_ => Order.UpdatedAt));
        foreach (var place in decision.Effects.OfType<PlaceEffect>()) CheckPlace(place);
        foreach (var list in decision.Effects.OfType<PlaceListEffect>()) CheckList(list);
        foreach (var cancel in decision.Effects.OfType<CancelEffect>()) CheckCancel(cancel);
        pending.RemoveAll(effect => decision.Done.Contains(effect.Seq));
        pending.AddRange(decision.Effects);
        Assert.True(Order.Final || Order.WakeAt is not null || Order.ProbeAt is not null || pending.Count > 0 || Venue.HasSomethingToSay || Order.VenueOrders.Any(venue => venue.IsAlive) || Order.Watch is { IsArmed: true },
            $"nothing will ever happen to it again: {Shape.Of(Order)}");
        Assert.True(Order.WakeAt is null || Order.WakeAt > Order.UpdatedAt, "it wants to be woken in the past");
    }

    void CheckPlace(PlaceEffect place)
    {
        var lots = Instrument.LotsFor(place.Type);
        Assert.True(place.Qty.Value > 0 && lots.Floor(place.Qty) == place.Qty && place.Qty.Value >= lots.MinQty && place.Qty.Value <= lots.MaxQty, $"{place.Type} {place.Qty} is off the grid");
        Assert.True(place.Price is not { } price || Instrument.Prices.IsOnTick(price), $"{place.Price} is off the tick");
        Assert.True(place.ReduceOnly || place.Qty.Value * (place.Price?.Value ?? mid) >= Instrument.MinNotional, $"{place.Type} {place.Qty} is below the smallest notional");
        if (place.ReduceOnly) return;
        Assert.False(isLeaving, "S4 is leaving, and it enters");
        // Never a second order while the first may still trade; never more than is left.
        Assert.DoesNotContain(Venue.Orders.Values, held => held.IsAlive && !held.IsExit);
        Assert.DoesNotContain(pending.OfType<PlaceEffect>(), waiting => !waiting.ReduceOnly);
        Assert.True(Venue.Filled + place.Qty.Value <= Order.OrderQty.Value, $"{Venue.Filled} filled and {place.Qty} placed of {Order.OrderQty}");
        Assert.False(canceled, "a cancel was asked for, and it places");
    }

    void CheckList(PlaceListEffect list)
    {
        Assert.True(Instrument.Lots.Floor(list.Qty) == list.Qty && list.Qty * list.Below.TriggerPx!.Value is var least && least.Value >= Instrument.MinNotional, $"exits of {list.Qty} are off the grid or too small");
        if (list.Entry is not null) Assert.DoesNotContain(Venue.Orders.Values, held => held.IsAlive);
        Assert.Equal(3, new[] { list.ClientOrderId, list.Above.ClientOrderId, list.Below.ClientOrderId }.Distinct().Count(id => !Venue.Orders.ContainsKey(id) && ClientOrderId.TryParse(id, Sample.Prefix, out _)));
    }

    // A maker order is given up for a better price, or because its time is over; never for the price that it has.
    void CheckCancel(CancelEffect cancel)
    {
        var venue = Order.VenueOrders.First(venue => venue.ClientOrderId == cancel.ClientOrderId);
        if (Order.Legs[venue.Leg].Purpose is LegPurpose.Exit || Order.Intent.ReduceOnly) return;
        var leg = Order.Legs[venue.Leg];
        var touch = leg.Side is Side.Buy ? Facts.Quote!.Bids[0].Price : Facts.Quote!.Asks[0].Price;
        var isBehind = leg.Side is Side.Buy ? venue.Price?.Value < touch : venue.Price?.Value > touch;
        Assert.True(Order.CancelAsked || isLeaving || isBehind || Order.UpdatedAt >= leg.StartedAt + leg.Patience!.Wait / 2, $"a maker order at {venue.Price} is canceled at touch {touch}");
    }

    void CheckEnd()
    {
        Assert.Equal(Order.Intent is { ReduceOnly: true, Oco: not null } ? Venue.Sold : Venue.Filled, Order.CumQty.Value);
        Assert.True(Venue.Filled <= Order.OrderQty.Value, "more was filled than was asked");
        Assert.DoesNotContain(Venue.Orders.Values, held => held.IsAlive);
        Assert.Empty(queue);
        // All of it, or a remainder with a reason.
        Assert.True(Order.CumQty == Order.OrderQty || Order.CancelAsked || Order.Status is OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Rejected, $"{Order.CumQty} of {Order.OrderQty} is {Order.Status}");
    }
}
