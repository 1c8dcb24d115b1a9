namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Who goes first when the venue's limits are nearly used up. Each has the share of a limit that <see cref="RateWindow.Share"/> names.</summary>
enum Urgency
{
    /// <summary>Looks that can wait: sweeps, refreshes.</summary>
    Low,

    /// <summary>Looks that somebody waits for.</summary>
    Normal,

    /// <summary>Placements: looks, however many, leave room for them.</summary>
    Order,

    /// <summary>What ends or reduces risk: cancels and protective orders.</summary>
    Urgent,
}

/// <summary>What one request costs at the venue.</summary>
/// <param name="Weight">REQUEST_WEIGHT, per address.</param>
/// <param name="Orders">ORDERS, per account.</param>
readonly record struct Charge(int Weight, int Orders = 0, Urgency Urgency = Urgency.Normal);
