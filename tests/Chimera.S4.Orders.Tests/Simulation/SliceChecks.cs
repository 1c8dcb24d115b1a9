namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Theme G of the field notes: no slice is lost, none is fired twice.</summary>
static class SliceChecks
{
    public static string? Violation(World world, Order order)
    {
        var queue = world.Store.Slices(order.Id);
        if (!queue.SequenceEqual(Twap.Queue(order))) return $": {queue.Count} slices wait, and the order speaks of {Twap.Queue(order).Length}";
        if (order.CancelAsked || order.Twap!.IsDone) return queue.Count == 0 ? null : $" goes on with {queue.Count} slices after its end";
        var working = order.Legs.Where(leg => leg.Purpose is LegPurpose.Entry && leg.Ended is null).Sum(leg => LegProgress.Of(order, leg).Left.Value);
        var planned = order.CumQty.Value + queue.Sum(slice => slice.Qty.Value) + working;
        // What was given up after as many attempts as there were slices remains, and is told of at the end.
        var isGivenUp = order.Legs.Count(leg => leg.Ended is not null) > order.Twap.Slices.Length - order.Twap.Requeued;
        if (planned > order.OrderQty.Value || planned < order.OrderQty.Value && !isGivenUp) return $": {DecimalJson.Format(planned)} of {order.OrderQty} is filled, worked or queued";
        return null;
    }
}
