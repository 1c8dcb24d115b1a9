namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What became of an effect: done, reported (both null and false), or to be taken up again.</summary>
sealed class Handled
{
    public bool IsDone { get; set; }
    public double? Again { get; set; }
}

/// <summary>Carries effects out: the I/O of cancel, query, reply and record, step by step as the Router performs it. Placements have a file of their own.</summary>
sealed class Gateway(World world, Replica replica)
{
    readonly Dictionary<(Guid, int), int> tries = [];

    public IEnumerable<double> CarryOut(Pending effect)
    {
        var handled = new Handled();
        var run = effect.Body switch
        {
            PlaceEffect place => new Placement(world, replica, effect, place, handled).Run(),
            CancelEffect cancel => Cancel(effect, cancel, handled),
            QueryEffect query => Query(effect, query, handled),
            _ => Deliver(effect, handled),
        };
        foreach (var wait in run) yield return wait;
        replica.Release(effect);
        yield return replica.Hop();
        if (handled.IsDone) world.Store.Complete(effect.OrderId, effect.Seq);
        if (handled.Again is { } delay) world.Store.Postpone(effect.OrderId, effect.Seq, delay);
    }

    IEnumerable<double> Deliver(Pending effect, Handled handled)
    {
        yield return replica.Hop();
        if (effect.Body is RecordBody record) world.Records.Add((effect.OrderId, record.RecordSeq));
        else world.Answered.Add(effect.OrderId);
        yield return replica.Hop();
        handled.IsDone = true;
    }

    IEnumerable<double> Cancel(Pending effect, CancelEffect cancel, Handled handled)
    {
        var call = world.Exchange.Cancel(cancel.ClientOrderId);
        yield return call.Takes;
        if (call.Outcome is not Outcome.Known)
        {
            call = world.Exchange.Read(cancel.ClientOrderId);
            yield return call.Takes;
        }
        if (call is { Outcome: Outcome.Known, State: { } state } && state.Status.IsTerminal())
        {
            foreach (var wait in Report(effect.OrderId, state.Tell(cancel.ClientOrderId, effect.Seq, withTrades: false))) yield return wait;
            yield break;
        }
        var made = tries.GetValueOrDefault((effect.OrderId, effect.Seq));
        tries[(effect.OrderId, effect.Seq)] = made + 1;
        handled.Again = Probing.Delay(made).TotalSeconds;
    }

    IEnumerable<double> Query(Pending effect, QueryEffect query, Handled handled)
    {
        var call = world.Exchange.Read(query.ClientOrderId);
        yield return call.Takes;
        if (call.Outcome is Outcome.Unknown) { handled.Again = 1; yield break; }
        var told = new Observation { ClientOrderId = query.ClientOrderId, Kind = ReportKind.NothingNew, EffectSeq = effect.Seq };
        if (call.State is { } state)
        {
            told = state.Tell(query.ClientOrderId, effect.Seq, withTrades: false);
            if (state.Cum > 0)
            {
                var trades = world.Exchange.Read(query.ClientOrderId);
                yield return trades.Takes;
                if (trades.State is null) { handled.Again = 1; yield break; }
                told = told with { Trades = [.. trades.State.Trades] };
            }
        }
        foreach (var wait in Report(effect.OrderId, told)) yield return wait;
    }

    /// <summary>Tells an order what was learned of it, with the broker's confirm.</summary>
    IEnumerable<double> Report(Guid orderId, Observation told)
    {
        yield return replica.Hop();
        world.Broker.Publish(new Message(orderId, Report: told));
        yield return replica.Hop();
    }
}
