using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary><c>GET /api/v3/depth</c>: symbol, limit → bids, asks, for whoever cannot wait for the stream.</summary>
sealed class BookReads(BinanceApi api) : IQuoteReads
{
    public async Task<Quote?> Read(Market market, string symbol, CancellationToken cancel)
    {
        if (market != api.Dialect.Market) return null;
        // As of before the request: what the venue answers may be as old as that.
        var asOf = api.Time.GetUtcNow();
        var reply = await api.GetPublic(api.Dialect.DepthPath, new Params().Add("symbol", symbol).Add("limit", 5), cancel);
        try
        {
            return reply is { IsSuccess: true, Json: { } json } ? new Quote(BookFeed.Top(json, "bids"), BookFeed.Top(json, "asks"), asOf) : null;
        }
        catch (WireException)
        {
            return null;
        }
    }
}
