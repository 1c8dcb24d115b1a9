using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator.Engine;

/// <summary>One symbol: its book, its price process and its public prints.</summary>
internal sealed class Market(Instrument instrument, MarketSettings settings, PriceProcess process)
{
    private readonly List<PublicTrade> _prints = [];
    private long _sequence;
    private decimal _last = instrument.StartPrice, _low, _high;
    private bool _moved;

    public Instrument Instrument { get; } = instrument;
    public MarketSettings Settings { get; private set; } = settings;
    public OrderBook Book { get; } = new();
    public decimal Mid { get; set; } = instrument.StartPrice;
    public decimal LastPrice
    {
        get => _last;
        set => (_last, _low, _high, _moved) = (value, _moved ? Math.Min(_low, value) : value, _moved ? Math.Max(_high, value) : value, true);
    }

    /// <summary>Orders that wait for their price or for their list.</summary>
    public List<Order> Waiting { get; } = [];

    /// <summary>A tape decides about the synthetic levels: no process moves this market.</summary>
    public bool IsTaped { get; set; }

    /// <summary>The last prices since the question was asked before; null when nothing traded.</summary>
    public (decimal Low, decimal High)? TakeRange()
    {
        if (!_moved) return null;
        _moved = false;
        return (_low, _high);
    }

    /// <summary>Futures mark price. Equal to the mid: the simulator knows no index and no funding.</summary>
    public decimal MarkPrice => Mid;
    public long UpdateId { get; private set; } = 1;
    public long LastTradeId { get; set; }

    public string Symbol => Instrument.Symbol;
    public PriceProcess Process => process;
    public long NextSequence() => ++_sequence;
    public void Changed() => UpdateId++;

    public IEnumerable<Order> OpenOrders => Book.Bids.Orders.Concat(Book.Asks.Orders).Concat(Waiting);

    /// <summary>Records a public trade; <see cref="Drain"/> hands it to the streams.</summary>
    public long Print(decimal price, decimal qty, Side taker, long time)
    {
        LastPrice = price;
        Changed();
        _prints.Add(new PublicTrade(++LastTradeId, price, qty, taker is Side.Sell, time));
        return LastTradeId;
    }

    /// <summary>Back to the first price and dials. The price process goes on where its dice are.</summary>
    public void Restart(MarketSettings first)
    {
        Settings = first;
        Mid = LastPrice = process.Start = Instrument.StartPrice;
    }

    public PublicTrade[] Drain()
    {
        if (_prints.Count == 0) return [];
        var drained = _prints.ToArray();
        _prints.Clear();
        return drained;
    }
}
