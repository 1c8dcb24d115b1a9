using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Spec §5.2, theme G and the defects of §2.4 of the field notes.</summary>
public class Slices_over_time
{
    static readonly TwapTerms Terms = new(5, null, TimeSpan.FromSeconds(10), TimeSpan.Zero, SliceWeights.Equal);
    static readonly Intent Sliced = Sample.Intent with { Type = OrderType.Market, Price = null, TimeInForce = null, Twap = Terms };

    static readonly IntentFacts Facts = Sample.Facts with { Limits = new PolicyLimits { TwapMaxSlices = 50 } };

    /// <summary>Whatever is cut lies on the grid, is not below the smallest allowed unless the whole is, and adds up to the lot.</summary>
    [Fact]
    public void Are_cut_exactly() => Prop.ForAll(
        (from lots in Gen.Choose(1, 100_000) from slices in Gen.Choose(1, 60) from step in Gen.Elements(0.001m, 0.01m, 0.25m, 1m) from least in Gen.Choose(0, 400) from sqrt in Gen.Elements(true, false)
         select (Total: lots * step, slices, step, Smallest: least * step, Weights: sqrt ? SliceWeights.Sqrt : SliceWeights.Equal)).ToArbitrary(),
        asked =>
        {
            var cuts = Twap.Cut(new(asked.Total), asked.slices, asked.Weights, new LotGrid(asked.step), asked.Smallest);
            return cuts.Sum(cut => cut.Value) == asked.Total
                   && cuts.Length <= asked.slices
                   && cuts.All(cut => cut.Value > 0 && cut.Value % asked.step == 0 && (cut.Value >= asked.Smallest || cuts.Length == 1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData(10, 4, SliceWeights.Equal, "2 3 2 3")]
    [InlineData(10, 1, SliceWeights.Equal, "10")]
    [InlineData(3, 5, SliceWeights.Equal, "1 1 1")]                                         // fewer lots than slices
    [InlineData(100, 4, SliceWeights.Sqrt, "16 23 28 33")]
    public void Are_cut_as_the_table_says(int total, int slices, SliceWeights weights, string cuts) =>
        Assert.Equal(cuts, string.Join(' ', Twap.Cut(new(total), slices, weights, new LotGrid(1), 1)));

    [Fact]
    public void Start_one_gap_apart()
    {
        var life = PolicyLife.Live(Sliced with { Qty = new(1m) }, new Random(7), cancelChance: 0, faults: 0);
        Assert.Equal(1m, life.Order.CumQty.Value);
        Assert.Equal(5, life.SlicesStarted.Count);
    }

    [Fact]
    public void Are_told_as_they_are_sent_and_when_all_is_done()
    {
        var decision = Sample.Open(Sliced, Facts);
        Assert.Equal(OrderStatus.Armed, decision.Order.Status);
        Assert.Equal("ACCEPTED", decision.Order.Wire());
        Assert.Contains(decision.Events, told => told is { Type: OrderEventType.SliceSent, Detail: "slice 1 of 5: 0.2" });
        Assert.Equal([1, 2, 3, 4], decision.Queued.Select(slice => slice.Slice));
        Assert.Equal(Sample.Start.AddSeconds(10), decision.Queued[0].DueAt);
    }

    /// <summary>After a stall of the length of the whole plan, what is overdue is spread: one at a time, a gap apart.</summary>
    [Fact]
    public void Are_spread_after_an_outage_and_never_a_burst()
    {
        var order = Fill(Sample.Open(Sliced, Facts)).Order;
        var now = Sample.Start.AddSeconds(300);
        var late = OrderDecider.OnWake(order, View(now));
        Assert.Single(late.Effects.OfType<PlaceEffect>());
        var next = Fill(late, now);
        Assert.Empty(next.Effects.OfType<PlaceEffect>());
        Assert.Equal(now.AddSeconds(10), next.Order.WakeAt);
    }

    /// <summary>Field notes §2.4: one failed slice of five must not end the plan at 3 of 5, nor may the last one's failure lose it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void That_fail_once_are_queued_again(int failing)
    {
        var (decision, now) = (Sample.Open(Sliced, Facts), Sample.Start);
        for (var sent = 0; !decision.Order.Final; sent++)
        {
            Assert.True(sent < 10, "it goes on for ever");
            decision = sent == failing
                ? OrderDecider.OnReport(decision.Order, new Observation { ClientOrderId = decision.Order.VenueOrders[^1].ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.InsufficientBalance, EffectSeq = decision.Order.VenueOrders[^1].PlaceSeq }, View(now))
                : Fill(decision, now);
            if (decision.Order.WakeAt is { } wake) decision = OrderDecider.OnWake(decision.Order, View(now = wake));
        }
        Assert.Equal((OrderStatus.Closed, 1m, 6), (decision.Order.Status, decision.Order.CumQty.Value, decision.Order.Legs.Length));
    }

    /// <summary>Seed 372396 of the simulation: the answer tells what the fill cost and no trade, and no book was ever fresh.</summary>
    [Fact]
    public void Send_no_dust_where_only_what_the_fill_cost_is_known()
    {
        var order = Sample.Open(Sliced, Facts with { Quote = null }).Order;
        var over = OrderDecider.OnReport(order, order.Says(VenueStatus.Expired, 0.15m, answers: order.Placing()), View(Sample.Start.AddSeconds(1)) with { Quote = null, Instrument = Sample.Instrument with { MinNotional = 5_000 } });
        Assert.Empty(over.Effects);
        Assert.Equal(0.15m, over.Order.CumQty.Value);
    }

    [Fact]
    public void That_fail_for_ever_leave_an_explicit_remainder()
    {
        var (decision, now) = (Sample.Open(Sliced, Facts), Sample.Start);
        while (!decision.Order.Final)
        {
            Assert.True(decision.Order.Legs.Length <= 10, "it goes on for ever");
            var last = decision.Order.VenueOrders[^1];
            decision = OrderDecider.OnReport(decision.Order, new Observation { ClientOrderId = last.ClientOrderId, Kind = ReportKind.Rejected, Reason = ReasonCode.InsufficientBalance, EffectSeq = last.PlaceSeq }, View(now));
            if (decision.Order.WakeAt is { } wake) decision = OrderDecider.OnWake(decision.Order, View(now = wake));
        }
        Assert.Equal((OrderStatus.Rejected, ReasonCode.InsufficientBalance, 0m), (decision.Order.Status, decision.Order.Reason, decision.Order.CumQty.Value));
        Assert.Contains(decision.Events, told => told is { Type: OrderEventType.TwapDone, Detail: "0 of 1; 1 remain" });
    }

    [Fact]
    public void Stop_when_a_cancel_is_asked_for()
    {
        var order = Fill(Sample.Open(Sliced, Facts)).Order;
        var end = OrderDecider.OnCancel(order, null, "RISK", null, View(Sample.Start.AddSeconds(1)));
        Assert.Equal((OrderStatus.Canceled, true, 0.2m, null), (end.Order.Status, end.Order.Final, end.Order.CumQty.Value, end.Order.WakeAt));
        Assert.Equal(4, end.Unqueued.Length);
    }

    [Theory]
    [InlineData("slices 5  slice_qty 0.1 -> POLICY_CONFLICT slices slice_qty")]
    [InlineData("slices 5                -> POLICY_OUT_OF_RANGE 5 1–4 S4_TWAP_MAX_SLICES")]
    [InlineData("slice_qty 0.1           -> POLICY_OUT_OF_RANGE 0.1 10 4")]
    [InlineData("slices 0                -> POLICY_OUT_OF_RANGE 0 1–4")]
    [InlineData("slices 2  gap 50        -> POLICY_OUT_OF_RANGE gap_ms 50 100")]
    [InlineData("slices 2  gap -1        -> FIELD_REQUIRED gap_ms")]
    [InlineData("slices 2  jitter 1000   -> POLICY_OUT_OF_RANGE jitter_ms 1000")]
    [InlineData("slices 2  type LIMIT    -> POLICY_CONFLICT twap type LIMIT")]
    [InlineData("slices 4                -> accepted")]
    public void That_make_no_sense_are_denied(string row)
    {
        var (cell, expected) = (Row.Of(row), row[(row.IndexOf("->", StringComparison.Ordinal) + 3)..].Split(' '));
        var gap = cell.Has("gap") ? cell.Decimal("gap") : 1000;
        var intent = Sliced with
        {
            Twap = new TwapTerms(cell.Has("slices") ? (int)cell.Decimal("slices") : null, cell.Has("slice_qty") ? new Quantity(cell.Decimal("slice_qty")) : null,
                gap < 0 ? null : TimeSpan.FromMilliseconds((double)gap), TimeSpan.FromMilliseconds(cell.Has("jitter") ? (double)cell.Decimal("jitter") : 0), SliceWeights.Equal),
        };
        if (cell.Has("type")) intent = intent with { Type = OrderType.Limit, Price = new(50_000m) };
        var verdict = IntentRules.Check(intent, Sample.Facts);
        Assert.Equal(expected[0], verdict.Denial?.Reason.Text() ?? "accepted");
        Assert.All(expected[1..], word => Assert.Contains(word, verdict.Denial?.Message ?? ""));
    }

    /// <summary>Test G: Σ ≤ asked exactly, each child on the grid, none lost or twice, one in flight, the gap kept, an end or an explicit remainder.</summary>
    [Fact]
    public void Fill_exactly_what_was_asked_in_any_life() => Seeds.Each(800, random =>
    {
        var gap = TimeSpan.FromMilliseconds(random.Next(500, 4_000));
        var terms = new TwapTerms(random.Next(1, 12), null, gap, gap * random.NextDouble() * 0.5, random.Pick(SliceWeights.Equal, SliceWeights.Sqrt));
        var maker = random.Chance(0.5) ? new MakerTerms(TimeSpan.FromMilliseconds(random.Next(1, 3_000)), null) : null;
        var life = PolicyLife.Live(Sliced with { Qty = new(random.Next(60, 4_000) / 1000m), Twap = terms, Maker = maker, Side = random.Pick(Side.Buy, Side.Sell) }, random);
        foreach (var (before, after) in life.SlicesStarted.Zip(life.SlicesStarted.Skip(1)))
            Assert.True(after - before >= gap * 0.9 - terms.Jitter, $"{after - before} between two slices whose gap is {gap}");
    });

    static MarketView View(DateTimeOffset now) => Facts.View with { Now = now };

    static Decision Fill(Decision decision, DateTimeOffset? at = null)
    {
        var venue = decision.Order.VenueOrders[^1];
        return OrderDecider.OnReport(decision.Order, new Observation
        {
            ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, EffectSeq = venue.PlaceSeq, VenueOrderId = "v", Status = VenueStatus.Filled, CumQty = venue.OrderQty,
            Trades = [new Trade($"t-{venue.ClientOrderId}", venue.OrderQty, new(50_000m), 0, null, false, Sample.Start)],
        }, View(at ?? Sample.Start));
    }
}
