namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Theme H of the field notes, by the exchange's own orders: an intent and the one whose place it takes.</summary>
static class ReplaceChecks
{
    public const string BothSetOff = "both stops of a move set off";

    public static string? Violation(World world, Intent intent, Order? document, Guid oldId, Func<Guid, OwnOrders> ordersOf)
    {
        if (world.Intents.FirstOrDefault(one => SagaIds.Of(one.IntentId) == oldId) is not { } replaced) return null;
        var (orders, old) = (ordersOf(SagaIds.Of(intent.IntentId)), ordersOf(oldId));
        var earlier = Chain(world, replaced).Select(one => ordersOf(SagaIds.Of(one.IntentId))).ToArray();
        var (entered, before) = (orders.Entered(intent), earlier.Sum(one => one.Entered(intent)));
        var qty = world.InstrumentOf(intent.Market).LotsFor(intent.Type).Floor(intent.Qty).Value;
        var standsFirst = intent is { Market: Market.Fut, TriggerPx: not null };
        if (document?.Replaced?.Ended is { Unknown: false } end)
        {
            if (old.All.Exists(order => order.IsOpen)) return $" was told that {replaced.IntentId} has ended, and it is open";
            // A stop that stood may be taken away before it was told of the one before it: then the third knows less than all, and is larger than what is left, which the exchange cuts.
            var least = standsFirst ? old.Entered(intent) : before;
            if (end.Filled.Value < least || end.Filled.Value > before) return $" was told that {replaced.IntentId} has filled {end.Filled}, and it has {DecimalJson.Format(before)}";
            if (before > 0) world.Count("replaced had filled");
        }
        // One jump may set off both while one is to replace the other; what one has done is no longer the other's.
        if (entered > 0 && entered + before > qty)
        {
            if (!standsFirst) return $" executed {DecimalJson.Format(entered)} of {DecimalJson.Format(qty)}, and {replaced.IntentId} before it {DecimalJson.Format(before)}";
            if (!orders.WasSetOff || !earlier.Any(one => one.WasSetOff)) return " exited more than is to be exited";
            world.Count(BothSetOff);
        }
        if (!standsFirst) return orders.All.Exists(order => order.IsOpen) && old.All.Exists(order => order.IsOpen) ? $" works beside {replaced.IntentId}" : null;
        var isWithdrawn = old.All.Exists(order => order.State.Status is VenueStatus.Canceled) && world.Store.Load(oldId).Order is { CancelReason: Intake.Replaced };
        var (hasStood, wasLockedOut) = (orders.All.Count > 0, world.Exchange.HasLockedOut(SagaIds.Of(intent.IntentId)));
        if (isWithdrawn && hasStood && wasLockedOut) world.Count("followed what had locked it out");
        return isWithdrawn && !hasStood && !wasLockedOut ? $" does not stand, and {replaced.IntentId} is gone" : null;
    }

    /// <summary>An intent, and those before it whose place it took; one that was denied, or found no other, took nobody's.</summary>
    static IEnumerable<Intent> Chain(World world, Intent last)
    {
        yield return last;
        if (world.Store.Load(SagaIds.Of(last.IntentId)).Order is not { Replaced.Ended.Unknown: false } || world.Intents.FirstOrDefault(one => one.IntentId == last.Replaces) is not { } earlier) yield break;
        foreach (var one in Chain(world, earlier)) yield return one;
    }
}
