using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router;

/// <summary>What commits of orders come to, in the figures of spec §8 (infra/docs/metrics.md). Each thing is counted once, by the replica whose commit brought it.</summary>
public sealed class OrderMetrics
{
    // 800 is the objective of §8, so that the share below it is exact.
    static readonly double[] Milliseconds = [1, 2, 5, 10, 20, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 60_000];
    static readonly double[] Shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999];
    static readonly double[] BasisPoints = [-50, -20, -10, -5, -2, -1, -0.5, 0, 0.5, 1, 2, 5, 10, 20, 50, 100];

    readonly IMarketFacts facts;
    readonly Counter<long> intents, events;
    readonly Counter<double> notional, unpricedNotional, fees, rebates, unpricedFees;
    readonly Histogram<double> submit, makerFill, sliceFill, slippage;

    public OrderMetrics(IMeterFactory meters, IMarketFacts facts)
    {
        this.facts = facts;
        var meter = meters.Create(RouterMetrics.MeterName);
        intents = meter.CreateCounter<long>("s4.intents", description: "New intents by market, outcome (accepted, denied, unavailable, late) and code of the denial");
        events = meter.CreateCounter<long>("s4.events", description: "Events of the record, by type");
        submit = Histogram("router.submit.latency_ms", Milliseconds, "From the intent's receipt to the venue's first answer about an order of it");
        makerFill = Histogram("maker.fill_ratio", Shares, "Of each maker window that has ended: the share of its quantity that was filled while it rested");
        sliceFill = Histogram("twap.slice_fill_ratio", Shares, "Of each slice that has ended: the share of its quantity that was filled");
        slippage = Histogram("slippage.bps", BasisPoints, "Of each intent whose entry has ended with a fill: volume-weighted price against the middle at send; positive is a cost");
        notional = meter.CreateCounter<double>("s4.fills.notional_usdt", description: "Filled price × quantity in USDT, by market and liquidity (maker, taker, unknown)");
        unpricedNotional = meter.CreateCounter<double>("s4.fills.notional_unpriced", description: "The same in quote assets that have no known price in USDT, by asset");
        fees = meter.CreateCounter<double>("fee.usdt", description: "Fees paid, in USDT at the middle at the fill, by market");
        rebates = meter.CreateCounter<double>("fee.rebate.usdt", description: "Fees that the venue paid to us, in USDT at the middle at the fill, by market");
        unpricedFees = meter.CreateCounter<double>("fee.unpriced", description: "Fees in assets that have no known price in USDT, in the asset, by asset");

        Histogram<double> Histogram(string name, double[] bounds, string description) =>
            meter.CreateHistogram(name, null, description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
    }

    /// <inheritdoc cref="RouterMetrics.Begin"/>
    public void Begin()
    {
        foreach (var type in Enum.GetValues<OrderEventType>()) events.Add(0, new KeyValuePair<string, object?>("type", type.Text()));
        foreach (var market in Enum.GetValues<Market>().Select(market => new KeyValuePair<string, object?>("market", Words.Of(market))))
        {
            foreach (var liquidity in new[] { "maker", "taker" }) notional.Add(0, market, new("liquidity", liquidity));
            foreach (var outcome in new[] { "accepted", "unavailable", "late" }) intents.Add(0, market, new("outcome", outcome), new("code", ""));
            fees.Add(0, market);
            rebates.Add(0, market);
        }
    }

    /// <param name="before">The order as it was loaded; null: the commit has made it.</param>
    public void Committed(Order? before, Decision decision)
    {
        var order = decision.Order;
        var market = new KeyValuePair<string, object?>("market", Words.Of(order.Intent.Market));
        if (before is null) intents.Add(1, market, new("outcome", Outcome(order)), new("code", order.Reason is { } reason && order.IsDenied ? reason.Text() : ""));
        foreach (var told in decision.Events) events.Add(1, new KeyValuePair<string, object?>("type", told.Type.Text()));
        if (FirstAnswer(order) is { } answered && (before is null || FirstAnswer(before) is null)) submit.Record(Math.Max(0, (answered - order.Intent.ReceivedAt).TotalMilliseconds), market);
        foreach (var (clientOrderId, trade) in decision.NewTrades) Fill(order, trade, market);
        foreach (var leg in order.Legs)
            if (leg.Purpose is LegPurpose.Entry && IsOver(order, leg) && !(before is not null && leg.No < before.Legs.Length && IsOver(before, before.Legs[leg.No]))) Ended(order, leg, market);
        if (Slippage(order) is { } bps && (before is null || Slippage(before) is null)) slippage.Record((double)bps, market);
    }

    /// <summary>What S4 could not do for lack of something of its own or the venue's counts against its objective; what it refused for good reason does not.</summary>
    static string Outcome(Order order) => order switch
    {
        { IsDenied: false } => "accepted",
        { Reason: ReasonCode.IntentExpired } => "late",
        { Reason: { } reason } when ReasonCodes.Of(reason).HttpStatus == 503 => "unavailable",
        _ => "denied",
    };

    static DateTimeOffset? FirstAnswer(Order order) => order.VenueOrders.Min(venue => venue.AckedAt);

    // The stream may tell of the end before whoever sent it has told the middle at send.
    static decimal? Slippage(Order order) => order.HasEntered && !order.CumQty.IsZero ? order.SlippageBps : null;

    static bool IsOver(Order order, Leg leg) => leg.Ended is not null || LegProgress.Of(order, leg).Left.IsZero;

    void Ended(Order order, Leg leg, KeyValuePair<string, object?> market)
    {
        var orders = order.VenueOrders.Where(venue => venue.Leg == leg.No).ToArray();
        if (order.Twap is not null) sliceFill.Record(Share(orders.Sum(venue => venue.CumQty.Value)), market);
        if (leg.Patience is { Quotes: > 0, Wait.Ticks: > 0 }) makerFill.Record(Share(orders.Where(venue => venue.Type is OrderType.LimitMaker).Sum(venue => venue.CumQty.Value)), market);

        double Share(decimal filled) => (double)(filled / leg.Target.Value);
    }

    void Fill(Order order, Trade trade, KeyValuePair<string, object?> market)
    {
        if (facts.Instrument(order.Intent.Market, order.Intent.Symbol)?.QuoteAsset is { } quote)
        {
            var amount = trade.Qty.Value * trade.Px.Value;
            if (UsdtPrice.At(facts, quote, trade.Time) is { } price) notional.Add((double)(amount * price), market, new("liquidity", trade.Maker switch { true => "maker", false => "taker", null => "unknown" }));
            else unpricedNotional.Add((double)amount, new KeyValuePair<string, object?>("asset", quote));
        }
        if (trade is not { CommissionAsset: { Length: > 0 } asset } || trade.Commission == 0) return;
        if (UsdtPrice.At(facts, asset, trade.Time) is not { } value) unpricedFees.Add((double)Math.Abs(trade.Commission), new KeyValuePair<string, object?>("asset", asset));
        else if (trade.Commission > 0) fees.Add((double)(trade.Commission * value), market);
        else rebates.Add((double)(-trade.Commission * value), market);
    }
}
