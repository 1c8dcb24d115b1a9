namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Theme G of the field notes: no slice is lost, none is fired twice, and after a stall there is no burst.</summary>
static class SliceChecks
{
    public static string? Violation(World world, Order order)
    {
        var queue = world.Store.Slices(order.Id);
        if (!queue.SequenceEqual(Twap.Queue(order))) return $": {queue.Count} slices wait, and the order speaks of {Twap.Queue(order).Length}";
        // Where nobody has set a clock: each starts a gap after the one before it, less the jitter and a tenth that counts as being in time.
        if (world.Faults.ClockJump == 0 && world.Store.SliceStarts(order.Id) is [.., var before, var after] && after - before < order.Twap!.Gap * 0.9 - order.Twap.Jitter)
            return $" started two slices {(after - before).TotalSeconds:0.###} s apart, and their gap is {order.Twap.Gap.TotalSeconds:0.###} s";
        if (order.CancelAsked || order.Twap!.IsDone) return queue.Count == 0 ? null : $" goes on with {queue.Count} slices after its end";
        var working = order.Legs.Where(leg => leg.Purpose is LegPurpose.Entry && leg.Ended is null).Sum(leg => LegProgress.Of(order, leg).Left.Value);
        var planned = order.CumQty.Value + queue.Sum(slice => slice.Qty.Value) + working;
        // What was given up after as many attempts as there were slices remains, and is told of at the end.
        var isGivenUp = order.Legs.Count(leg => leg.Ended is not null) > order.Twap.Slices.Length - order.Twap.Requeued;
        if (planned > order.OrderQty.Value || planned < order.OrderQty.Value && !isGivenUp) return $": {DecimalJson.Format(planned)} of {order.OrderQty} is filled, worked or queued";
        return null;
    }
}
