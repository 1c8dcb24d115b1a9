using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What an error means for the request that it answers.</summary>
readonly record struct Meaning(VenueOutcome Outcome, ReasonCode? Reason = null)
{
    public static Meaning Rejected(ReasonCode reason) => new(VenueOutcome.Rejected, reason);
}

/// <summary>A venue's reading of an error. The same number means different things on spot and on futures, so each venue has its own (reference binance §0.8).</summary>
/// <param name="status">HTTP status, 400 or above.</param>
/// <param name="code">Binance's number; null where the body holds none.</param>
/// <param name="text">Binance's words, or the raw body.</param>
delegate Meaning ErrorMap(int status, int? code, string text);
