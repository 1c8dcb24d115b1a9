using Chimera.S4.Simulator.Persistence;

namespace Chimera.S4.Simulator.Engine;

/// <summary>One journal line per change, and the way back from the lines to a venue.</summary>
internal abstract partial class Exchange
{
    private void Commit()
    {
        if (Changes.IsEmpty) return;
        var line = new JournalLine { Venue = Venue, Time = Now };
        Settle(line);
        if (_journal is not null)
        {
            line.Orders = [.. Changes.Orders];
            line.Trades = [.. Changes.Trades];
            line.Mids = Changes.Mids.Count == 0 ? null : Changes.Mids.ToDictionary(m => m.Symbol, m => m.Mid);
            if (!line.IsEmpty) _journal.Append(line);
        }
        foreach (var market in Changes.Markets) MarketMoved?.Invoke(market);
        Changes.Clear();
    }

    /// <summary>Empties the venue, gives the account its first balances and the markets their first prices again.</summary>
    /// <remarks>Order ids go on: none is ever used twice.</remarks>
    public void Reset() => Execute(Fence.Open, () =>
    {
        Index.Clear();
        foreach (var market in _markets.Values)
        {
            foreach (var order in market.OpenOrders.ToArray()) market.Book.Of(order.Side).Remove(order);
            market.Waiting.Clear();
            market.Restart(MarketSettings.For(market.Instrument, Options));
            Requote(market);
        }
        ResetAccount();
        _journal?.Append(new JournalLine { Venue = Venue, Time = Now, Reset = true });
        return true;
    });

    /// <summary>Applies one line of an earlier run.</summary>
    public void Restore(JournalLine line)
    {
        if (line.Reset)
        {
            Index.Clear();
            ResetAccount();
        }
        foreach (var order in line.Orders ?? []) RestoreOrder(order);
        foreach (var trade in line.Trades ?? [])
        {
            Index.Add(trade);
            if (_markets.TryGetValue(trade.Symbol, out var market)) market.LastTradeId = Math.Max(market.LastTradeId, trade.TradeId);
        }
        foreach (var (symbol, mid) in line.Mids ?? [])
            if (_markets.TryGetValue(symbol, out var market)) market.Mid = market.LastPrice = mid;
        RestoreAccount(line);
    }

    private void RestoreOrder(Order state)
    {
        _lastOrderId = Math.Max(_lastOrderId, state.OrderId);
        Index.Put(state);
    }

    /// <summary>After the last line: resting orders go back on the book in their old queue order, then the makers quote.</summary>
    public void Open()
    {
        foreach (var order in Index.All.Where(o => o.IsOpen).OrderBy(o => o.OrderId))
        {
            if (!_markets.TryGetValue(order.Symbol, out var market)) continue;
            order.Sequence = market.NextSequence();
            if (order.IsWaiting) market.Waiting.Add(order);
            else market.Book.Of(order.Side).Rest(order);
        }
        Execute(Fence.Open, () =>
        {
            foreach (var market in _markets.Values) Requote(market);
            return true;
        });
    }
}
