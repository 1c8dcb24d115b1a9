namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Long after the last fault, with nothing under way, and before anybody ends what works: what is told as working works, once; and nothing protects a position that is gone.</summary>
static class RestChecks
{
    /// <summary>The longest that anything of now may take to be heard, decided and done.</summary>
    const double Reaction = 8;

    public static string? Violation(World world, Func<Guid, OwnOrders> ordersOf)
    {
        if (!world.Broker.IsEmpty || world.Exchange.InFlight > 0) return null;
        foreach (var intent in world.Intents)
        {
            var id = SagaIds.Of(intent.IntentId);
            if (world.Store.Load(id).Order is not { IsDenied: false } document || !IsAtRest(world, id, ordersOf(id))) continue;
            if (Violation(world, intent, document, ordersOf) is { } violation) return $"{intent.IntentId}{violation}";
        }
        return null;
    }

    static string? Violation(World world, Intent intent, Order document, Func<Guid, OwnOrders> ordersOf)
    {
        var orders = ordersOf(document.Id);
        var works = orders.Entries(intent).Any(order => order.IsOpen);
        if (document.Status is OrderStatus.Working or OrderStatus.PendingCancel && !works) return $" is told {document.Wire()}, and nothing of it is open";
        if (works && document.Status.IsTerminal()) return $" is told {document.Wire()}, and works";
        if (intent.Replaces is { } replaced && SagaIds.Of(replaced) is var old && IsAtRest(world, old, ordersOf(old)))
        {
            world.Count("replaced and at rest");
            if (works && ordersOf(old).All.Exists(order => order.IsOpen)) return $" and {replaced} work both";
        }
        return intent.Market is Market.Fut && (intent.Protection is not null || intent.TriggerPx is not null) ? Flat(world, document, orders) : null;
    }

    static string? Flat(World world, Order document, OwnOrders orders)
    {
        if (!world.Account.IsFlat || world.Account.FlatSince > world.Now - Reaction || !document.HasEntered && !StandAloneExit.Is(document.Intent)) return null;
        // When it was acknowledged, and when the position was seen, is known by the clocks of the replicas only, and somebody may have set those.
        if (world.Faults.ClockJump > 0) return null;
        world.Count("flat and at rest");
        return orders.All.Exists(order => order is { IsOpen: true, Placed.ReduceOnly: true }) ? " protects a position that is gone" : null;
    }

    // What no read shows yet cannot be known where no stream has told it.
    static bool IsAtRest(World world, Guid id, OwnOrders orders) => orders.All.TrueForAll(order => order.Read(world.Now - Reaction, 0) is not null) && orders.ChangedAt < world.Now - Reaction && !world.Store.PendingOf(id).Any(effect => effect.Body is Effect);
}
