using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;

namespace Chimera.S4.Simulator.Streams;

/// <summary>How one venue spells its market events.</summary>
internal interface IMarketWire
{
    byte[] BookTicker(Market market, long now);
    byte[] AggTrade(Market market, PublicTrade trade, long now);
    byte[] Trade(Market market, PublicTrade trade, long now);
    byte[] PartialDepth(Market market, int levels, long now);
    byte[] DiffDepth(Market market, List<(decimal, decimal)> bids, List<(decimal, decimal)> asks, long previous, long now);
    byte[] MarkPrice(Market market, long now);
}

/// <summary>The market streams of one venue. Renders an event only if somebody listens.</summary>
internal sealed class MarketFeeds(Venue venue, IMarketWire wire, FaultBook faults)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Feed> _feeds = [];

    public void Subscribe(SocketConnection connection, string name, bool wrapped)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(name, out var feed)) _feeds[name] = feed = new Feed(name, StreamName.Parse(venue, name));
            feed.Add(connection, wrapped);
        }
    }

    public void Unsubscribe(SocketConnection connection, string? name = null)
    {
        lock (_gate)
        {
            foreach (var feed in _feeds.Values.Where(f => name is null || f.Name == name).ToArray())
            {
                feed.Remove(connection);
                if (feed.IsEmpty) _feeds.Remove(feed.Name);
            }
        }
    }

    public string[] Of(SocketConnection connection)
    {
        lock (_gate) return [.. _feeds.Values.Where(f => f.Has(connection)).Select(f => f.Name)];
    }

    /// <summary>After every change of a market, under the venue's lock.</summary>
    public void Moved(Market market, long now)
    {
        var prints = market.Drain();
        lock (_gate)
        {
            foreach (var feed in _feeds.Values)
            {
                if (feed.Spec.Symbol != market.Symbol) continue;
                if (feed.Spec.Kind is StreamKind.BookTicker) SendBest(feed, market, now);
                else if (feed.Spec.Kind is StreamKind.DiffDepth) feed.Touch(market);
                else if (feed.Spec.Kind is StreamKind.AggTrade)
                    foreach (var trade in prints) Send(feed, wire.AggTrade(market, trade, now));
                else if (feed.Spec.Kind is StreamKind.Trade)
                    foreach (var trade in prints) Send(feed, wire.Trade(market, trade, now));
            }
        }
    }

    /// <summary>With every tick: the streams that keep a pace of their own.</summary>
    public void Beat(IReadOnlyDictionary<string, Market> markets, long now)
    {
        lock (_gate)
        {
            foreach (var feed in _feeds.Values)
            {
                if (feed.Spec.IntervalMs == 0 || !markets.TryGetValue(feed.Spec.Symbol, out var market)) continue;
                // Timers come a little early or late; half a beat of tolerance keeps the pace.
                if (feed.LastBeat != long.MinValue && now - feed.LastBeat < feed.Spec.IntervalMs - 50) continue;
                feed.LastBeat = now;
                if (Render(feed, market, now) is { } payload) Send(feed, payload);
            }
        }
    }

    private byte[]? Render(Feed feed, Market market, long now)
    {
        if (feed.Spec.Kind is StreamKind.MarkPrice) return wire.MarkPrice(market, now);
        if (feed.Spec.Kind is StreamKind.PartialDepth) return wire.PartialDepth(market, feed.Spec.Levels, now);
        var (bids, asks, previous) = feed.Diff(market);
        return bids.Count + asks.Count == 0 ? null : wire.DiffDepth(market, bids, asks, previous, now);
    }

    private void SendBest(Feed feed, Market market, long now)
    {
        var (bid, ask) = (market.Book.Bids.Aggregate(1), market.Book.Asks.Aggregate(1));
        var best = (bid.Count > 0 ? bid[0].Price : 0, bid.Count > 0 ? bid[0].Qty : 0, ask.Count > 0 ? ask[0].Price : 0, ask.Count > 0 ? ask[0].Qty : 0);
        if (best == feed.LastBest) return;
        feed.LastBest = best;
        Send(feed, wire.BookTicker(market, now));
    }

    private void Send(Feed feed, byte[] payload)
    {
        if (!faults.Strikes("silent-market", venue, feed.Name)) feed.Send(payload);
    }
}
