namespace Chimera.S4.Simulator.Engine;

/// <summary>The synthetic makers: they quote around the mid, and their new quotes trade with every resting order they cross.</summary>
internal static class Quoter
{
    /// <summary>Replaces the synthetic levels. A level that stays at its price keeps its place in the queue.</summary>
    public static void Requote(Market market, IMatchParticipant participant, long now)
    {
        var bids = Levels(market, Side.Buy);
        var asks = Levels(market, Side.Sell);
        Cross(market, Side.Buy, bids, participant, now);
        Cross(market, Side.Sell, asks, participant, now);
        market.Book.Bids.Replace(bids);
        market.Book.Asks.Replace(asks);
        market.Changed();
    }

    private static List<Level> Levels(Market market, Side side)
    {
        var (settings, tick) = (market.Settings, market.Instrument.TickSize);
        var sign = side is Side.Buy ? -1 : 1;
        var touch = market.Mid + sign * settings.Spread / 2;
        var price = side is Side.Buy ? touch - touch % tick : touch + (tick - touch % tick) % tick;
        var previous = market.Book.Of(side).Levels;
        var levels = new List<Level>(settings.Levels);
        for (int i = 0, old = 0; i < settings.Levels && price > 0; i++, price += sign * settings.LevelGap)
        {
            while (old < previous.Count && market.Book.Of(side).IsBetter(previous[old].Price, price)) old++;
            var kept = old < previous.Count && previous[old].Price == price;
            levels.Add(new Level(price, Quantity(market), kept ? previous[old].Sequence : market.NextSequence()));
        }
        return levels;
    }

    private static decimal Quantity(Market market)
    {
        // A frozen market quotes round quantities, so that a test can count on them.
        if (market.Settings.Volatility <= 0) return market.Settings.Depth;
        var quantity = market.Settings.Depth * (decimal)(0.5 + market.Process.Draw());
        return Math.Max(market.Instrument.StepSize, quantity - quantity % market.Instrument.StepSize);
    }

    private static void Cross(Market market, Side side, List<Level> levels, IMatchParticipant participant, long now)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            var left = Matcher.SweepOrders(market, side, levels[i].Price, levels[i].Qty, participant, now);
            levels[i] = levels[i] with { Qty = left };
        }
        levels.RemoveAll(level => level.Qty == 0);
    }
}
