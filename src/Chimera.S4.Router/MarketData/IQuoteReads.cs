using Chimera.S4.Orders;

namespace Chimera.S4.Router.MarketData;

/// <summary>Asks a venue for the top of a book, where its stream has gone quiet.</summary>
interface IQuoteReads
{
    /// <summary>Null: it did not answer, or this is not of its markets.</summary>
    Task<Quote?> Read(Market market, string symbol, CancellationToken cancel);
}
