namespace Chimera.S4.Simulator.Engine;

/// <summary>The market around the account's orders: time passes, others quote and trade.</summary>
internal abstract partial class Exchange
{
    /// <summary>Time passes: each market moves by its own process, and what its new quotes cross is filled.</summary>
    public void Tick(TimeSpan elapsed, bool journalMids, Action<long> beat)
    {
        Execute(Fence.Open, () =>
        {
            foreach (var market in _markets.Values)
            {
                if (market.IsTaped) continue;
                market.Mid = market.Process.Next(market.Mid, market.Settings.Volatility, elapsed.TotalSeconds);
                Requote(market);
                if (market.Settings.Volatility > 0) TradeOfSomebodyElse(market);
                if (journalMids && _journal is not null && market.Settings.Volatility > 0) Changes.Mids.Add(market);
            }
            PassTime();
            return true;
        });
        Read(() =>
        {
            beat(Now);
            return true;
        });
    }

    /// <summary>With every tick: what ends by the clock.</summary>
    protected virtual void PassTime() { }

    /// <summary>Somebody else's order, for scripts: takes what crosses it, never rests.</summary>
    public void Aggress(Market market, Side side, decimal limit, decimal qty)
    {
        Matcher.Sweep(market, side, limit, qty, this, Now);
        Changes.Markets.Add(market);
    }

    /// <summary>Quotes around the market's mid; a scripted mid is worth remembering.</summary>
    public void Script(Market market)
    {
        Requote(market);
        Changes.Mids.Add(market);
    }

    /// <summary>A cancel is on its way when somebody else fills its order (fault <c>fill-before-cancel</c>).</summary>
    public void Race(Order order)
    {
        if (order.IsWaiting || Fault("fill-before-cancel") is not { } rule) return;
        var step = _markets[order.Symbol].Instrument.StepSize;
        var qty = order.LeavesQty * rule.Ratio;
        qty = Math.Min(order.LeavesQty, Math.Max(step, qty - qty % step));
        Fill(order, order.Price, qty, maker: true, _markets[order.Symbol].Print(order.Price, qty, order.Side.Opposite(), Now));
    }

    public void Requote(Market market)
    {
        if (!market.IsTaped) Quoter.Requote(market, this, Now);
        Changes.Markets.Add(market);
    }

    private void TradeOfSomebodyElse(Market market)
    {
        if (market.Process.Draw() > 0.5) return;
        var side = market.Process.Draw() < 0.5 ? Side.Buy : Side.Sell;
        var book = market.Book.Against(side);
        if (book.IsEmpty) return;
        var qty = market.Settings.Depth * (decimal)(market.Process.Draw() * 0.5);
        qty -= qty % market.Instrument.StepSize;
        Matcher.Sweep(market, side, book.BestPrice, qty, this, Now);
    }
}
