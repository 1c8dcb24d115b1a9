namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The I/O of <see cref="PlacementProtocol"/>, step by step as the Router performs it: a crash or a long sleep may fall at each yield.</summary>
sealed class Placement(World world, Replica replica, Pending effect, PlaceEffect place, Handled handled)
{
    PlacementEntry? entry;

    public IEnumerable<double> Run()
    {
        if (replica.Stream.ReconciledSince is null) return Again(0.25);
        return Decide();
    }

    IEnumerable<double> Decide()
    {
        yield return replica.Hop();
        entry = world.Journal.Load(place.ClientOrderId);
        yield return replica.Hop();
        var next = PlacementProtocol.Next(entry, View());
        if (world.Tell is not null) replica.Tell($"place {place.ClientOrderId[^8..]} epoch {entry?.Epoch ?? 0}: {next}");
        var run = next switch
        {
            PlacementStep.Tell => Report(world.Journal.Resolution(place.ClientOrderId)),
            PlacementStep.Look => Look(),
            _ => Send(),
        };
        foreach (var wait in run) yield return wait;
    }

    IEnumerable<double> Send()
    {
        var before = entry;
        var signed = world.Now + world.VenueAhead + world.VenueGuess;
        entry = new PlacementEntry
        {
            ClientOrderId = place.ClientOrderId, Epoch = (before?.Epoch ?? 0) + 1, Request = "signed", Timestamp = world.At(signed),
            ReceiveWindow = TimeSpan.FromSeconds(VirtualExchange.ReceiveWindow), SentAt = world.At(world.Now),
        };
        yield return replica.Hop();
        var mine = before is null ? world.Journal.TryBegin(entry) : world.Journal.TryAdvance(entry);
        yield return replica.Hop();
        if (!mine) { handled.Again = 0; yield break; }
        if (before is not null) world.Count(before.NotExecuted ? "epoch advanced" : "absence proven");
        if (place.NotAfter is { } end && world.At(world.Now) >= end)
        {
            foreach (var wait in Close(entry.Epoch, Plain(ReportKind.Rejected) with { Reason = ReasonCode.IntentExpired })) yield return wait;
            yield break;
        }
        yield return replica.Hop();
        var pending = world.Store.IsPending(effect.OrderId, effect.Seq);
        yield return replica.Hop();
        if (!pending)
        {
            world.Count("outlived the journal");
            world.Journal.Resolve(place.ClientOrderId, entry.Epoch, Plain(ReportKind.NothingNew));
            handled.IsDone = true;
            yield break;
        }
        var call = world.Exchange.Place(place.ClientOrderId, signed, world.Intents.First(intent => SagaIds.Of(intent.IntentId) == effect.OrderId));
        yield return call.Takes;
        if (world.Tell is not null) replica.Tell($"place {place.ClientOrderId[^8..]} epoch {entry.Epoch} was answered: {call.Outcome}");
        foreach (var wait in Settle(call)) yield return wait;
    }

    IEnumerable<double> Settle(Call call)
    {
        switch (call.Outcome)
        {
            case Outcome.Known: return Close(null, call.State!.Tell(place.ClientOrderId, effect.Seq));
            case Outcome.Rejected: return Close(entry!.Epoch, Plain(ReportKind.Rejected));
            case Outcome.Exists: return Look();
            case Outcome.NotExecuted:
                world.Journal.NoteProbe(entry! with { NotExecuted = true });
                return Again(0.2 * Math.Min(25, Math.Pow(2, entry!.Epoch - 1)));
            default:
                world.Count("answer unknown");
                handled.Again = PlacementProtocol.LookAgainIn(entry!).TotalSeconds;
                return Report(Plain(ReportKind.Unknown));
        }
    }

    IEnumerable<double> Look()
    {
        var view = View();
        var call = world.Exchange.Read(place.ClientOrderId);
        yield return call.Takes;
        if (call is { Outcome: Outcome.Known, State: { } state })
        {
            world.Count("found by looking");
            foreach (var wait in Close(null, state.Tell(place.ClientOrderId, effect.Seq, withTrades: false))) yield return wait;
            yield break;
        }
        var looked = call.Outcome is Outcome.NotFound ? PlacementProtocol.LookedEmpty(entry!, view) : PlacementProtocol.Looked(entry!, view);
        world.Journal.NoteProbe(looked);
        yield return replica.Hop();
        if (looked.Probes == 1)
            foreach (var wait in Report(Plain(ReportKind.Unknown))) yield return wait;
        handled.Again = PlacementProtocol.Next(looked, view) is PlacementStep.Advance ? 0 : PlacementProtocol.LookAgainIn(looked).TotalSeconds;
    }

    IEnumerable<double> Close(int? ofEpoch, Observation told)
    {
        told = told with { EffectSeq = effect.Seq };
        yield return replica.Hop();
        var stands = world.Journal.Resolve(place.ClientOrderId, ofEpoch, told);
        yield return replica.Hop();
        if (!stands) { handled.Again = 0; yield break; }
        foreach (var wait in Report(told)) yield return wait;
    }

    IEnumerable<double> Report(Observation? told)
    {
        yield return replica.Hop();
        if (told is null) { handled.Again = 0; yield break; }
        world.Broker.Publish(new Message(effect.OrderId, Report: told));
        yield return replica.Hop();
    }

    IEnumerable<double> Again(double seconds)
    {
        yield return replica.Hop();
        handled.Again = seconds;
    }

    Observation Plain(ReportKind kind) => new() { ClientOrderId = place.ClientOrderId, Kind = kind, EffectSeq = kind is ReportKind.Unknown ? null : effect.Seq };

    PlacementView View() => world.Ports.View(new(world.At(world.Now), world.At(world.Now + world.VenueAhead + world.VenueGuess),
        replica.Stream.ReconciledSince is { } since ? world.At(since) : null, TimeSpan.FromSeconds(60)));
}
