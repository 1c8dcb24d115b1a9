using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Accounts;

/// <summary>A USDT wallet with cross margin and one position per symbol. No funding, no liquidation.</summary>
internal sealed class FuturesAccount(SimulatorOptions options, IReadOnlyDictionary<string, Market> markets, HashSet<string> changed)
{
    private readonly Dictionary<string, Position> _positions = [];

    public decimal Wallet { get; private set; } = options.FuturesWallet;
    public IEnumerable<Position> Positions => _positions.Values;

    public Position Of(string symbol)
    {
        if (!_positions.TryGetValue(symbol, out var position)) _positions[symbol] = position = new Position { Symbol = symbol };
        return position;
    }

    public decimal Unrealized => _positions.Values.Sum(p => p.Amount == 0 ? 0 : p.Unrealized(markets[p.Symbol].MarkPrice));
    public decimal PositionMargin => _positions.Values.Sum(p => Math.Abs(p.Amount) * markets[p.Symbol].MarkPrice / p.Leverage);
    public decimal OrderMargin => markets.Values.Sum(m => m.OpenOrders.Sum(o => o.Reserved));
    public decimal Available => Wallet + Unrealized - PositionMargin - OrderMargin;

    /// <summary>The margin an order would need: only the part of it that could open, not what it would close first.</summary>
    public decimal MarginFor(Market market, Side side, decimal qty, decimal price)
    {
        var position = Of(market.Symbol);
        var resting = market.Book.Of(side).Orders.Sum(o => o.LeavesQty);
        var closing = Math.Max(0, position.Reducible(side) - resting);
        return Math.Max(0, qty - closing) * price / position.Leverage;
    }

    public void Settle(Order order, Trade trade)
    {
        var position = Of(order.Symbol);
        trade.RealizedPnl = position.Apply(order.Side, trade.Price, trade.Qty, trade.Time);
        trade.CommissionAsset = "USDT";
        trade.Commission = decimal.Round(trade.QuoteQty * (trade.Maker ? options.FuturesMakerRate : options.FuturesTakerRate), 8);
        order.RealizedPnl += trade.RealizedPnl;
        order.Reserved *= order.LeavesQty / (order.LeavesQty + trade.Qty);
        Wallet += trade.RealizedPnl - trade.Commission;
        changed.Add(order.Symbol);
    }

    public void Restore(decimal? wallet, List<Position>? positions)
    {
        if (wallet is { } amount) Wallet = amount;
        foreach (var position in positions ?? []) _positions[position.Symbol] = position;
    }

    public void Reset()
    {
        _positions.Clear();
        Wallet = options.FuturesWallet;
    }
}
