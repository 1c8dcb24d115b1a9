using System.Collections.Concurrent;
using System.Collections.Frozen;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>The facts in memory. Venue adapters write them, everybody reads them; nothing here is asked for or waited for.</summary>
public sealed class MarketFacts : IMarketFacts
{
    readonly ConcurrentDictionary<Market, FrozenDictionary<string, Instrument>> instruments = new();
    readonly ConcurrentDictionary<(Market, string), Quote> quotes = new();
    readonly ConcurrentDictionary<string, MarkPrice> marks = new();
    readonly MidHistory mids = new();
    readonly Holdings balances = new(), positions = new();

    public bool HasInstruments(Market market) => instruments.ContainsKey(market);

    public Instrument? Instrument(Market market, string symbol) => instruments.TryGetValue(market, out var known) ? known.GetValueOrDefault(symbol) : null;

    public Quote? Quote(Market market, string symbol) => quotes.GetValueOrDefault((market, symbol));

    public MidSeen? Mid(Market market, string symbol, DateTimeOffset at) => mids.At(market, symbol, at);

    public MarkPrice? MarkPrice(string symbol) => marks.GetValueOrDefault(symbol);

    public decimal? FreeBalance(string asset) => balances.Of(asset);

    public decimal? Position(string symbol) => positions.Of(symbol);

    /// <summary>Replaces the venue's whole list.</summary>
    internal void SetInstruments(Market market, IEnumerable<Instrument> all) => instruments[market] = all.ToFrozenDictionary(instrument => instrument.Symbol);

    internal void SetQuote(Market market, string symbol, Quote quote)
    {
        if (quote.Mid is { } mid) mids.Note(market, symbol, mid, quote.At);
        quotes.AddOrUpdate((market, symbol), quote, (_, known) => quote.At >= known.At ? quote : known);
    }

    internal void SetMarkPrice(string symbol, decimal value, DateTimeOffset at) =>
        marks.AddOrUpdate(symbol, new MarkPrice(value, at), (_, known) => at >= known.At ? new MarkPrice(value, at) : known);

    /// <param name="asOf">Venue time; what is known from later is kept.</param>
    /// <param name="isAll">True: assets that are not in the list are zero.</param>
    internal void SetBalances(IEnumerable<(string Asset, decimal Free)> rows, DateTimeOffset asOf, bool isAll) => balances.Set(rows, asOf, isAll);

    /// <inheritdoc cref="SetBalances"/>
    internal void SetPositions(IEnumerable<(string Symbol, decimal Amount)> rows, DateTimeOffset asOf, bool isAll) => positions.Set(rows, asOf, isAll);
}
