using Xunit;

namespace Chimera.S4.Orders.Tests.Levers;

public class A_flattening
{
    static readonly Guid Request = SagaIds.Of("request"), Holder = SagaIds.Of("holder");
    static readonly FlattenTarget Position = FlattenTarget.OfPosition("BTCUSDT", Request), Holding = FlattenTarget.OfHolder("BTCUSDT", Holder);

    [Theory]
    [InlineData(0.7, "Sell 0.7")]
    [InlineData(-0.7, "Buy 0.7")]
    [InlineData(0.7004, "Sell 0.7")]
    [InlineData(250, "Sell 100")]
    public void Closes_what_is_held_on_the_grid_and_as_far_as_one_order_may_go(decimal held, string expected)
    {
        var (stored, publish) = Flattening.Next(Position, View(held));

        Assert.Equal(expected, $"{publish!.Side} {publish.Qty}");
        Assert.Equal<FlattenTry>([publish], [.. stored.Tries]);
    }

    [Fact]
    public void Publishes_what_it_has_stored_again_until_that_is_known_and_then_waits_for_its_end()
    {
        var (stored, first) = Flattening.Next(Position, View(0.7m));

        Assert.Equal((stored, first), Flattening.Next(stored, View(0.7m)));
        foreach (var status in new[] { OrderStatus.Working, OrderStatus.Unknown, OrderStatus.Filled })
            Assert.Equal((stored, null), Flattening.Next(stored, View(0.7m) with { Now = Sample.Start.AddHours(1), Last = Try(0.7m, status, 0, final: false) }));
    }

    [Fact]
    public void Ends_with_the_try_that_closed_all_of_it_whatever_a_look_shows_then()
    {
        var (stored, _) = Flattening.Next(Position, View(0.7m));
        Assert.Equal(FlattenEnd.Flat, Flattening.Next(stored, View(0.7m) with { Last = Try(0.7m, OrderStatus.Closed, 0.7m) }).Target.Ended);
    }

    [Fact]
    public void Goes_on_for_what_is_left_under_another_id_after_a_pause()
    {
        var (stored, first) = Flattening.Next(Position, View(0.7m));
        var half = View(0.3m) with { Last = Try(0.7m, OrderStatus.Expired, 0.4m) };

        Assert.Equal((stored, null), Flattening.Next(stored, half));
        var (again, second) = Flattening.Next(stored, half with { Now = half.Now.AddSeconds(1) });
        Assert.Equal(new Quantity(0.3m), second!.Qty);
        Assert.NotEqual(first!.IntentId, second.IntentId);
        Assert.Equal<FlattenTry>([first, second], [.. again.Tries]);
    }

    [Fact]
    public void Closes_a_position_before_an_intent_whose_outcome_is_open_has_ended_but_does_not_end_before_it()
    {
        var open = View(0.7m) with { IsSettled = false };
        Assert.Equal((Position, null), Flattening.Next(Position, open));
        var late = open with { Now = open.AskedAt + Flattening.Patience };
        var (stored, first) = Flattening.Next(Position, late);
        Assert.False(first!.IsAll);
        var flat = late with { Held = 0, Last = Try(0.7m, OrderStatus.Closed, 0.7m) };
        Assert.Equal((stored, null), Flattening.Next(stored, flat));

        var more = Flattening.Next(stored, flat with { Held = 0.2m, IsSettled = true }).Publish;
        Assert.Equal((new Quantity(0.2m), true), (more!.Qty, more.IsAll));
        Assert.Equal(FlattenEnd.Flat, Flattening.Next(stored, flat with { IsSettled = true }).Target.Ended);
    }

    [Fact]
    public void Waits_for_a_spot_holder_however_long_that_takes()
    {
        var open = View(0.7m) with { IsSettled = false, Now = Sample.Start.AddDays(1) };
        Assert.Equal((Holding, null), Flattening.Next(Holding, open));
    }

    [Fact]
    public void Takes_away_what_protects_a_position_only_once_that_is_flat_or_where_the_venue_says_that_it_is_locked()
    {
        Assert.True(Holding.ExitsGo);
        var protectedOne = View(0.7m) with { AreExitsAsked = false };
        var (stored, _) = Flattening.Next(Position, protectedOne);
        Assert.False(stored.ExitsGo);
        Assert.True(Flattening.Next(stored, protectedOne with { Last = Try(0.7m, OrderStatus.Rejected, 0) with { Reason = ReasonCode.ReduceOnlyLocked } }).Target.ExitsGo);

        var flat = Flattening.Next(stored, protectedOne with { Last = Try(0.7m, OrderStatus.Closed, 0.7m) }).Target;
        Assert.Equal((true, null), (flat.ExitsGo, flat.Ended));
        Assert.Equal(FlattenEnd.Flat, Flattening.Next(flat, View(0.7m) with { Last = Try(0.7m, OrderStatus.Closed, 0.7m) }).Target.Ended);
    }

