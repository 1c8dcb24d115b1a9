namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What travels to the orders. Exactly one of the members after the id is set; a cancel may say for whom it asks.</summary>
sealed record Message(Guid OrderId, Intent? Intent = null, Observation? Report = null, bool Cancel = false, StoredTimer? Timer = null, (decimal Mid, double At)? Price = null)
{
    /// <summary>Of a cancel: the order that takes its place, and waits for its end. Null: its caller asks.</summary>
    public Guid? For { get; init; }

    /// <summary>How the order that this one replaces has ended.</summary>
    public ReplacedEnd? Replaced { get; init; }

    /// <summary>When the exchange held no position, by its own clock.</summary>
    public DateTimeOffset? FlatAt { get; init; }

    public override string ToString() => (Intent, Report, Cancel) switch
    {
        _ when Replaced is { } end => $"replaced {end.Filled}{(end.Unknown ? " unknown" : "")}",
        _ when FlatAt is not null => "flat",
        (_, _, true) when For is not null => "cancel, to be replaced",
        ({ } intent, _, _) => $"intent {intent.IntentId}",
        (_, { } report, _) => $"report {report.Kind} {report.Status} {report.CumQty} answers {report.EffectSeq}",
        (_, _, true) => "cancel",
        _ when Price is { } sight => $"price {sight.Mid}",
        _ => "timer",
    };
}

/// <summary>A message in the hands of a replica that has not acknowledged it.</summary>
sealed class Delivery(Message message, bool redelivered)
{
    public Message Message => message;
    public bool Redelivered => redelivered;
    public bool Acked { get; set; }
}

/// <summary>At least once, in no order: what a crashed or sleeping replica did not acknowledge comes again.</summary>
sealed class VirtualBroker(World world)
{
    /// <summary>A consumer that is silent for this long has lost its connection, though it may not know.</summary>
    const double Silence = 10;

    int queued;

    public bool IsEmpty => queued == 0;

    public void Publish(Message message)
    {
        Enqueue(message, redelivered: false);
        if (world.Roll(world.Faults.Duplicate)) Enqueue(message, redelivered: false);
    }

    void Enqueue(Message message, bool redelivered)
    {
        queued++;
        var slow = world.FaultsOn && world.Random.Chance(0.1) ? world.Random.NextDouble() * 5 : 0;
        world.Agenda.In(world.Random.NextDouble() * 0.05 + slow, () => Deliver(message, redelivered));
    }

    void Deliver(Message message, bool redelivered)
    {
        Replica[] alive = [.. world.Replicas.Where(replica => replica.IsUp)];
        if (alive.Length == 0 || world.IsAway(Part.Broker))
        {
            world.Agenda.In(0.5, () => Deliver(message, redelivered));
            return;
        }
        var (taker, delivery) = (world.Random.Pick(alive), new Delivery(message, redelivered));
        var life = taker.Life;
        taker.Take(delivery, () => { if (!delivery.Acked) { delivery.Acked = true; queued--; } });
        Watch();

        void Watch() => world.Agenda.In(1, () =>
        {
            if (delivery.Acked) return;
            if (taker.Life == life && taker.PausedUntil < world.Now + Silence) { Watch(); return; }
            // Its acknowledgement counts no more; its work may still go on.
            delivery.Acked = true;
            queued--;
            world.Count("redelivery");
            Enqueue(message, redelivered: true);
        });
    }
}
