using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Themes E and F of the field notes: whatever fills, fails, races, is refused or canceled by hand, no more is sold than was bought less fees, and never two exits work on the same quantity.</summary>
public class Exits_in_any_life
{
    static readonly Intent Spot = Sample.Intent with { Type = OrderType.Market, Price = null, TimeInForce = null };

    [Fact]
    public void Of_an_oco_after_its_entry() => Seeds.Each(600, random => Live(random, Oco(random) with { Maker = random.Chance(0.5) ? new MakerTerms(TimeSpan.FromSeconds(2), null) : null }));

    [Fact]
    public void Of_an_oco_with_its_entry() => Seeds.Each(600, random =>
        Live(random, Oco(random) with { Type = random.Pick(OrderType.Limit, OrderType.LimitMaker), Price = new(100) }));

    [Fact]
    public void Of_an_oco_for_what_is_held() => Seeds.Each(600, random => Live(random, Oco(random) with { Side = Side.Sell, ReduceOnly = true }));

    [Fact]
    public void Of_a_guarded_stop() => Seeds.Each(600, random =>
        Live(random, Spot with { Qty = Qty(random), Type = OrderType.LimitMaker, Price = new(100), Guard = new GuardTerms(new(99.5m), false) }, isGuarded: true));

    static Intent Oco(Random random) => Spot with { Qty = Qty(random), Oco = new OcoTerms(new(100.5m), new(99.5m), random.Chance(0.2) ? new(99.4m) : null, random.Pick(OnLegFailure.Guard, OnLegFailure.Market)) };

    static Quantity Qty(Random random) => new(random.Next(60, 4_000) / 1000m);

    static void Live(Random random, Intent intent, bool? isGuarded = null)
    {
        var life = PolicyLife.Live(intent, random, watch: Check, isGuarded: isGuarded ?? random.Chance(0.7));
        Check(life);
        if (life.Order.Status is OrderStatus.Closed && !life.Order.ExitsCanceled && !intent.ReduceOnly && life.Order.Legs[1].Ended is VenueStatus.Filled) CheckAllWasSold(life);
    }

    static void Check(PolicyLife life)
    {
        var (venue, order) = (life.Venue, life.Order);
        var had = order.Intent.ReduceOnly ? order.OrderQty.Value : venue.Filled - venue.Fees;
        Assert.True(venue.Sold <= had, $"{venue.Sold} of {had} was sold");
        Assert.True(venue.Sold + venue.Selling <= had, $"{venue.Selling} sells of {had - venue.Sold} that is held: {string.Join(", ", venue.Orders.Values.Where(held => held.IsAlive).Select(held => held.Placed.Type))}");
        if (order.Watch is { IsArmed: true }) Assert.True(order.IsGuarded && !order.Final, "it is watched for nothing");
        if (!life.IsAtRest || order.Final || order.ExitsCanceled || order.CancelAsked || order.WakeAt is not null || order.ProbeAt is not null) return;
        // All is heard: what is held has one owner, the venue's stop or the watcher; unless it is on its way out, or was taken over by hand.
        var held = PolicyLife.Instrument.Lots.Floor(new(had - venue.Sold)).Value;
        var stops = venue.Orders.Values.Count(exit => exit is { IsAlive: true, IsPending: false, Placed.Type: OrderType.Stop });
        var exit = order.Intent.ReduceOnly ? order.Legs[0] : order.Legs[1];
        if (held * 99.4m < PolicyLife.Instrument.MinNotional || exit.Ended is not null || !order.IsGuarded || order.Watch is { IsArmed: false }) return;
        Assert.True(stops + (order.Watch?.SlPx is null ? 0 : 1) == 1, $"{held} is held, {stops} stops stand, {(order.Watch?.SlPx is null ? "nobody watches" : "it is watched")}");
    }

    static void CheckAllWasSold(PolicyLife life)
    {
        var left = life.Venue.Filled - life.Venue.Fees - life.Venue.Sold;
        Assert.True(left * 95 < PolicyLife.Instrument.MinNotional, $"{left} is left over");
        Assert.Equal(left > 0, life.Order.Legs[1].Why is ReasonCode.RemainderTooSmall);
    }
}
