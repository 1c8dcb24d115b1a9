namespace Chimera.S4.Router.Venues.Binance;

/// <summary>A request as the venue takes it, before it is signed.</summary>
sealed record Wire(HttpMethod Method, string Path, RequestKind Kind, Params Parameters);
