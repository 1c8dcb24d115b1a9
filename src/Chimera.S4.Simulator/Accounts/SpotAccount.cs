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

    /// <summary>What an order's rest can cost at most: a stop without a limit is valued at its stop price.</summary>
    public static decimal Need(Order order) =>
        order.LeavesQty * (order.IsBuy ? order.IsMarket ? order.StopPrice : order.Price : 1);

    /// <summary>Sets aside what the order can cost; less what another leg of its list has set aside already.</summary>
    public void Reserve(Order order, Instrument instrument, decimal shared = 0)
    {
        order.Reserved = Math.Max(0, Need(order) - shared);
        Move(Paid(order, instrument), -order.Reserved, order.Reserved);
    }

    /// <summary>Books one fill and its commission. A buy below its limit gives the difference back.</summary>
    public void Settle(Order order, Trade trade, Instrument instrument)
    {
        var cost = order.IsBuy ? trade.QuoteQty : trade.Qty;
        if (order.IsMarket) Move(Paid(order, instrument), -cost, 0);
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

    /// <summary>Gives back what the order no longer needs: it got smaller without trading.</summary>
    public void Shrink(Order order, Instrument instrument)
    {
        var surplus = Math.Max(0, order.Reserved - Need(order));
        order.Reserved -= surplus;
        if (surplus > 0) Move(Paid(order, instrument), surplus, -surplus);
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

    public static string Paid(Order order, Instrument instrument) => order.IsBuy ? instrument.QuoteAsset : instrument.BaseAsset;

    private void Move(string asset, decimal free, decimal locked)
    {
        var balance = Of(asset);
        _balances[asset] = new SpotBalance(balance.Free + free, balance.Locked + locked);
        changed.Add(asset);
    }

    private static SortedDictionary<string, SpotBalance> Deposit(IReadOnlyDictionary<string, decimal> deposits) =>
        new(deposits.ToDictionary(d => d.Key, d => new SpotBalance(d.Value, 0)), StringComparer.Ordinal);
}
