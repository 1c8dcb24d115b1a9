using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>An intent without <c>wait_ms</c>, or without slices: the curve of its symbol says it, once, at the decision (spec §5.1).</summary>
public class An_intent_that_leaves_it_open
{
    static readonly RouteCurves Curves = new(7)
    {
        MakerWaitMs = [new(null, 0, 0, 0, 500), new(null, 10_000, 0, 0, 1000), new(null, 10_000, 5, 0, 250), new(null, 1_000_000, 0, 0, 60_000)],
        TwapSlices = [new(null, 0, 0, 0, 2), new(null, 10_000, 0, 0, 3), new(null, 1_000_000, 0, 0, 300)],
    };

    static readonly Instrument Instrument = Sample.Instrument with { Lots = new LotGrid(0.001m, 0.001m, 1_000_000m) };

    static Intent Maker(decimal qty, int? waitMs = null) => Sample.Intent with
    {
        Qty = new(qty), Type = OrderType.Market, Price = null, TimeInForce = null, Maker = new MakerTerms(waitMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null, null),
    };

    static Intent Sliced(decimal qty, int? slices = null) => Maker(qty) with { Maker = null, Twap = new TwapTerms(slices, null, TimeSpan.FromSeconds(1), TimeSpan.Zero, SliceWeights.Equal) };

    static Order Open(Intent intent, RouteCurves? curves, decimal spread = 0.02m) => Sample.Open(intent, Sample.Facts with
    {
        Instrument = Instrument, Mid = 100, Quote = new Quote([new(100 - spread / 2, 5)], [new(100 + spread / 2, 5)], Sample.Start), Curves = curves,
    }).Order;

    static double WaitMs(Order order) => (order.Twap?.Patience ?? order.Legs[0].Patience!).Wait.TotalMilliseconds;

    [Theory]
    [InlineData(1, 0.02, 500)]
    [InlineData(100, 0.02, 1000)]
    [InlineData(100, 0.06, 250)]
    [InlineData(100_000, 0.02, 3000)]     // S4_MAKER_MAX_WAIT_MS caps what the curve says
    public void Waits_as_the_curve_says(double qty, double spread, double waitMs)
    {
        var order = Open(Maker((decimal)qty), Curves, (decimal)spread);
        Assert.Equal((waitMs, 7), (WaitMs(order), order.RouteRevision));
    }

    [Fact]
    public void Does_not_exist_where_it_says_the_wait_itself() => Assert.Equal((100, 7), (WaitMs(Open(Maker(1, 100), Curves)), Open(Maker(1, 100), Curves).RouteRevision));

    [Fact]
    public void Waits_the_default_without_a_curve() => Assert.Equal((3000, 0), (WaitMs(Open(Maker(1), null)), Open(Maker(1), null).RouteRevision));

    [Fact]
    public void Takes_at_once_where_the_curve_says_so() =>
        Assert.Equal(OrderType.Market, Assert.Single(Open(Maker(1), Curves with { MakerWaitMs = [new(null, 0, 0, 0, 0)] }).VenueOrders).Type);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(99, 2)]
    public void Is_cut_as_the_curve_says(double qty, int slices) => Assert.Equal(slices, Open(Sliced((decimal)qty), Curves).Twap!.Slices.Length);

    [Fact]
    public void Is_cut_no_finer_than_the_limit() => Assert.Equal(4, Open(Sliced(50), Curves with { TwapSlices = [new(null, 0, 0, 0, 300)] }).Twap!.Slices.Length);

    /// <summary>12 worth, of at least 5 each: two slices, though the curve says three.</summary>
    [Fact]
    public void Is_cut_into_what_the_venue_still_takes() => Assert.Equal(2, Open(Sliced(0.12m), Curves with { TwapSlices = [new(null, 0, 0, 0, 3)] }).Twap!.Slices.Length);

    [Fact]
    public void Keeps_its_own_slices() => Assert.Equal(4, Open(Sliced(90, 4), Curves).Twap!.Slices.Length);

    [Fact]
    public void Rests_with_each_slice_where_the_curve_gives_a_wait()
    {
        Assert.Equal(500, WaitMs(Open(Sliced(90), Curves)));                    // 9000 in two slices: each looked up by its own size
        Assert.Equal(OrderType.LimitMaker, Open(Sliced(90), Curves).VenueOrders[0].Type);
        Assert.Equal(OrderType.Market, Open(Sliced(90), null).VenueOrders[0].Type);
    }

    /// <summary>The decision is kept: a redelivery, or a restart under another curve, changes nothing.</summary>
    [Fact]
    public void Stays_with_the_revision_that_decided_it()
    {
        var order = Open(Maker(1), Curves);
        var again = OrderDecider.OnIntent(order, order.Intent, null, Sample.Start).Order;
        Assert.Equal((500, 7), (WaitMs(again), again.RouteRevision));
    }

    [Fact]
    public void Is_explored_as_often_as_the_document_says_and_tells_the_chance_of_it()
    {
        var curves = Curves with { Explore = new Exploration(0.04m, 1000) };
        var legs = Enumerable.Range(0, 20_000).Select(i => Open(Maker(1) with { IntentId = $"i{i}" }, curves).Legs[0].Patience!).ToArray();
        Assert.All(legs, leg => Assert.Equal(leg.Wait.TotalMilliseconds == 500 ? 0.96m + 0.04m / 7 : 0.04m / 7, leg.Propensity));
        // Of 20,000, 4 % · 6/7 = 686 ± 26 wait other than the curve says, each of six as often.
        var strays = legs.Where(leg => leg.Wait.TotalMilliseconds != 500).GroupBy(leg => leg.Wait.TotalMilliseconds).ToDictionary(arm => arm.Key, arm => arm.Count());
        Assert.Equal([0, 100, 250, 1000, 2000, 3000], strays.Keys.Order());
        Assert.InRange(strays.Values.Sum(), 580, 790);
        Assert.All(strays.Values, count => Assert.InRange(count, 70, 160));
    }

    [Fact]
    public void Is_explored_the_same_wherever_it_is_decided()
    {
        var curves = Curves with { Explore = new Exploration(0.1m, 1000) };
        for (var i = 0; i < 200; i++) Assert.Equal(WaitMs(Open(Maker(1) with { IntentId = $"i{i}" }, curves)), WaitMs(Open(Maker(1) with { IntentId = $"i{i}" }, curves)));
    }

    [Fact]
    public void Is_never_explored_when_it_is_large_or_closes_or_says_its_wait()
    {
        var curves = Curves with { Explore = new Exploration(0.1m, 1000) };
        for (var i = 0; i < 300; i++)
            foreach (var intent in new[] { Maker(10), Maker(1) with { ReduceOnly = true, Side = Side.Sell }, Maker(1, 500) })
            {
                var patience = Open(intent with { IntentId = $"i{i}" }, curves).Legs[0].Patience!;
                Assert.Equal((500, null), (patience.Wait.TotalMilliseconds, patience.Propensity));
            }
    }
}
