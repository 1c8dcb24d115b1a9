using System.Text;
using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Streams;

/// <summary>One market stream with its subscribers, and what it has sent last.</summary>
internal sealed class Feed(string name, StreamName spec)
{
    private readonly List<(SocketConnection Connection, bool Wrapped)> _subscribers = [];
    private readonly HashSet<(Side, decimal)> _touched = [];
    private Dictionary<(Side, decimal), decimal> _sent = [];

    public string Name => name;
    public StreamName Spec => spec;
    public long LastBeat { get; set; } = long.MinValue;
    public long LastUpdateId { get; private set; }
    public (decimal, decimal, decimal, decimal) LastBest { get; set; }
    public bool IsEmpty => _subscribers.Count == 0;

    public void Add(SocketConnection connection, bool wrapped)
    {
        if (!_subscribers.Any(s => s.Connection == connection)) _subscribers.Add((connection, wrapped));
    }

    public void Remove(SocketConnection connection) => _subscribers.RemoveAll(s => s.Connection == connection);
    public bool Has(SocketConnection connection) => _subscribers.Any(s => s.Connection == connection);

    public void Send(byte[] payload)
    {
        byte[]? wrapped = null;
        foreach (var (connection, wrap) in _subscribers)
            connection.Send(wrap ? wrapped ??= Wrap(name, payload) : payload);
    }

    /// <summary>Remembers the prices in the book: one that comes and goes between two diffs may be in a client's snapshot.</summary>
    public void Touch(Market market)
    {
        foreach (var (price, _) in market.Book.Bids.Aggregate(int.MaxValue)) _touched.Add((Side.Buy, price));
        foreach (var (price, _) in market.Book.Asks.Aggregate(int.MaxValue)) _touched.Add((Side.Sell, price));
    }

    /// <summary>Levels that differ from what was sent before or have been touched since; a vanished level has quantity zero.</summary>
    public (List<(decimal, decimal)> Bids, List<(decimal, decimal)> Asks, long Previous) Diff(Market market)
    {
        var now = new Dictionary<(Side, decimal), decimal>();
        foreach (var (price, qty) in market.Book.Bids.Aggregate(int.MaxValue)) now[(Side.Buy, price)] = qty;
        foreach (var (price, qty) in market.Book.Asks.Aggregate(int.MaxValue)) now[(Side.Sell, price)] = qty;
        _touched.UnionWith(_sent.Keys);
        List<(decimal, decimal)> Changed(Side side) =>
        [
            .. now.Where(l => l.Key.Item1 == side && _sent.GetValueOrDefault(l.Key) != l.Value).Select(l => (l.Key.Item2, l.Value)),
            .. _touched.Where(k => k.Item1 == side && !now.ContainsKey(k)).Select(k => (k.Item2, 0m)),
        ];
        var (bids, asks, previous) = (Changed(Side.Buy), Changed(Side.Sell), LastUpdateId);
        _touched.Clear();
        (_sent, LastUpdateId) = (now, market.UpdateId);
        return (bids, asks, previous);
    }

    public static byte[] Wrap(string stream, byte[] payload) => WireJson.Write((stream, payload), static (w, state) =>
    {
        w.WriteStartObject();
        w.WriteString("stream", state.stream);
        w.WritePropertyName("data");
        w.WriteRawValue(state.payload, skipInputValidation: true);
        w.WriteEndObject();
    });
}
