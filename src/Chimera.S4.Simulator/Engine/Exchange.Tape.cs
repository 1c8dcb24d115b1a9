namespace Chimera.S4.Simulator.Engine;

/// <summary>What a tape does to a market: others' book and others' trades as they were, with the account's orders in between.</summary>
internal abstract partial class Exchange
{
    /// <summary>Replaces everybody else's levels; the account's orders that they cross are filled at their own price.</summary>
    public bool ShowBook(Market market, List<(decimal Price, decimal Qty)> bids, List<(decimal Price, decimal Qty)> asks)
    {
        foreach (var (side, levels) in new[] { (Side.Buy, bids), (Side.Sell, asks) })
        {
            var left = levels.Select(l => new Level(l.Price, Matcher.SweepOrders(market, side, l.Price, l.Qty, this, Now), market.NextSequence())).ToList();
            left.RemoveAll(level => level.Qty == 0);
            market.Book.Of(side).Replace(left);
        }
        if (bids.Count > 0 && asks.Count > 0) market.Mid = (bids[0].Price + asks[0].Price) / 2;
        market.Changed();
        return Touched(market);
    }

    /// <summary>A trade of others: the account's orders that stand better come first, the rest is printed at its price.</summary>
    public bool PrintTrade(Market market, Side aggressor, decimal price, decimal qty)
    {
        var left = Matcher.SweepOrders(market, aggressor, price, qty, this, Now);
        if (left > 0) market.Print(price, left, aggressor, Now);
        return Touched(market);
    }

    /// <summary>Sets the mid, which is the mark price on futures, without a trade.</summary>
    public bool Mark(Market market, decimal price)
    {
        market.Mid = price;
        return Touched(market);
    }

    private bool Touched(Market market)
    {
        Changes.Markets.Add(market);
        return true;
    }
}
