namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The promise, as machines can see it (design §9). Looks at the exchange's own orders and at what was reported of them.</summary>
sealed class Checks(World world)
{
    readonly HashSet<string> names = [];

    public bool AllFinal => world.Intents.All(intent => Final(intent) is not null);

    /// <summary>What must never be, at no instant.</summary>
    public string? Violation()
    {
        foreach (var intent in world.Intents)
        {
            var id = SagaIds.Of(intent.IntentId);
            var (executed, open) = (0m, false);
            names.Clear();
            foreach (var order in world.Exchange.Orders)
            {
                if (Reconciliation.OwnerOf(order.ClientOrderId, Sample.Prefix) != id) continue;
                if (!names.Add(order.ClientOrderId)) return $"{intent.IntentId}: {order.ClientOrderId[^4..]} took effect twice";
                (executed, open) = (executed + order.State.CumQty.Value, open || order.IsOpen);
            }
            if (executed > intent.Qty.Value) return $"{intent.IntentId} executed {executed} of {intent.Qty}";
            if (world.Store.Results.TryGetValue(id, out var lines) && Reported(intent, lines, executed, open) is { } lie) return lie;
        }
        return null;
    }

    /// <summary>What must be true when all has come to rest.</summary>
    public string? Unfinished()
    {
        foreach (var intent in world.Intents)
        {
            var id = SagaIds.Of(intent.IntentId);
            if (Final(intent) is not { } line) return $"{intent.IntentId} has not ended: {world.Store.Load(id).Order?.Status.ToString() ?? "never accepted"}";
            var executed = world.Exchange.Orders.Where(order => Reconciliation.OwnerOf(order.ClientOrderId, Sample.Prefix) == id).Sum(order => order.State.CumQty.Value);
            if (line.CumQty.Value != executed) return $"{intent.IntentId} executed {executed}, reported {line.CumQty}";
            if (world.Store.Load(id).Order is { } order && Enumerable.Range(1, order.RecordSeq).FirstOrDefault(seq => !world.Records.Contains((id, seq))) is > 0 and var lost) return $"record {lost} of {intent.IntentId} is lost";
            if (world.Store.Load(id).Order is { NeedsReview: true }) return $"{intent.IntentId} still needs review";
            if (!world.Answered.Contains(id)) return $"{intent.IntentId} was never answered";
        }
        if (world.Orphans.Find(orphan => orphan.IsOpen) is { } left) return $"orphan {left.ClientOrderId} was left alone";
        if (world.Strangers.Find(stranger => !stranger.IsOpen) is { } touched) return $"foreign order {touched.ClientOrderId} was touched: {touched.State.Status}";
        if (world.Store.Effects.FirstOrDefault() is { } effect) return $"{effect.Body.GetType().Name} {effect.Id.Seq} is still pending";
        return world.Store.Timers > 0 ? "a timer is still armed" : null;
    }

    PublishedResult? Final(Intent intent) =>
        world.Store.Results.TryGetValue(SagaIds.Of(intent.IntentId), out var lines) && lines[^1].Final ? lines[^1] : null;

    static string? Reported(Intent intent, List<PublishedResult> lines, decimal executed, bool open)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (line.Seq != at + 1) return $"{intent.IntentId}: result line {at + 1} has sequence {line.Seq}";
            if (line.CumQty.Value > executed) return $"{intent.IntentId} reported {line.CumQty} of {executed} executed";
            if (!line.Final) continue;
            if (at < lines.Count - 1) return $"{intent.IntentId} was final as {line.Status} {line.CumQty} and is now {lines[^1].Status} {lines[^1].CumQty}";
            if (open || line.CumQty.Value != executed) return $"{intent.IntentId} is final as {line.Status} {line.CumQty}, but the exchange has {executed} executed{(open ? " and it is open" : "")}";
        }
        return null;
    }
}
