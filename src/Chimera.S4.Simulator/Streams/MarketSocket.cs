using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Streams;

/// <summary><c>/ws/{stream}</c> and <c>/stream?streams=a/b</c>, spot unprefixed, futures under <c>/public</c> and <c>/market</c>.</summary>
internal static class MarketSocket
{
    public static void Map(IEndpointRouteBuilder app, SocketHost sockets, MarketFeeds spot, MarketFeeds futures)
    {
        MapUnder(app, "", sockets, Venue.Spot, spot);
        MapUnder(app, "/public", sockets, Venue.Fut, futures);
        MapUnder(app, "/market", sockets, Venue.Fut, futures);
    }

    private static void MapUnder(IEndpointRouteBuilder app, string prefix, SocketHost sockets, Venue venue, MarketFeeds feeds)
    {
        app.Map(prefix + "/ws/{**streams}", http => Serve(http, (string?)http.Request.RouteValues["streams"] ?? "", wrapped: false));
        app.Map(prefix + "/stream", http => Serve(http, http.Request.Query["streams"].ToString(), wrapped: true));

        Task Serve(HttpContext http, string streams, bool wrapped) => sockets.Serve(http, venue, connection =>
        {
            foreach (var name in streams.Split('/', StringSplitOptions.RemoveEmptyEntries)) feeds.Subscribe(connection, name, wrapped);
            return (
                message => SubscriptionProtocol.Handle(connection, message,
                    name => feeds.Subscribe(connection, name, wrapped), name => feeds.Unsubscribe(connection, name), () => feeds.Of(connection)),
                () => feeds.Unsubscribe(connection));
        });
    }
}
