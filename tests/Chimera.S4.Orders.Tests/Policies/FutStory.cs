using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>A futures intent told step by step: what the venue says, and what follows from it. After each step the process dies and the same message comes again.</summary>
sealed class FutStory
{
    public static readonly ProtectionTerms Exits = new(new Price(90), [new TakeProfitLevel(new Price(110), null)]);
    public static readonly Intent Protected = Sample.Intent with { Market = Market.Fut, Type = OrderType.LimitMaker, Price = new(99), TimeInForce = null, Protection = Exits };
    public static readonly Intent Close = Sample.Intent with { IntentId = "close", Market = Market.Fut, Side = Side.Sell, ReduceOnly = true, Type = OrderType.Market, Price = null, TimeInForce = null };
    public static readonly Intent Stop = Sample.Intent with { Market = Market.Fut, Side = Side.Sell, ReduceOnly = true, Type = OrderType.Stop, Price = null, TriggerPx = new(90), TimeInForce = null };

    FutStory(Intent intent) => Last = Sample.Open(intent, Facts);

    public Decision Last { get; private set; }
    public Order Order => Last.Order;
    public DateTimeOffset Now { get; set; } = Sample.Start;
    IntentFacts Facts => Sample.Facts with
    {
        Now = Now, Instrument = PolicyLife.Instrument with { Market = Market.Fut }, Mid = 100, Reference = 100, Reducible = 1, Quote = new Quote([new(99.95m, 5)], [new(100.05m, 5)], Now),
        Limits = new PolicyLimits { TwapMaxSlices = 50 },
    };

    public static FutStory Of(Intent intent) => new(intent);

    /// <inheritdoc cref="SpotStory.Does"/>
    public string Does => string.Join(", ", Last.Effects.Select(effect => effect switch
    {
        PlaceEffect place => $"{Words.Of(place.Type)} {place.Qty}{(place.TriggerPx is { } trigger ? $"@{trigger}" : "")}",
        CancelEffect cancel => $"cancel {Words.Of(Venue(cancel.ClientOrderId).Type)} {Venue(cancel.ClientOrderId).OrderQty}",
        FindExitsEffect ask => ask.HasClosed ? "find what is left" : "find exits",
        GiveWayEffect told => $"give way {(told.Taken is { } taken ? $"{taken}" : "now")}",
        _ => effect.GetType().Name,
    }));

    VenueOrder Venue(string id) => Order.VenueOrders.First(venue => venue.ClientOrderId == id);

    /// <param name="back">The order in question, counted from the latest.</param>
    public FutStory Then(int back, VenueStatus status, decimal cum = 0)
    {
        var venue = Order.VenueOrders[^(back + 1)];
        var seen = new Observation
        {
            ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, EffectSeq = venue.PlaceSeq, VenueOrderId = "v", Status = status, CumQty = new(cum), AnsweredAt = Now,
            Trades = cum == venue.CumQty.Value ? [] : [new Trade($"{venue.ClientOrderId}-{cum}", new(cum - venue.CumQty.Value), new(100), 0, "USDT", null, Now)],
        };
        return Hears(seen);
    }

    public FutStory Refused(int back, ReasonCode reason)
    {
        var venue = Order.VenueOrders[^(back + 1)];
        var seen = new Observation { ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Rejected, Reason = reason, EffectSeq = venue.PlaceSeq, AnsweredAt = Now };
        return Hears(seen);
    }

    /// <summary>The venue says, of the instant <paramref name="secondsAgo"/>, that the position is flat.</summary>
    public FutStory Flat(double secondsAgo = 0) => Hears(order => OrderDecider.OnFlat(order, Now.AddSeconds(-secondsAgo), Facts.View));

    public FutStory Looks() => Hears(order => OrderDecider.OnLook(order, Facts.View));

    /// <summary>What it had asked is answered: what the account holds, and what each owner of exits holds, oldest first.</summary>
    public FutStory Finds(decimal position, params decimal[] held) => FindsOwners(position, [.. held.Select((qty, at) => new ExitOwner(SagaIds.Of($"owner-{at}"), new(qty)))]);

    public FutStory FindsOwners(decimal position, params ExitOwner[] owners)
    {
        var asked = Order.Room!.AskSeq;
        return Hears(order => OrderDecider.OnExitsFound(order, asked, owners, new(position), Facts.View));
    }

    /// <summary>Another intent closes beside it, or has closed so much.</summary>
    public FutStory GivesWay(int seq, decimal? taken = null, string to = "close") => Hears(order => OrderDecider.OnGiveWay(order, to, seq, taken is { } qty ? new Quantity(qty) : null, Facts.View));

    public FutStory Canceled() => Hears(order => OrderDecider.OnCancel(order, SagaIds.Of("cancel"), "RISK", null, Facts.View));

    /// <summary>Time passes; what was to happen then happens.</summary>
    public FutStory After(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        Last = Order.WakeAt <= Now ? OrderDecider.OnWake(Order, Facts.View) : Decision.Nothing(Order);               // a timer that comes again is known by its id
        return this;
    }

    public FutStory Hears(Observation seen) => Hears(order => OrderDecider.OnReport(order, seen, Facts.View));

    FutStory Hears(Func<Order, Decision> message)
    {
        Last = message(Order);
        var again = message(PolicyLife.Restarted(Order));
        Assert.Empty(again.Effects);
        Assert.Equal(Shape.Of(Order), Shape.Of(again.Order));
        return this;
    }
}
