using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>What is known, right now and without asking, of instruments, prices and holdings. Fed by the venue adapters.</summary>
public interface IMarketFacts
{
    /// <summary>False: the venue's instrument list has not been read yet.</summary>
    bool HasInstruments(Market market);
    Instrument? Instrument(Market market, string symbol);

    /// <summary>The latest top of book, however old; null: none heard.</summary>
    Quote? Quote(Market market, string symbol);

    /// <summary>The middle of the book as it was at an instant of the last minutes; null: not followed then.</summary>
    MidSeen? Mid(Market market, string symbol, DateTimeOffset at) => null;

    /// <summary>The latest mark price of a futures symbol, however old; null: none heard.</summary>
    MarkPrice? MarkPrice(string symbol) => null;

    /// <summary>Free spot balance of an asset; null: not known.</summary>
    decimal? FreeBalance(string asset);

    /// <summary>Signed futures position, zero when flat; null: not known.</summary>
    decimal? Position(string symbol);
}
