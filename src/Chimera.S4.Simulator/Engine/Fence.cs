using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Engine;

/// <summary>Until when a signed request may take effect. Checked when it arrives and a second time right before the engine (reference §1.1).</summary>
internal readonly record struct Fence(decimal Timestamp, decimal RecvWindow)
{
    /// <summary>For what nobody signed: the market's own moves, the admin surface.</summary>
    public static Fence Open => new(0, decimal.MaxValue);

    public bool IsTooEarly(long now) => Timestamp >= now + 1000;
    public bool IsTooLate(long now) => now - Timestamp > RecvWindow;

    public void CheckAtGateway(long now)
    {
        if (IsTooEarly(now)) throw new VenueError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        if (IsTooLate(now)) throw new VenueError(-1021, "Timestamp for this request is outside of the recvWindow.");
    }

    public void CheckAtEngine(Venue venue, long now)
    {
        if (!IsTooLate(now)) return;
        throw venue is Venue.Spot
            ? new VenueError(-1021, "Timestamp for this request is outside of the recvWindow.")
            : new VenueError(-5028, "Timestamp for this request is outside of the ME recvWindow.");
    }
}
