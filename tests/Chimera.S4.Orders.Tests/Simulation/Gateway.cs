namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>How a run ended; null: it has not.</summary>
sealed class Outcome
{
    public Handled? Handled { get; set; }
}

/// <summary>Carries effects out: performs what the protocols ask for, with a crash or a long sleep possible before and after each command.</summary>
sealed class Gateway(World world, Replica replica)
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15);

    readonly Dictionary<EffectId, int> tries = [];

    public IEnumerable<double> CarryOut(Pending effect, bool hasWaited)
    {
        var outcome = new Outcome();
        var run = effect.Body is VenueEffect venue ? Drive(VenueProtocol.For(venue, tries.GetValueOrDefault(effect.Id), hasWaited), effect.Id.OrderId, outcome) : Deliver(effect, outcome);
        foreach (var wait in run) yield return wait;
        var handled = outcome.Handled!.Value;
        tries[effect.Id] = handled.Again is null ? 0 : tries.GetValueOrDefault(effect.Id) + 1;
        replica.InHand.Release(effect.Id);
        yield return replica.Hop();
        if (handled.IsDone) world.Store.Complete(effect.Id);
        if (handled.Again is { } delay) world.Store.Postpone(effect.Id, delay);
    }

    /// <summary>The simulation's driver of the very protocols that the Router drives.</summary>
    public IEnumerable<double> Drive(VenueProtocol protocol, Guid orderId, Outcome outcome)
    {
        var command = protocol.Start(View());
        while (command is not Finish)
        {
            Reply? reply = null;
            foreach (var wait in Perform(command, orderId, done => reply = done)) yield return wait;
            command = protocol.On(command, reply!, View());
        }
        outcome.Handled = ((Finish)command).Handled;
    }

    IEnumerable<double> Perform(VenueCommand command, Guid orderId, Action<Reply> done)
    {
        var call = command switch
        {
            SendRequest send => world.Exchange.Place(send.Entry, send.Place),
            SendCancel send => world.Exchange.Cancel(send.Cancel),
            QueryOrder query => world.Exchange.Read(query.Order, everywhere: false),
            LookEverywhere look => world.Exchange.Read(look.Order, everywhere: true),
            ReadTrades read => world.Exchange.Trades(read.Order),
            _ => null,
        };
        if (call is not null)
        {
            yield return call.Takes;
            if (world.Tell is not null) replica.Tell($"{command.GetType().Name} was answered {call.Answer.Outcome} {call.Answer.Order?.Status}");
            Count(command, call.Answer);
            done(command is ReadTrades ? new Traded(new TradesAnswer(call.Answer.Outcome, call.Answer.Order?.Trades ?? [])) : new Answered(call.Answer));
            yield break;
        }
        if (command is Pause pause)
        {
            yield return pause.For.TotalSeconds;
            done(Performed.Instance);
            yield break;
        }
        // One way to the store or the broker and one back: what is asked may have happened though nobody hears of it.
        yield return replica.Hop();
        var reply = Ask(command, orderId);
        yield return replica.Hop();
        done(reply);
    }

    Reply Ask(VenueCommand command, Guid orderId)
    {
        var journal = world.Journal;
        switch (command)
        {
            case LoadEntry load: return new Loaded(journal.Load(load.ClientOrderId));
            case SignRequest sign:
                if (sign.Before is { } before) world.Count(before.NotExecuted ? "epoch advanced" : "absence proven");
                return new Signed(new SignedRequest("signed", world.At(world.Now + world.VenueAhead + world.VenueGuess), TimeSpan.FromSeconds(VirtualExchange.ReceiveWindow)), world.Market.Mid);
            case WriteEpoch { Entry: var entry }: return new Settled(entry.Epoch == 1 ? journal.TryBegin(entry) : journal.TryAdvance(entry));
            case CheckPending check:
                var isPending = world.Store.IsPending(new EffectId(orderId, check.Seq));
                if (!isPending) world.Count("outlived the journal");
                return new Settled(isPending);
            case CheckWanted check:
                var isWanted = world.Store.Load(orderId).Order is not { } order || Review.IsWanted(order, check.Seq);
                if (!isWanted) world.Count(check.Entry.Epoch > 1 ? "not sent again" : "not sent");
                return new Settled(isWanted);
            case NoteProbe note: journal.NoteProbe(note.Entry); break;
            case Resolve resolve: return new Settled(journal.Resolve(resolve.ClientOrderId, resolve.OfEpoch, resolve.Known));
            case Report report: replica.Publish(new Message(orderId, Report: report.Told.Seen)); break;
            case TellAgain again when journal.Resolution(again.Entry.ClientOrderId) is { } told:
                foreach (var one in told) replica.Publish(new Message(orderId, Report: one.Seen));
                break;
            case RecordOrphan orphan: world.Count($"orphan {orphan.State.Status}"); break;
            case TellAgain: break;                                       // it has lapsed meanwhile: the order has long been told
            default: throw new InvalidOperationException($"nothing performs {command.GetType().Name}");
        }
        return Performed.Instance;
    }

    IEnumerable<double> Deliver(Pending effect, Outcome outcome)
    {
        yield return replica.Hop();
        outcome.Handled = Handled.Done;
        switch (effect.Body)
        {
            case RecordBody record: world.Records.Add((effect.Id.OrderId, record.RecordSeq)); break;
            case ReplyBody { To.WaitsFor: WaitsFor.Cancel } ended: replica.Publish(new Message(ended.To.RequestId) { Replaced = new ReplacedEnd(ended.Filled, Unknown: false, ended.Side) }); break;
            case ReplyBody: world.Answered.Add(effect.Id.OrderId); break;
            // Again and again, until the answer has come.
            case EndIntentEffect ask:
                replica.Publish(new Message(ask.OrderId, Cancel: true) { For = effect.Id.OrderId });
                outcome.Handled = Handled.After(AskAgain);
                break;
            default: throw new InvalidOperationException($"nobody takes {effect.Body.GetType().Name}");
        }
        yield return replica.Hop();
    }

    void Count(VenueCommand command, VenueAnswer answer)
    {
        if (command is SendRequest && answer.Outcome is VenueOutcome.Unknown) world.Count("answer unknown");
        if (command is SendRequest && answer.Outcome is VenueOutcome.FailedVerify) world.Count("failure to verify");
        if (command is LookEverywhere && answer.Outcome is VenueOutcome.Known) world.Count("found by looking");
    }

    PlacementView View() => world.Ports.View(new(replica.Clock, world.At(world.Now + world.VenueAhead + world.VenueGuess),
        replica.Stream.ReconciledSince, TimeSpan.FromSeconds(60)));
}
