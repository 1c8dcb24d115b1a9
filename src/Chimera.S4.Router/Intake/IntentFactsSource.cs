using Chimera.S4.Orders;
using Chimera.S4.Router.Curves;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Intake;

/// <summary>Gathers what is known of the world for a decision about an intent, without asking anybody.</summary>
public sealed class IntentFactsSource(IMarketFacts facts, IntakeOptions options, IOptions<BinanceOptions> venue, GateLimits gates, RouteTable curves, TimeProvider clock)
{
    readonly Lazy<HashSet<string>> symbols = new(() => [.. venue.Value.Symbols]);

    public IntentFacts For(Intent intent, CommitBuffer read)
    {
        var now = clock.GetUtcNow();
        var instrument = facts.Instrument(intent.Market, intent.Symbol);
        var quote = Quote(intent, now);
        return new IntentFacts
        {
            Now = now,
            InstrumentsKnown = facts.HasInstruments(intent.Market),
            Instrument = instrument,
            Mid = quote?.Mid,
            PublishMid = facts.Mid(intent.Market, intent.Symbol, intent.PublishedAt) is { } seen && intent.PublishedAt - seen.At <= options.QuoteMaxAge ? seen.Mid : null,
            Quote = quote,
            State = read.Gates,
            Gates = gates,
            IsOverRate = read.IsOverRate,
            Limits = options.Policies,
            Curves = curves.Of(intent.Symbol),
            Reference = intent.Market is Market.Spot ? quote?.Mid : facts.MarkPrice(intent.Symbol) is { } mark && now - mark.At <= options.QuoteMaxAge ? mark.Value : null,
            AllowedSymbols = symbols.Value,
            MaxAge = options.IntentMaxAge,
            Reducible = intent.ReduceOnly && instrument is not null ? Reducible(intent, instrument) : null,
        };
    }

    /// <summary>What a decision about an order that lives may know.</summary>
    public MarketView ViewOf(Intent intent)
    {
        var now = clock.GetUtcNow();
        return new MarketView { Now = now, Instrument = facts.Instrument(intent.Market, intent.Symbol), Quote = Quote(intent, now), Liquidity = gates.Liquidity };
    }

    Quote? Quote(Intent intent, DateTimeOffset now) => facts.Quote(intent.Market, intent.Symbol) is { } quote && now - quote.At <= options.QuoteMaxAge ? quote : null;

    decimal? Reducible(Intent intent, Instrument instrument)
    {
        if (intent.Market is Market.Spot) return facts.FreeBalance(instrument.BaseAsset);
        var position = facts.Position(intent.Symbol);
        return intent.Side is Side.Sell ? position is null ? null : Math.Max(0, position.Value) : position is null ? null : Math.Max(0, -position.Value);
    }
}
