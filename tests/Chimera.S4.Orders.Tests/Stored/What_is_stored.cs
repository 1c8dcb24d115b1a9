using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Every stored type survives the Router's JSON. The options are written here once more, because they are a promise about bytes on disk.</summary>
public class What_is_stored
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
    };

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("7.9228162514264337593543950335")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1.1", "1.10000")]
    [InlineData("1000", "1000.000")]
    public void Is_money_as_plain_text_without_trailing_zeros(string text, string? asked = null)
    {
        var value = decimal.Parse(asked ?? text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(new Price(value), Options));
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(new Quantity(value), Options));
        Assert.Equal(new Price(value), JsonSerializer.Deserialize<Price>($"\"{text}\"", Options));
        Assert.Equal(new Quantity(value), JsonSerializer.Deserialize<Quantity>($"\"{text}\"", Options));
    }

    [Fact]
    public void Is_any_decimal_at_all() => Seeds.Each(5000, random =>
    {
        var value = new decimal(random.Next(), random.Next(), random.Next(), false, (byte)random.Next(29));
        Assert.Equal(new Quantity(value), Again(new Quantity(value)));
        Assert.Equal(value, Again(Sample.Lot(1) with { Commission = value }).Commission);
    });

    /// <summary>Binary floats never touch money, and neither does a null that stands for zero.</summary>
    [Theory]
    [InlineData("1.5")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("\"1,5\"")]
    public void Is_refused_where_money_is_no_text(string json) => Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Quantity>(json, Options));

    [Fact]
    public void Is_an_order_whole() => Assert.Null(Shape.Differ(Shape.Of(Full()), Shape.Of(Again(Full()))));

    [Fact]
    public void Is_every_reachable_order_whole() => Assert.All(Lives.Orders, order =>
    {
        var again = Again(order);
        Assert.Null(Shape.Differ(Shape.Of(order), Shape.Of(again)));
        // It acts like the one that was never stored, and a repeat costs it no commit either.
        Assert.Equal(Shape.Of(OrderDecider.OnCancel(order, null, "X", null, MarketView.At(Sample.Start))), Shape.Of(OrderDecider.OnCancel(again, null, "X", null, MarketView.At(Sample.Start))));
        Assert.True(again == OrderDecider.OnIntent(again, again.Intent, null, Sample.Start).Order);
    });

    [Fact]
    public void Is_every_member_of_an_order()
    {
        // A member that the full order leaves at its default would not be seen to get lost.
        var json = JsonSerializer.SerializeToElement(Full(), Options);
        Type[] types = [typeof(Order), typeof(Intent), typeof(VenueOrder), typeof(Trade), typeof(Waiter), typeof(PublishedResult), typeof(TimelineNote),
            typeof(Leg), typeof(Patience), typeof(TwapPlan), typeof(MakerTerms), typeof(TwapTerms), typeof(ProtectionTerms), typeof(TakeProfitLevel), typeof(OcoTerms), typeof(GuardTerms), typeof(PriceWatch), typeof(ReplacedIntent), typeof(ReplacedEnd), typeof(RoomAsked), typeof(GivenWay)];
        var missing = new List<string>();
        void Walk(JsonElement element, Type type)
        {
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                if (!element.TryGetProperty(name, out var value)) { missing.Add($"{type.Name}.{property.Name}"); continue; }
                var inner = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
                if (!types.Contains(inner)) continue;
                if (value.ValueKind is JsonValueKind.Array) Walk(value[0], inner);
                else Walk(value, inner);
            }
        }
        Walk(json, typeof(Order));
        Assert.Empty(missing);
    }

    [Fact]
    public void Are_enums_by_name()
    {
        var json = JsonSerializer.Serialize(Full(), Options);
        Assert.All(new[] { "\"status\":\"Canceled\"", "\"market\":\"Spot\"", "\"side\":\"Buy\"", "\"type\":\"Limit\"", "\"timeInForce\":\"Gtc\"", "\"reason\":\"VenueRejected\"", "\"waitsFor\":\"Answer\"" },
            word => Assert.Contains(word, json));
        Assert.All(Enum.GetValues<OrderStatus>(), status => Assert.Equal($"\"{status}\"", JsonSerializer.Serialize(status, Options)));
    }

    /// <summary>A document that an earlier build wrote, byte for byte: the stored form may grow, but this has to stay readable.</summary>
    [Fact]
    public void Is_an_order_of_schema_1_readable()
    {
        const string stored = """
            {"schema":1,"id":"ed724e3c-34b8-5fa7-a61c-a7a4c41e8575","intent":{"intentId":"intent-1","market":"Spot","symbol":"BTCUSDT","side":"Buy","qty":"1","type":"Limit","price":"50000",
            "timeInForce":"Gtc","reduceOnly":false,"publishedAt":"2026-03-02T09:00:00+00:00","receivedAt":"2026-03-02T09:00:00+00:00","contentHash":"c0ffee"},"status":"PartiallyFilled",
            "orderQty":"1","venueOrders":[{"clientOrderId":"s4t7XJOPDS4X6emHKekxB6FdQ0000","type":"Limit","orderQty":"1","price":"50000","outcomeUnknown":false,"venueOrderId":"v1",
            "status":"PartiallyFilled","cumQty":"0.5","cumQuote":25000.5,"trades":[{"tradeId":"t1","qty":"0.5","px":"50001","commission":0.01,"commissionAsset":"BNB","maker":true,
            "time":"2026-03-02T09:00:01+00:00"}]}],"cancelAsked":false,"waiters":[],"final":false,"effectSeq":4,"resultSeq":2,"recordSeq":3,
            "published":{"seq":2,"status":"PARTIALLY_FILLED","cumQty":"0.5","final":false},"probes":0,"routeRevision":0,"createdAt":"2026-03-02T09:00:00+00:00",
            "updatedAt":"2026-03-02T09:00:01+00:00","timeline":[{"at":"2026-03-02T09:00:01+00:00","what":"PARTIALLY_FILLED","detail":"0.5 of 1"}]}
            """;
        var order = JsonSerializer.Deserialize<Order>(stored, Options)!;
        Assert.Equal((OrderStatus.PartiallyFilled, 0.5m, 50_001m), (order.Status, order.CumQty.Value, order.AvgPx));
        Assert.Equal(OrderStatus.Closed, order.Then(order.Says(VenueStatus.Filled, 1, null, 2)).Order.Status);
    }

    [Fact]
    public void Are_effects_as_the_kind_they_are()
    {
        var place = Sample.Open(Sample.Intent with { ExpiresAt = Sample.Start.AddSeconds(9), ReduceOnly = true, Side = Side.Sell }).Effects[0];
        var cancel = OrderDecider.OnCancel(Sample.Working(), null, null, null, MarketView.At(Sample.Start)).Effects[0];
        var query = new QueryEffect(3, Market.Fut, "BTCUSDT", "s4x") { VenueOrderId = "v1", CancelId = "s4xc0" };
        var list = new PlaceListEffect(4, Market.Spot, "BTCUSDT", "s4l")
        {
            Side = Side.Sell, Qty = new(1), Above = new("s4a", OrderType.LimitMaker, new(110), null), Below = new("s4b", OrderType.Stop, new(89), new(90)),
            Entry = new("s4e", OrderType.Limit, Side.Buy, new(1), new(100)), NotAfter = Sample.Start,
        };
        foreach (var (effect, kind) in new (Effect, string)[] { (list, "place-list"), (place, "place"), (cancel, "cancel"), (query, "query"), (new EndIntentEffect(5, SagaIds.Of("other")), "end-intent"),
            (new FindExitsEffect(6, "BTCUSDT", Side.Sell, true), "find-exits"), (new GiveWayEffect(7, SagaIds.Of("other"), "closer", new(1)), "give-way") })
        {
            var json = JsonSerializer.Serialize<Effect>(effect, Options);
            Assert.StartsWith($"{{\"kind\":\"{kind}\"", json);
            Assert.Equal(effect, JsonSerializer.Deserialize<Effect>(json, Options));
        }
    }

    [Fact]
    public void Is_every_kind_of_effect_that_there_is()
    {
        var named = typeof(Effect).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType);
        var all = typeof(Effect).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Effect)) && !type.IsAbstract);
        Assert.Equal(all.OrderBy(type => type.Name), named.OrderBy(type => type.Name));
    }

    [Fact]
    public void Is_a_placement_journal_entry_whole()
    {
        var entry = new PlacementEntry
        {
            ClientOrderId = "s4x", Epoch = 3, Request = "symbol=BTCUSDT&signature=0f", Timestamp = Sample.Start.AddTicks(1), ReceiveWindow = TimeSpan.FromMilliseconds(1000),
            SentAt = Sample.Start.AddTicks(2), MidAtSend = 7.9228162514264337593543950335m, BookTop3 = "[]", NotExecuted = true, Probes = 9, FirstEmptyAt = Sample.Start, LastEmptyAt = Sample.Start.AddSeconds(5),
            NeedsReview = true, Resolution = "{\"a\":1}",
        };
        Assert.Equal(entry, Again(entry));
        Assert.All(typeof(PlacementEntry).GetProperties(), property => Assert.NotNull(property.GetValue(entry)));
    }

    static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Options), Options)!;

    /// <summary>An order with something in every member.</summary>
    static Order Full()
    {
        var intent = Sample.Intent with { ExpiresAt = Sample.Start.AddSeconds(60), ReduceOnly = true, ExecPolicy = "{\"twap\":{}}", TriggerPx = new(3),
            Replaces = "before", Maker = new MakerTerms(TimeSpan.FromSeconds(2), 0.3m), Twap = new TwapTerms(3, new(0.1m), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(5), SliceWeights.Sqrt),
            Protection = new ProtectionTerms(new(1), [new TakeProfitLevel(new(4), new(0.5m))]), Oco = new OcoTerms(new(4), new(2), new(1), OnLegFailure.Market), Guard = new GuardTerms(new(2), true), Qty = new(7.9228162514264337593543950335m) };
        var venue = new VenueOrder
        {
            ClientOrderId = "s4x", Leg = 1, ListId = "s4l", Type = OrderType.Limit, OrderQty = new(1), Price = new(2), TriggerPx = new(3), PlaceSeq = 1, OutcomeUnknown = true, VenueOrderId = "v1", Status = VenueStatus.Canceled,
            CumQty = new(0.5m), CumQuote = 1.0000000000000000000000000001m, Trades = [Sample.Lot(1), Sample.Lot(2) with { Maker = false }], CancelId = "s4xc0", CancelSeq = 2, IsWithdrawn = true, QuerySeq = 3,
            Reason = ReasonCode.WouldTake, VenueText = "would take \"it\" 中", SentAt = Sample.Start.AddTicks(1), AckedAt = Sample.Start.AddTicks(2), MidAtSend = 1.5m, BookTop3 = "{}",
            DecidedAt = Sample.Start, EndedAt = Sample.Start.AddTicks(3), Sight = new BookSight(1.5m, 0.1m, 2m, 3m),
        };
        var leg = new Leg(0, LegPurpose.Exit, Side.Sell, new(1), OrderType.Stop)
        {
            Price = new(2), TriggerPx = new(3), Patience = new Patience(TimeSpan.FromSeconds(2), 0.3m, 4) { Propensity = 0.05m }, StartedAt = Sample.Start, Ended = VenueStatus.Expired, Why = ReasonCode.RemainderTooSmall, BlindSince = Sample.Start,
        };
        return new Order
        {
            Prefix = "s4t", Legs = [leg, leg with { No = 1 }], WakeAt = Sample.Start, Watch = new PriceWatch(new(2), new(4), Sample.Start, Sample.Start), HasFallenBack = true, IsGuarded = true, NakedSince = Sample.Start, FlatAt = Sample.Start, FlatSeenAt = Sample.Start,
            Room = new RoomAsked("s4x", 2, Sample.Start, 3), GivenWay = [new GivenWay("other", 4, Sample.Start, new(0.5m))],
            Replaced = new ReplacedIntent("before", 3, new ReplacedEnd(new(0.1m), true, Side.Sell)),
            Twap = new TwapPlan([new(0.5m), new(0.5m)], Sample.Start, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(5)) { Shift = TimeSpan.FromSeconds(3), Patience = leg.Patience, IsDone = true, Requeued = 1 },
            Id = SagaIds.Of("x"), Intent = intent, Status = OrderStatus.Canceled, OrderQty = new(1), VenueOrders = [venue, venue with { ClientOrderId = "s4y" }], RejectedBy = RejectedBy.Venue,
            Reason = ReasonCode.VenueRejected, Message = "no", CancelAsked = true, CancelReason = "BY_HAND", ExitsCanceled = true, Waiters = [Sample.Waiter(WaitsFor.Answer), Sample.Waiter(WaitsFor.Cancel, 2)], Final = true,
            EffectSeq = 4, ResultSeq = 5, RecordSeq = 6, Published = new PublishedResult(5, "CANCELED", new(0.5m), true), ProbeAt = Sample.Start, Probes = 7, RouteRevision = 8, PublishMid = 1.5m, ArrivalMid = 1.25m,
            CreatedAt = Sample.Start, UpdatedAt = Sample.Start.AddTicks(3), ClosedAt = Sample.Start, Timeline = [new TimelineNote(Sample.Start, "CANCELED", "0.5 of 1", "s4x")],
        };
    }
}
