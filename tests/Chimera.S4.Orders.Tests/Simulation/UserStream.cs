namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>A replica's user stream: it drops, what passes meanwhile is gone, and each connection begins by holding live orders against the exchange.</summary>
sealed class UserStream(World world, Replica replica)
{
    int connection;
    bool isListening;

    /// <summary>Null: a gap is open.</summary>
    public double? ReconciledSince { get; private set; }

    public void Hear(string clientOrderId, VenueState told)
    {
        var (heardOn, life) = (connection, replica.Life);
        if (!isListening || !replica.IsUp) return;
        var id = world.Intents.Select(intent => SagaIds.Of(intent.IntentId)).First(id => clientOrderId == new ClientOrderId(Sample.Prefix, id, 0, 0).ToString());
        world.Agenda.In(0.005 + world.Random.NextDouble() * (world.FaultsOn ? 1 : 0.05), () =>
        {
            if (heardOn == connection && isListening && life == replica.Life && replica.IsUp) replica.Go(HandOn(id, told.Tell(clientOrderId)), () => replica.Go(HandOn(id, told.Tell(clientOrderId))));
        });
    }

    public IEnumerable<double> Run()
    {
        while (true)
        {
            yield return 0.1 + (world.FaultsOn ? world.Random.NextDouble() * 3 : 0);
            (connection, isListening) = (connection + 1, true);
            var outcome = new Handled();
            foreach (var wait in Reconcile(outcome)) yield return wait;
            // Whole as long as nothing is lost; every 5 s live orders are held against the exchange again, as the guard of a silent stream does.
            if (outcome.IsDone) ReconciledSince = world.Now;
            while (outcome.IsDone)
            {
                yield return 5;
                if (world.Roll(world.Faults.StreamDrop)) break;
                outcome = new Handled();
                foreach (var wait in Reconcile(outcome)) yield return wait;
            }
            world.Count("stream lost");
            if (world.Tell is not null) replica.Tell("loses its stream");
            (isListening, ReconciledSince) = (false, null);
        }
    }

    IEnumerable<double> HandOn(Guid orderId, Observation told)
    {
        yield return 0.002;
        world.Broker.Publish(new Message(orderId, Report: told));
        yield return 0.002;
    }

    IEnumerable<double> Reconcile(Handled outcome)
    {
        foreach (var order in world.Store.Orders.Where(order => !order.Final).ToArray())
        {
            foreach (var known in order.VenueOrders)
            {
                // Not acknowledged: the pending placement looks for it by its own protocol.
                if (known.Status is VenueStatus.None || !known.IsAlive && known.IsProven) continue;
                var call = world.Exchange.Read(known.ClientOrderId);
                yield return call.Takes;
                if (call.Outcome is Outcome.Unknown) yield break;
                if (call.State is not { } state || state.Status == known.Status && state.Cum == known.CumQty.Value) continue;
                yield return 0.005;
                world.Broker.Publish(new Message(order.Id, Report: state.Tell(known.ClientOrderId)));
            }
        }
        outcome.IsDone = true;
    }
}
