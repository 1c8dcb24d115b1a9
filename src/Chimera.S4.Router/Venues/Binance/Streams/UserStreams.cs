using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Puts a venue's user stream together.</summary>
static class UserStreams
{
    public static UserStream Of(
        IUserStreamProtocol protocol, BinanceApi api, StreamHealth health, StreamWatch watch, IUserStreamSink sink, MarketFacts facts, AccountReads account, ILogger log)
    {
        var guard = new StreamGuard(watch, new OrderReads(api, new AnswerReader(api.Dialect, api.Clock, watch)), api.Dialect.Market is Market.Fut ? new BinanceFuturesRequests(api, watch) : null, api.Time);
        return new UserStream(() => new UserStreamSession(protocol, health, guard, sink, facts, account, api.Time, log), $"{protocol.Market} user stream", api.Time, log);
    }
}
