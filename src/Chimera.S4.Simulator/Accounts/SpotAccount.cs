using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Accounts;

/// <summary>Free and locked balances. A resting buy locks quote, a resting sell locks base; commission comes out of what is received.</summary>
internal sealed class SpotAccount(IReadOnlyDictionary<string, decimal> deposits, decimal commissionRate, HashSet<string> changed)
{
    private readonly SortedDictionary<string, SpotBalance> _balances = Deposit(deposits);

    public IReadOnlyDictionary<string, SpotBalance> Balances => _balances;
    public SpotBalance Of(string asset) => _balances.GetValueOrDefault(asset);

    public void Require(string asset, decimal amount)
    {
        if (Of(asset).Free < amount) throw new VenueError(-2010, "Account has insufficient balance for requested action.");
    }

    /// <summary>Sets aside what a limit order can cost at most.</summary>
    public void Reserve(Order order, Instrument instrument)
    {
        if (order.Type is OrderType.Market) return;
        order.Reserved = order.IsBuy ? order.Price * order.OrigQty : order.OrigQty;
        Move(Paid(order, instrument), -order.Reserved, order.Reserved);
    }

    /// <summary>Books one fill and its commission. A buy below its limit gives the difference back.</summary>
    public void Settle(Order order, Trade trade, Instrument instrument)
    {
        var cost = order.IsBuy ? trade.QuoteQty : trade.Qty;
        if (order.Type is OrderType.Market) Move(Paid(order, instrument), -cost, 0);
        else
        {
            var unlocked = order.IsBuy ? order.Price * trade.Qty : trade.Qty;
            order.Reserved -= unlocked;
            Move(Paid(order, instrument), unlocked - cost, -unlocked);
        }
        var received = order.IsBuy ? trade.Qty : trade.QuoteQty;
        trade.CommissionAsset = order.IsBuy ? instrument.BaseAsset : instrument.QuoteAsset;
        trade.Commission = decimal.Round(received * commissionRate, 8, MidpointRounding.ToZero);
        Move(trade.CommissionAsset, received - trade.Commission, 0);
    }

    public void Release(Order order, Instrument instrument)
    {
        if (order.Reserved == 0) return;
        Move(Paid(order, instrument), order.Reserved, -order.Reserved);
        order.Reserved = 0;
    }

    public void Restore(Dictionary<string, SpotBalance> balances)
    {
        foreach (var (asset, balance) in balances) _balances[asset] = balance;
    }

    public void Reset()
    {
        _balances.Clear();
        foreach (var (asset, balance) in Deposit(deposits)) _balances[asset] = balance;
    }

    private static string Paid(Order order, Instrument instrument) => order.IsBuy ? instrument.QuoteAsset : instrument.BaseAsset;

    private void Move(string asset, decimal free, decimal locked)
    {
        var balance = Of(asset);
        _balances[asset] = new SpotBalance(balance.Free + free, balance.Locked + locked);
        changed.Add(asset);
    }

    private static SortedDictionary<string, SpotBalance> Deposit(IReadOnlyDictionary<string, decimal> deposits) =>
        new(deposits.ToDictionary(d => d.Key, d => new SpotBalance(d.Value, 0)), StringComparer.Ordinal);
}
