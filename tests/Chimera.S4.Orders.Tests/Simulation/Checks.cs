namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The promise, as machines can see it (design §9). Looks at the exchange's own orders and at what was reported of them.</summary>
sealed class Checks(World world)
{
    /// <summary>Within this time what has to follow from an event has followed, where nothing stands in the way.</summary>
    public const double Reaction = 2;

    readonly Dictionary<Guid, OwnOrders> own = [];
    readonly HashSet<Guid> touched = [];
    bool atRest;

    public bool AllFinal => world.Intents.All(intent => Final(intent) is not null);

    /// <summary>Something has changed that an invariant speaks of.</summary>
    public void Touch(Guid id) => touched.Add(id);

    /// <summary>The faults are long over, and nobody has begun to end what still works.</summary>
    public void TouchAtRest() => atRest = true;

    public void Note(VirtualOrder order)
    {
        if (order.Owner is not { } owner) return;
        if (!own.TryGetValue(owner, out var orders)) own[owner] = orders = new OwnOrders();
        orders.Note(order, world.Now);
        Touch(owner);
    }

    /// <summary>What must never be, at no instant.</summary>
    public string? Violation()
    {
        if (touched.Count == 0 && !atRest) return null;
        if (world.Exchange.Book.OffGrid is { } small) return small;
        foreach (var intent in world.Intents)
        {
            var id = SagaIds.Of(intent.IntentId);
            if ((touched.Contains(id) || intent.Replaces is { } old && touched.Contains(SagaIds.Of(old))) && Violation(intent, id) is { } violation) return $"{intent.IntentId}{violation}";
        }
        if (atRest && RestChecks.Violation(world, OrdersOf) is { } left) return left;
        atRest = false;
        touched.Clear();
        return null;
    }

    string? Violation(Intent intent, Guid id)
    {
        var orders = OrdersOf(id);
        if (orders.Twice is { } twice) return $": {twice} took effect twice";
        var (entered, qty) = (orders.Entered(intent), world.InstrumentOf(intent.Market).Lots.Floor(intent.Qty).Value);
        if (entered > qty) return $" executed {DecimalJson.Format(entered)} of {DecimalJson.Format(qty)}";
        // Two purchases under way at once would double what may fill, whichever quotes, slices or attempts they are.
        if (orders.Entries(intent).Count(order => order.IsOpen) > 1 && intent is not { ReduceOnly: true, Oco: not null }) return " has two entries open at once";
        var document = world.Store.Load(id).Order;
        if (document?.VenueOrders.FirstOrDefault(IsNotSent) is { } unsent && orders.All.Exists(order => order.ClientOrderId == unsent.ClientOrderId)) return $": {unsent.ClientOrderId[^4..]} was told not to have been sent, and took effect";
        if (ExitChecks.Violation(world, intent, orders, document) is { } exits) return exits;
        if (intent.Replaces is { } replaced && ReplaceChecks.Violation(world, intent, document, SagaIds.Of(replaced), OrdersOf) is { } replaces) return replaces;
        if (document is { Twap: not null } && SliceChecks.Violation(world, document) is { } slices) return slices;
        return world.Store.Results.TryGetValue(id, out var lines) ? Reported(lines, entered, orders.All.Exists(order => order.IsOpen)) : null;
    }

    /// <summary>What must be true when all has come to rest.</summary>
    public string? Unfinished()
    {
        foreach (var intent in world.Intents)
        {
            var id = SagaIds.Of(intent.IntentId);
            if (Final(intent) is not { } line) return $"{intent.IntentId} has not ended: {world.Store.Load(id).Order?.Status.ToString() ?? "never accepted"}";
            if (OrdersOf(id).Entered(intent) is var executed && line.CumQty.Value != executed) return $"{intent.IntentId} executed {DecimalJson.Format(executed)}, reported {line.CumQty}";
            if (world.Store.Load(id).Order is { } order)
            {
                if (Enumerable.Range(1, order.RecordSeq).FirstOrDefault(seq => !world.Records.Contains((id, seq))) is > 0 and var lost) return $"record {lost} of {intent.IntentId} is lost";
                if (order.NeedsReview) return $"{intent.IntentId} still needs review";
                // Filled means all of it; the exchange cuts only what reduces.
                if (order is { Status: OrderStatus.Closed, Intent.ReduceOnly: false } && order.CumQty != order.OrderQty) return $"{intent.IntentId} is filled with {order.CumQty} of {order.OrderQty}";
            }
            if (!world.Answered.Contains(id)) return $"{intent.IntentId} was never answered";
        }
        if (world.Orphans.Find(orphan => orphan.IsOpen) is { } left) return $"orphan {left.ClientOrderId} was left alone";
        if (world.Strangers.Find(stranger => !stranger.IsOpen) is { } touched) return $"foreign order {touched.ClientOrderId} was touched: {touched.State.Status}";
        if (world.Store.Effects.FirstOrDefault() is { } effect) return $"{effect.Body.GetType().Name} {effect.Id.Seq} is still pending";
        return world.Store.Timers > 0 ? "a timer is still armed" : null;
    }

    static bool IsNotSent(VenueOrder venue) => venue is { Status: VenueStatus.Canceled, VenueOrderId: null };

    OwnOrders OrdersOf(Guid id) => own.TryGetValue(id, out var orders) ? orders : OwnOrders.None;

    PublishedResult? Final(Intent intent) =>
        world.Store.Results.TryGetValue(SagaIds.Of(intent.IntentId), out var lines) && world.Store.Load(SagaIds.Of(intent.IntentId)).Order is { Final: true } or null ? lines?[^1] : null;

    static string? Reported(List<PublishedResult> lines, decimal executed, bool open)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (line.Seq != at + 1) return $": result line {at + 1} has sequence {line.Seq}";
            if (line.CumQty.Value > executed) return $" reported {line.CumQty} of {DecimalJson.Format(executed)} executed";
            if (!line.Final) continue;
            if (at < lines.Count - 1) return $" was final as {line.Status} {line.CumQty} and is now {lines[^1].Status} {lines[^1].CumQty}";
            if (open || line.CumQty.Value != executed) return $" is final as {line.Status} {line.CumQty}, but the exchange has {DecimalJson.Format(executed)} executed{(open ? " and it is open" : "")}";
        }
        return null;
    }
}
