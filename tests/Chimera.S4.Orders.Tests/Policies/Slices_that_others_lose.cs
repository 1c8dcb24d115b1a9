using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>The defects of the table in field notes §2.4, one each; the burst after a stall is with <see cref="Slices_over_time"/>.</summary>
public class Slices_that_others_lose
{
    static readonly Intent Sliced = Sample.Intent with
    {
        Type = OrderType.Market, Price = null, TimeInForce = null, Qty = new(5m), Twap = new TwapTerms(5, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal),
    };

    static readonly Intent Resting = Sliced with { Maker = new MakerTerms(TimeSpan.FromSeconds(2), 0) };

    Decision last = null!;
    DateTimeOffset now = Sample.Start;
    decimal mid = 50_000;

    /// <summary>A failure handler that rebuilds the plan with the failed slot alone ends at 3,000 of 5,000 as completed.</summary>
    [Fact]
    public void Are_all_executed_when_the_third_of_five_fails_once() => Assert.Equal((OrderStatus.Closed, 5m), Execute(Sliced, failing: 2));

    /// <summary>4,000 of 5,000, no retry, and a filled amount of 0.</summary>
    [Fact]
    public void Are_all_executed_and_counted_when_the_last_one_fails() => Assert.Equal((OrderStatus.Closed, 5m), Execute(Sliced, failing: 4));

    /// <summary>A partial fill that is forgotten at the refresh makes 5,598 of 5,000.</summary>
    [Fact]
    public void Take_only_what_is_left_of_one_that_had_filled_in_part_while_it_rested()
    {
        Open(Resting);
        Hear(VenueStatus.PartiallyFilled, 0.6m);
        Wait(2);
        Assert.Single(last.Effects.OfType<CancelEffect>());
        Hear(VenueStatus.Canceled, 0.6m);
        Assert.Equal((OrderType.Market, 0.4m), last.Effects.OfType<PlaceEffect>().Select(place => (place.Type, place.Qty.Value)).Single());
        Hear(VenueStatus.Filled, 0.4m);
        Assert.Equal(1m, last.Order.CumQty.Value);
    }

    /// <summary>Two that rest at refresh time divide by zero, and are canceled without anything in their place.</summary>
    [Fact]
    public void Never_rest_two_at_a_time_even_when_the_next_is_long_due()
    {
        Open(Resting with { Maker = new MakerTerms(TimeSpan.FromSeconds(3), 0), Twap = Sliced.Twap! with { Gap = TimeSpan.FromSeconds(1) } });
        Hear(VenueStatus.New, 0);
        for (var second = 0; second < 2; second++)
        {
            Wait(1);
            Assert.Empty(last.Effects.OfType<PlaceEffect>());
        }
        Assert.Single(last.Order.VenueOrders);
    }

    /// <summary>Of one slice "all are done" is true before there is any.</summary>
    [Fact]
    public void Are_not_done_before_the_only_one_is_acknowledged()
    {
        Open(Sliced with { Twap = Sliced.Twap! with { Slices = 1 } });
        Assert.Equal((OrderStatus.Armed, false, false), (last.Order.Status, last.Order.Twap!.IsDone, last.Order.Final));
        Hear(VenueStatus.Filled, 5);
        Assert.Equal((OrderStatus.Closed, true), (last.Order.Status, last.Order.Twap!.IsDone));
    }

    /// <summary>Sized in quote at a mid that drifts, the base quantity is not kept.</summary>
    [Theory]
    [InlineData(2_500)]
    [InlineData(-2_500)]
    public void Keep_the_base_quantity_while_the_price_drifts(decimal drift)
    {
        Open(Sliced);
        while (!last.Order.Final)
        {
            Assert.Equal(1m, last.Order.VenueOrders[^1].OrderQty.Value);
            mid += drift;
            Hear(VenueStatus.Filled, 1);
            if (last.Order.WakeAt is not null) Wait(10);
        }
        Assert.Equal(5m, last.Order.CumQty.Value);
    }

    /// <summary>Found by the simulation: one that is too small to be sent when its time comes has ended at once, and its quantity was in no slice any more.</summary>
    [Fact]
    public void Go_with_the_next_when_they_are_too_small_to_be_sent()
    {
        Open(Sliced with { Qty = new(0.0012m * 5) }, least: 50);
        mid = 40_000;
        Hear(VenueStatus.Filled, last.Order.VenueOrders[^1].OrderQty.Value);
        while (!last.Order.Final)
        {
            Wait(10);
            if (last.Effects.OfType<PlaceEffect>().SingleOrDefault() is { } place) Hear(VenueStatus.Filled, place.Qty.Value);
        }
        Assert.Equal((OrderStatus.Closed, 0.006m), (last.Order.Status, last.Order.CumQty.Value));
    }

    (OrderStatus, decimal) Execute(Intent intent, int failing)
    {
        Open(intent);
        for (var sent = 0; !last.Order.Final; sent++)
        {
            Assert.True(sent < 10, "it goes on for ever");
            if (sent == failing) Refuse();
            else Hear(VenueStatus.Filled, last.Order.VenueOrders[^1].OrderQty.Value);
            if (last.Order.WakeAt is not null) Wait(10);
        }
        return (last.Order.Status, last.Order.CumQty.Value);
    }

    IntentFacts Facts(decimal least = 5) => Sample.Facts with
    {
        Now = now, Mid = mid, Quote = new Quote([new(mid - 0.5m, 5)], [new(mid + 0.5m, 5)], now), Limits = new PolicyLimits { TwapMaxSlices = 5 },
        Instrument = Sample.Instrument with { MinNotional = least, Lots = new LotGrid(0.0001m, 0.0001m, 100m) },
    };

    decimal smallest = 5;

    void Open(Intent intent, decimal least = 5)
    {
        smallest = least;
        last = Sample.Open(intent, Facts(least));
    }

    void Wait(double seconds)
    {
        now = now.AddSeconds(seconds);
        last = OrderDecider.OnWake(last.Order, Facts(smallest).View);
    }

    void Hear(VenueStatus status, decimal cum)
    {
        var venue = last.Order.VenueOrders[^1];
        var more = cum - venue.CumQty.Value;
        last = OrderDecider.OnReport(last.Order, new Observation
        {
            ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, EffectSeq = venue.PlaceSeq, VenueOrderId = "v", Status = status, CumQty = new(cum),
            Trades = more == 0 ? [] : [new Trade($"{venue.ClientOrderId}-{cum}", new(more), new(mid), 0, null, false, now)],
        }, Facts(smallest).View);
    }

    void Refuse()
    {
        var venue = last.Order.VenueOrders[^1];
        last = OrderDecider.OnReport(last.Order, new Observation { ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.VenueRejected, EffectSeq = venue.PlaceSeq }, Facts(smallest).View);
    }
}
