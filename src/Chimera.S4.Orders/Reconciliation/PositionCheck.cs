using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>A futures position beside what live intents have brought and not taken out again.</summary>
/// <param name="Amount">The account's, signed.</param>
/// <param name="Held">Of live intents: their fills, signed.</param>
public sealed record PositionLine(string Symbol, decimal Amount, decimal Held)
{
    /// <summary>Of intents that have ended, of other deployments, or of a person.</summary>
    public decimal Rest => Amount - Held;

    /// <summary>Live intents hold more than the account does: somebody else has closed what they protect.</summary>
    public bool IsShort => Held > 0 ? Amount < Held : Held < 0 && Amount > Held;
}

/// <summary>Reported, never acted on: S4 owns orders, not the position (spec §7).</summary>
public static class PositionCheck
{
    /// <param name="live">Live futures orders.</param>
    public static ImmutableArray<PositionLine> Of(IReadOnlyDictionary<string, decimal> positions, IEnumerable<Order> live)
    {
        var held = live.GroupBy(order => order.Intent.Symbol).ToDictionary(group => group.Key, group => group.Sum(Held));
        return [.. positions.Keys.Union(held.Keys).Order(StringComparer.Ordinal)
            .Select(symbol => new PositionLine(symbol, positions.GetValueOrDefault(symbol), held.GetValueOrDefault(symbol)))
            .Where(line => line is not { Amount: 0, Held: 0 })];
    }

    // What other intents have closed of it is no longer its own.
    static decimal Held(Order order) => order.VenueOrders.Sum(venue => Signed(order.SideOf(venue), venue.CumQty)) - (order.Intent.Protection is null ? 0 : Signed(order.Intent.Side, GivingWay.Taken(order)));

    static decimal Signed(Side side, Quantity qty) => side is Side.Buy ? qty.Value : -qty.Value;
}
