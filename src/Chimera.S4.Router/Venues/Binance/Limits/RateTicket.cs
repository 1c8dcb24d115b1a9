namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Leave to send one request, or the time to wait for it.</summary>
sealed record RateTicket
{
    public required Charge Charge { get; init; }

    /// <summary>Null: admitted.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Which limit or hold refused.</summary>
    public string? Why { get; init; }

    /// <summary>When it was admitted, and in which window of each limit.</summary>
    public long At { get; init; }
    public IReadOnlyList<(RateWindow Window, long Index)> Windows { get; init; } = [];
}
