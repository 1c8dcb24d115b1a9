namespace Chimera.S4.Orders.Tests;

/// <summary>Plain things to test with: one instrument, one intent, one instant.</summary>
static class Sample
{
    public const string Prefix = "s4t";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly Instrument Instrument = new()
    {
        Market = Market.Spot, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = true,
        Prices = new PriceGrid(0.01m, 0.01m, 1_000_000m), Lots = new LotGrid(0.001m, 0.001m, 100m), MinNotional = 5m,
    };

    /// <summary>A resting buy of two lots of 0.5; every fill below is of one lot.</summary>
    public static readonly Intent Intent = new()
    {
        IntentId = "intent-1", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(1m), Type = OrderType.Limit, Price = new(50_000m),
        TimeInForce = TimeInForce.Gtc, PublishedAt = Start, ReceivedAt = Start, ContentHash = "c0ffee",
    };

    public static readonly IntentFacts Facts = new() { Now = Start, InstrumentsKnown = true, Instrument = Instrument, Mid = 50_000m };

    public static Decision Open(Intent? intent = null, IntentFacts? facts = null, Denial? malformed = null, Waiter? waiter = null)
    {
        intent ??= Intent;
        return OrderDecider.Open(SagaIds.Of(intent.IntentId), intent, malformed, facts ?? Facts, Prefix, waiter);
    }

    public static Waiter Waiter(WaitsFor what, int number = 1) => new(new Uri("loopback://localhost/caller"), SagaIds.Of($"waiter-{number}"), what);

    public static Trade Lot(int number) => new($"t{number}", new(0.5m), new(50_000m + number), 0.01m, "BNB", true, Start.AddSeconds(number));

    /// <summary>What the venue tells of the order: its state, and the trades that this report carries.</summary>
    public static Observation Says(this Order order, VenueStatus status, decimal cum = 0, int? answers = null, params int[] lots) => new()
    {
        ClientOrderId = order.Name(), Kind = ReportKind.Known, EffectSeq = answers, VenueOrderId = "v1", Status = status, CumQty = new(cum), CumQuote = cum * 50_000m,
        Trades = [.. lots.Select(Lot)],
    };

    /// <summary>What a placement, a query or a look came to when it was not the order's state.</summary>
    public static Observation Comes(this Order order, ReportKind kind, int? answers = null, ReasonCode? reason = null, string? text = null) =>
        new() { ClientOrderId = order.Name(), Kind = kind, EffectSeq = answers, Reason = reason, VenueText = text };

    /// <summary>The name of the intent's only venue order; a denied intent has none, but reports may still claim one.</summary>
    public static string Name(this Order order) => new ClientOrderId(Prefix, order.Id, 0, 0).ToString();

    public static int? Placing(this Order order) => order.VenueOrders[^1].PlaceSeq;

    /// <summary>An order that is resting at the venue, its placement answered.</summary>
    public static Order Working(Intent? intent = null)
    {
        var order = Open(intent).Order;
        return OrderDecider.OnReport(order, order.Says(VenueStatus.New, answers: order.Placing()), MarketView.At(Start)).Order;
    }

    public static Decision Then(this Order order, Observation seen, double seconds = 0) => OrderDecider.OnReport(order, seen, MarketView.At(Start.AddSeconds(seconds)));
}
