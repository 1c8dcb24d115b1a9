using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>A spot intent with exits, told step by step: what the venue says, and what follows from it.</summary>
sealed class SpotStory
{
    decimal mid = 100;

    SpotStory(Intent intent, bool isGuarded, Features features)
    {
        (Instrument, IsGuarded) = (PolicyLife.Instrument with { Features = features }, isGuarded);
        Last = Sample.Open(intent, Facts);
    }

    public static readonly Intent Oco = Sample.Intent with { Type = OrderType.Market, Price = null, TimeInForce = null, Oco = new OcoTerms(new(110), new(90), null, OnLegFailure.Guard) };
    public static readonly Intent Held = Oco with { Side = Side.Sell, ReduceOnly = true };
    public static readonly Intent AtLimit = Oco with { Type = OrderType.LimitMaker, Price = new(99) };
    public static readonly Intent Guard = AtLimit with { Oco = null, Guard = new GuardTerms(new(90), false) };

    Instrument Instrument { get; }
    bool IsGuarded { get; }

    /// <summary>False: no price is fresh enough to be known.</summary>
    public bool HasQuote { get; set; } = true;
    public Decision Last { get; private set; }
    public Order Order => Last.Order;
    public DateTimeOffset Now { get; set; } = Sample.Start;
    public IntentFacts Facts => Sample.Facts with
    {
        Now = Now, Instrument = Instrument, Mid = mid, Reference = mid, Quote = HasQuote ? new Quote([new(mid - 0.05m, 5)], [new(mid + 0.05m, 5)], Now) : null, Limits = new PolicyLimits { OcoGuardian = IsGuarded },
    };

    public static SpotStory Of(Intent intent, bool isGuarded = true, Features features = Features.Oco | Features.Oto) => new(intent, isGuarded, features);

    /// <summary>What is to be done now, a word each: <c>MARKET 1</c>, <c>STOP 1@90</c>, <c>OCO 1</c>, <c>OTOCO 1/0.999</c>, <c>cancel LIMIT_MAKER</c>.</summary>
    public string Does => string.Join(", ", Last.Effects.Select(effect => effect switch
    {
        PlaceEffect place => $"{Words.Of(place.Type)} {place.Qty}{(place.TriggerPx is { } trigger ? $"@{trigger}" : "")}",
        PlaceListEffect { Entry: { } entry } list => $"OTOCO {entry.Qty}/{list.Qty}",
        PlaceListEffect list => $"OCO {list.Qty}",
        CancelEffect cancel => $"cancel {Words.Of(Order.VenueOrders.First(venue => venue.ClientOrderId == cancel.ClientOrderId).Type)}",
        _ => effect.GetType().Name,
    }));

    public string Tells => string.Join(", ", Last.Events.Select(told => told.Type).Where(type => type is not (OrderEventType.Accepted or OrderEventType.Executed)));

    /// <param name="back">The order in question, counted from the latest.</param>
    public SpotStory Then(int back, VenueStatus status, decimal cum = 0, decimal fee = 0, string asset = "BTC")
    {
        var venue = Order.VenueOrders[^(back + 1)];
        return Hears(new Observation
        {
            ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Known, EffectSeq = venue.PlaceSeq, VenueOrderId = "v", Status = status, CumQty = new(cum),
            Trades = cum == venue.CumQty.Value ? [] : [new Trade($"{venue.ClientOrderId}-{cum}", new(cum - venue.CumQty.Value), new(100), fee, asset, null, Now)],
        });
    }

    public SpotStory Refused(int back, ReasonCode reason)
    {
        var venue = Order.VenueOrders[^(back + 1)];
        return Hears(new Observation { ClientOrderId = venue.ClientOrderId, Kind = ReportKind.Rejected, Reason = reason, EffectSeq = venue.PlaceSeq, AnsweredAt = Now });
    }

    /// <summary>Both exits are at the venue.</summary>
    public SpotStory Stands() => Then(1, VenueStatus.New).Then(0, VenueStatus.New);

    public SpotStory At(decimal price)
    {
        mid = price;
        return Hears(order => OrderDecider.OnPrice(order, price, Now, Facts.View));
    }

    public SpotStory Hears(Observation seen) => Hears(order => OrderDecider.OnReport(order, seen, Facts.View));

    /// <summary>After each step the process dies between commit and acknowledgement: the document is read back from its bytes, and the same message comes again. Nothing may follow from that.</summary>
    SpotStory Hears(Func<Order, Decision> message)
    {
        Last = message(Order);
        var again = message(PolicyLife.Restarted(Order));
        Assert.Empty(again.Effects);
        Assert.Equal(Shape.Of(Order), Shape.Of(again.Order));
        return this;
    }

    public SpotStory Canceled()
    {
        Last = OrderDecider.OnCancel(Order, null, "STORY", null, Facts.View);
        return this;
    }
}
