using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>An intent that holds exits of a position.</summary>
/// <param name="Held">What they are for: neither exited nor closed by another intent yet; what the one that asks has closed of it counts as held.</param>
/// <param name="Only">Its exits are all stops, or all take-profits; null: it has both.</param>
public sealed record ExitOwner(Guid OrderId, Quantity Held, OrderType? Only = null);

/// <summary>Who shares the reduce-only budget of a futures symbol: what its reduce-only orders may promise together is the position, and no more (design §6).</summary>
public static class ExitOwners
{
    /// <param name="asking">The order that asks, which is none of them.</param>
    /// <param name="side">Of the exits.</param>
    /// <returns>Oldest first.</returns>
    public static ImmutableArray<ExitOwner> Of(IEnumerable<Order> live, Guid asking, string symbol, Side side) =>
    [
        .. live.Where(order => order.Id != asking && order.Intent.Symbol == symbol && IsOne(order.Intent) && Has(order, side))
            .OrderBy(order => order.CreatedAt).ThenBy(order => order.Id)
            .Select(order => new ExitOwner(order.Id, Held(order, asking), OnlyOf(order.Intent))),
    ];

    /// <summary>
    /// What was held both before the position was looked at and after: what was entered or exited between the looks, and may or may not be in the position, is not taken for closed by another.
    /// An exit that is too large only reduces; one that is too small leaves something unprotected.
    /// </summary>
    public static ImmutableArray<ExitOwner> Throughout(IEnumerable<ExitOwner> before, IEnumerable<ExitOwner> after) =>
        [.. before.Join(after, owner => owner.OrderId, owner => owner.OrderId, (earlier, later) => earlier.Held.Value < later.Held.Value ? earlier : later)];

    /// <summary>How much each has lost to a close: what its kind of exit promises beyond the position, no more than was closed, the oldest first. What nobody protects was closed before that.</summary>
    /// <param name="owners">Oldest first.</param>
    /// <param name="position">What is left to reduce.</param>
    public static IEnumerable<(ExitOwner Owner, Quantity Taken)> Share(IReadOnlyList<ExitOwner> owners, Quantity position, Quantity closed)
    {
        var (stops, takes) = (Excess(OrderType.TakeProfit), Excess(OrderType.Stop));
        foreach (var owner in owners)
        {
            var share = Quantity.Max(owner.Only is OrderType.TakeProfit ? Quantity.Zero : stops, owner.Only is OrderType.Stop ? Quantity.Zero : takes);
            if (share.Value > owner.Held.Value) share = owner.Held;
            if (owner.Only is not OrderType.TakeProfit) stops = stops.Less(share);
            if (owner.Only is not OrderType.Stop) takes = takes.Less(share);
            yield return (owner, share);
        }

        Quantity Excess(OrderType but)
        {
            var beyond = new Quantity(owners.Where(owner => owner.Only != but).Sum(owner => owner.Held.Value)).Less(position);
            return beyond.Value < closed.Value ? beyond : closed;
        }
    }

    internal static bool IsOne(Intent intent) => intent is { Market: Market.Fut, Protection: not null } || StandAloneExit.Is(intent);

    /// <param name="but">An order whose close does not count; null: every one does.</param>
    internal static Quantity Held(Order order, Guid? but = null) => StandAloneExit.Is(order.Intent) ? StandAloneExit.Held(order, but) : Protection.Held(order, but);

    internal static OrderType? OnlyOf(Intent intent) => intent.Protection switch
    {
        null => intent.Type,
        { StopLoss: null } => OrderType.TakeProfit,
        { TakeProfits.IsEmpty: true } => OrderType.Stop,
        _ => null,
    };

    static bool Has(Order order, Side side) => StandAloneExit.Is(order.Intent)
        ? order.Intent.Side == side && order.Legs.Any(leg => leg.Ended is null)
        : order.Intent.Side != side && order.Legs.Any(leg => leg is { Purpose: LegPurpose.Exit, Ended: null });
}
