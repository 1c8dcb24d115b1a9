namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>A replica's user stream: it drops, what passes meanwhile is gone, and each connection begins by holding live orders against the exchange.</summary>
sealed class UserStream(World world, Replica replica, Gateway gateway)
{
    int connection;
    bool isListening;

    /// <summary>Null: a gap is open.</summary>
    public DateTimeOffset? ReconciledSince { get; private set; }

    public void Hear(string clientOrderId, VenueOrderState told)
    {
        var (heardOn, life) = (connection, replica.Life);
        if (isListening && (world.IsAway(Part.Exchange) || world.IsAway(Part.Answers))) Drop();
        if (!isListening || !replica.IsUp || Reconciliation.OwnerOf(clientOrderId, Sample.Prefix) is not { } id) return;
        world.Agenda.In(0.005 + world.Random.NextDouble() * (world.FaultsOn ? 1 : 0.05), () =>
        {
            // What cannot be handed over is the next connection's to find.
            if (heardOn == connection && isListening && life == replica.Life && replica.IsUp) replica.Go(HandOn(id, Finding.Known(Finding.Stream, clientOrderId, told).Seen), Drop);
        });
    }

    /// <summary>The exchange tells of a position before it tells of the order that has changed it.</summary>
    public void HearFlat(DateTimeOffset at)
    {
        var (heardOn, life) = (connection, replica.Life);
        if (!isListening || !replica.IsUp) return;
        world.Agenda.In(0.005 + world.Random.NextDouble() * (world.FaultsOn ? 1 : 0.01), () =>
        {
            if (heardOn == connection && isListening && life == replica.Life && replica.IsUp) replica.Go(TellFlat(at), Drop);
        });
    }

    IEnumerable<double> TellFlat(DateTimeOffset at, bool isFirst = true)
    {
        foreach (var order in world.Store.Orders.Where(order => order is { Final: false, Intent.Market: Market.Fut }).ToArray())
        {
            yield return 0.002;
            replica.Publish(new Message(order.Id) { FlatAt = at });
        }
        if (isFirst) replica.Go(LookAgain(connection), Drop);
    }

    // Something may have been placed just then.
    IEnumerable<double> LookAgain(int heardOn)
    {
        yield return 2;
        if (heardOn == connection && isListening && world.Account.IsFlat) foreach (var wait in TellFlat(world.VenueClock, isFirst: false)) yield return wait;
    }

    public IEnumerable<double> Run()
    {
        while (true)
        {
            yield return 0.1 + (world.FaultsOn ? world.Random.NextDouble() * 3 : 0);
            (connection, isListening) = (connection + 1, true);
            var outcome = new Outcome();
            var (isFlat, seenAt) = (world.Account.IsFlat, world.VenueClock);
            foreach (var wait in Reconcile(outcome, _ => true, orphans: true)) yield return wait;
            if (outcome.Handled is not null && isFlat) foreach (var wait in TellFlat(seenAt)) yield return wait;
            // Whole as long as nothing is lost; every 5 s what is alive is held against the exchange again, as the guard of a silent stream does.
            if (outcome.Handled is not null) ReconciledSince = replica.Clock;
            while (outcome.Handled is not null)
            {
                yield return 5;
                // An orphan that could not be canceled at once waits for the next connection, which comes at the latest when the exchange ends this one.
                if (!isListening || world.Roll(world.Faults.StreamDrop) || !world.FaultsOn && world.Orphans.Exists(orphan => orphan.IsOpen)) break;
                outcome = new Outcome();
                foreach (var wait in Reconcile(outcome, known => known.IsAlive)) yield return wait;
            }
            Drop();
        }
    }

    public void Drop()
    {
        if (!isListening) return;
        world.Count("stream lost");
        if (world.Tell is not null) replica.Tell("loses its stream");
        (isListening, ReconciledSince) = (false, null);
    }

    IEnumerable<double> HandOn(Guid orderId, Observation told)
    {
        yield return 0.002;
        replica.Publish(new Message(orderId, Report: told));
        yield return 0.002;
    }

    IEnumerable<double> Reconcile(Outcome outcome, Func<VenueOrder, bool> compared, bool orphans = false)
    {
        var (call, answer) = world.Exchange.OpenOrders();
        yield return call.Takes;
        if (answer() is not { } open) yield break;
        foreach (var order in world.Store.Orders.Where(order => !order.Final).ToArray())
        {
            foreach (var known in order.VenueOrders.Where(compared))
            {
                var one = new Outcome();
                var protocol = new ReconcileProtocol(order.Intent.Symbol, known, open.FirstOrDefault(state => state.ClientOrderId == known.ClientOrderId));
                foreach (var wait in gateway.Drive(protocol, order.Id, one)) yield return wait;
                if (one.Handled!.Value.Again is not null) yield break;
            }
        }
        foreach (var (name, order) in orphans ? Reconciliation.WithPrefix(open, Sample.Prefix) : new Dictionary<string, VenueOrderState>())
        {
            var document = world.Store.Load(Reconciliation.OwnerOf(name, Sample.Prefix)!.Value).Order;
            if (Reconciliation.BelongingOf(name, Sample.Prefix, document) is not Belonging.Orphan) continue;
            foreach (var wait in gateway.Drive(new OrphanProtocol(Market.Spot, order), Guid.Empty, new Outcome())) yield return wait;
        }
        outcome.Handled = Handled.Done;
    }
}