    [Theory]
    [InlineData(0, "NothingHeld")]
    [InlineData(0.0004, "TooSmall")]
    public void Ends_where_there_is_nothing_to_close(decimal held, string how) => Assert.Equal(how, Flattening.Next(Position, View(held)).Target.Ended.ToString());

    [Fact]
    public void Ends_where_the_venue_would_not_take_so_little()
    {
        var (stored, _) = Flattening.Next(Holding, View(0.001m));
        Assert.Equal(FlattenEnd.TooSmall, Flattening.Next(stored, View(0.001m) with { Last = Try(0.001m, OrderStatus.Rejected, 0) with { Reason = ReasonCode.BelowMinNotional } }).Target.Ended);
    }

    [Fact]
    public void Gives_up_after_ten_tries_and_leaves_what_protects()
    {
        var (target, now) = (Position, Sample.Start);
        for (var i = 0; i < 11; i++, now = now.AddMinutes(1)) target = Flattening.Next(target, View(0.7m) with { Now = now, AreExitsAsked = false, Last = i == 0 ? null : Try(0.7m, OrderStatus.Rejected, 0) }).Target;
        Assert.Equal((10, FlattenEnd.GivenUp, false), (target.Tries.Length, target.Ended!.Value, target.ExitsGo));
    }

    [Fact]
    public void Sells_the_holding_of_an_intent_under_the_same_ids_whichever_request_asks_for_it()
    {
        Assert.Equal(Flattening.Next(Holding, View(1)).Publish, Flattening.Next(FlattenTarget.OfHolder("BTCUSDT", Holder), View(1)).Publish);
        Assert.NotEqual(Position.Id, FlattenTarget.OfPosition("BTCUSDT", SagaIds.Of("another request")).Id);
        Assert.NotEqual(Position.Id, FlattenTarget.OfPosition("ETHUSDT", Request).Id);
    }

    /// <summary>Whatever becomes of each try, and whoever repeats a step that was stored or was not.</summary>
    [Fact]
    public void Never_sells_more_than_is_held_and_never_two_at_once()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (holding, held, now) = (Holding, (decimal)random.Next(1, 300), Sample.Start);
            var (all, published, documents) = (held, new Dictionary<string, FlattenTry>(), new Dictionary<string, Order>());
            for (var step = 0; step < 200 && holding.Ended is null; step++, now = now.AddSeconds(random.Next(60)))
            {
                var last = holding.Tries.LastOrDefault();
                var (next, publish) = Flattening.Next(holding, View(held) with { Now = now, Last = last is null ? null : documents.GetValueOrDefault(last.IntentId) });
                if (random.Next(4) == 0) continue;                               // another replica came first
                holding = next;
                if (publish is null || random.Next(4) == 0) continue;            // died before it was published
                Assert.True(published.TryAdd(publish.IntentId, publish) || published[publish.IntentId] == publish, $"seed {seed}: {publish} after {published[publish.IntentId]}");
                if (documents.ContainsKey(publish.IntentId)) continue;
                Assert.True(publish.Qty.Value <= held, $"seed {seed}: {publish} of {held}");
                var filled = random.Next(3) switch { 0 => 0, 1 => publish.Qty.Value, _ => Sample.Instrument.Lots.Floor(new(publish.Qty.Value * random.Next(100) / 100)).Value };
                documents[publish.IntentId] = Try(publish.Qty.Value, filled == publish.Qty.Value ? OrderStatus.Closed : OrderStatus.Expired, filled);
                held -= filled;
            }
            Assert.True(holding.Ended is not null, $"seed {seed} has not ended");
            Assert.True(holding.Ended is FlattenEnd.GivenUp || held == 0, $"seed {seed}: {holding.Ended}, and {held} of {all} is held");
        }
    }

    static FlattenView View(decimal held) => new() { Now = Sample.Start, AskedAt = Sample.Start, IsSettled = true, AreExitsAsked = true, Held = held, Instrument = Sample.Instrument };

    static Order Try(decimal qty, OrderStatus status, decimal filled, bool final = true)
    {
        var order = Sample.Open(Sample.Intent with { Qty = new(qty) }).Order;
        return order with { Status = status, Final = final, VenueOrders = [order.VenueOrders[0] with { CumQty = new(filled) }] };
    }
}
