namespace Chimera.S4.Orders.Tests;

/// <summary>What must be said about an intent, found by trying: whole multiples are walked one by one, and every rule is judged, not only the first that fails.</summary>
/// <remarks>Written from design §7 and the venue's filters, in integers of a ten-thousandth, and shares no arithmetic with the rules.</remarks>
static class IntentOracle
{
    public static (ReasonCode? Code, decimal Qty) Judge(Intent intent, IntentFacts facts)
    {
        var broken = new List<(int Rank, ReasonCode Code)>();
        void Rule(int rank, bool holds, ReasonCode code) { if (!holds) broken.Add((rank, code)); }

        var (isMarket, isLimit, isStop) = (intent.Type == OrderType.Market, intent.Type == OrderType.Limit, intent.Type is OrderType.Stop or OrderType.TakeProfit);
        var isFresh = intent.ExpiresAt is null
            ? intent.ReduceOnly || intent.PublishedAt + facts.MaxAge > facts.Now
            : intent.ExpiresAt > facts.Now;
        Rule(0, isFresh, ReasonCode.IntentExpired);
        Rule(1, !isStop || intent.TriggerPx is not null && intent.ReduceOnly, ReasonCode.FieldRequired);
        Rule(2, isMarket || isStop || intent.Price is not null, ReasonCode.FieldRequired);
        Rule(3, !isMarket || intent.Price is null, ReasonCode.FieldNotAllowed);
        Rule(4, isLimit || intent.TimeInForce is null, ReasonCode.FieldNotAllowed);
        Rule(5, !(intent.ReduceOnly && intent.Market == Market.Spot && intent.Side == Side.Buy), ReasonCode.ReduceOnlyWouldOpen);
        Rule(6, facts.InstrumentsKnown, ReasonCode.NoInstrumentData);
        Rule(7, facts.Instrument is not null, ReasonCode.UnknownSymbol);
        Rule(8, facts.AllowedSymbols.Count == 0 || facts.AllowedSymbols.Contains(intent.Symbol), ReasonCode.SymbolNotAllowed);

        var qty = 0m;
        if (facts.Instrument is { } venue)
        {
            Rule(9, venue.IsTrading, ReasonCode.SymbolNotTrading);
            LotGrid[] grids = isMarket ? [venue.Lots, venue.MarketLots] : [venue.Lots];
            qty = LargestOnAll(grids, intent.Qty.Value);
            Rule(10, qty > 0, ReasonCode.QtyBelowStep);
            if (intent.Price is { Value: var price })
            {
                Rule(11, venue.Prices.TickSize == 0 || Units(price) % Units(venue.Prices.TickSize) == 0, ReasonCode.PriceOffTick);
                Rule(12, price > 0 && (venue.Prices.MinPrice == 0 || price >= venue.Prices.MinPrice) && (venue.Prices.MaxPrice == 0 || price <= venue.Prices.MaxPrice), ReasonCode.PriceOutOfRange);
            }
            if (intent.TriggerPx is { Value: var trigger })
            {
                Rule(13, venue.Prices.TickSize == 0 || Units(trigger) % Units(venue.Prices.TickSize) == 0, ReasonCode.PriceOffTick);
                Rule(14, (venue.Prices.MinPrice == 0 || trigger >= venue.Prices.MinPrice) && (venue.Prices.MaxPrice == 0 || trigger <= venue.Prices.MaxPrice), ReasonCode.PriceOutOfRange);
                // A stop stands where the market hurts, a take-profit where it helps: for what sells, below and above.
                var standsAbove = (intent.Type, intent.Side) is (OrderType.Stop, Side.Buy) or (OrderType.TakeProfit, Side.Sell);
                Rule(15, facts.Mid is not { } mid || (standsAbove ? mid < trigger : mid > trigger), ReasonCode.TriggerOnWrongSide);
            }
            Rule(16, grids.All(grid => qty >= grid.MinQty), ReasonCode.QtyBelowMin);
            Rule(17, grids.All(grid => grid.MaxQty == 0 || qty <= grid.MaxQty), ReasonCode.QtyAboveMax);

            var minApplies = venue.MinNotional > 0 && !(intent.ReduceOnly && intent.Market == Market.Fut) && (!isMarket || venue.MinNotionalAppliesToMarket);
            var maxApplies = venue.MaxNotional > 0 && (!isMarket || venue.MaxNotionalAppliesToMarket);
            var worth = intent.Price?.Value ?? intent.TriggerPx?.Value ?? facts.Mid;
            Rule(18, !(minApplies || maxApplies) || worth is not null, ReasonCode.NoMarketData);
            Rule(19, !minApplies || worth is null || qty * worth >= venue.MinNotional, ReasonCode.BelowMinNotional);
            Rule(20, !maxApplies || worth is null || qty * worth <= venue.MaxNotional, ReasonCode.AboveMaxNotional);
            // Spot sells no more than is held. Futures cut a larger one down, unless there is nothing at all.
            var reduces = facts.Reducible is not { } held || (intent.Market == Market.Fut ? held > 0 : qty <= held);
            Rule(21, !intent.ReduceOnly || reduces, ReasonCode.ReduceOnlyWouldOpen);
        }
        return broken.Count == 0 ? (null, qty) : (broken.MinBy(rule => rule.Rank).Code, 0);
    }

    static decimal LargestOnAll(LotGrid[] grids, decimal asked)
    {
        for (var units = Units(asked); units > 0; units--)
            if (grids.All(grid => grid.StepSize == 0 || units % Units(grid.StepSize) == 0)) return units / 10_000m;
        return 0;
    }

    static long Units(decimal value) => checked((long)(value * 10_000m));
}
