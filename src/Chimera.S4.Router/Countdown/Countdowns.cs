using System.Collections.Concurrent;
using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Countdown;

/// <summary>Holds the venue's countdown of each futures symbol where <see cref="DeadMansSwitch"/> wants it. One replica at a time arms; every replica makes way for what it places itself.</summary>
/// <remarks>Looking and arming are one step per symbol, and an order that is to stay is placed outside of it: within a process none falls under a countdown that did not know it.</remarks>
public sealed class Countdowns(
    IFuturesRequests futures, LiveDocuments documents, INotes notes, IntakeOptions intake, DeadManOptions options, TimeProvider clock, CountdownMetrics metrics, AlertBell bell, ILogger<Countdowns> log)
{
    const string Note = "dead-man";

    /// <summary>How long what is being placed may take to show: until then nothing is armed.</summary>
    static readonly TimeSpan ShowsWithin = TimeSpan.FromSeconds(10), Again = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Line> lines = new();
    readonly ConcurrentDictionary<string, VenueAnswer> refused = new();
    volatile bool isHolder;

    sealed class Line
    {
        public readonly SemaphoreSlim Gate = new(1);
        public DeadMan State;
        public bool IsArmed;
        public DateTimeOffset LookAt = DateTimeOffset.MinValue, PlacingUntil = DateTimeOffset.MinValue;
        public DateTimeOffset? SilentSince;
    }

    /// <summary>Something has happened to an order of the symbol: what was true of it may be so no more.</summary>
    public void Heard(string symbol)
    {
        if (options.IsOn && isHolder) Of(symbol).LookAt = DateTimeOffset.MinValue;
    }

    /// <summary>An order that is to stay is about to be sent: no countdown may run by then.</summary>
    public async Task MakeWay(Guid orderId, VenueEffect place, CancellationToken cancel)
    {
        if (!options.IsOn || !DeadMansSwitch.MayRest(place)) return;
        if (place is PlaceEffect { Type: OrderType.LimitMaker } && DeadMansSwitch.IsMakerChild((await documents.Read(orderId, cancel)).ById.GetValueOrDefault(orderId), place.ClientOrderId)) return;
        var line = Of(place.Symbol);
        await line.Gate.WaitAsync(cancel);
        try
        {
            line.PlacingUntil = clock.GetUtcNow() + ShowsWithin;
            // Another replica's countdown is not seen from here.
            if (isHolder && !line.IsArmed) return;
            if (await Say(place.Symbol, TimeSpan.Zero, cancel)) (line.IsArmed, line.State) = (false, DeadMan.Placing);
            else refused[place.ClientOrderId] = new VenueAnswer { Outcome = VenueOutcome.NotExecuted, VenueText = $"the countdown of {place.Symbol} is not known to be off" };
        }
        finally
        {
            line.Gate.Release();
        }
    }

    /// <summary>Why the placement may not be sent yet, as if the venue had said so; null: it may.</summary>
    public VenueAnswer? Refusal(VenueEffect place) => refused.TryRemove(place.ClientOrderId, out var refusal) ? refusal : null;

    /// <summary>From now on this replica arms. What another left armed is looked at first.</summary>
    public async Task TakeOver(CancellationToken cancel)
    {
        if (isHolder) return;
        lines.Clear();
        if (await notes.Read(Note, cancel) is { } note)
            foreach (var left in JsonSerializer.Deserialize<SymbolCountdown[]>(note)!.Where(left => left.Armed)) Of(left.Symbol).IsArmed = true;
        isHolder = true;
        await FindMakers(cancel);
    }

    public void LetGo() => isHolder = false;

    /// <summary>What the stream may have kept from us.</summary>
    public async Task FindMakers(CancellationToken cancel)
    {
        foreach (var document in (await documents.Read(Market.Fut, [], cancel)).ById.Values)
            if (DeadMansSwitch.MakersOf(document).Any()) Heard(document.Intent.Symbol);
    }

    /// <summary>One look at every symbol whose time has come.</summary>
    public async Task Look(CancellationToken cancel)
    {
        foreach (var (symbol, line) in lines)
        {
            if (!isHolder || clock.GetUtcNow() < line.LookAt) continue;
            await line.Gate.WaitAsync(cancel);
            try
            {
                await Look(symbol, line, cancel);
            }
            finally
            {
                line.Gate.Release();
            }
        }
    }

    /// <summary>Ends every countdown that this replica runs.</summary>
    public async Task Off(CancellationToken cancel)
    {
        if (!isHolder) return;
        isHolder = false;
        foreach (var (symbol, line) in lines.Where(pair => pair.Value.IsArmed)) line.IsArmed = !await Say(symbol, TimeSpan.Zero, cancel);
        await Tell(cancel);
    }

    async Task Look(string symbol, Line line, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // What is heard from here on calls for another look.
        line.LookAt = DateTimeOffset.MaxValue;
        var before = line.State;
        line.State = now < line.PlacingUntil ? DeadMan.Placing : await Judge(symbol, cancel);
        if (line.State is DeadMan.Armed)
        {
            if (!line.IsArmed)
            {
                line.IsArmed = true;
                await Tell(cancel);                     // before it is so: whoever takes over must know of it
            }
            if (!await Say(symbol, options.Countdown, cancel)) line.State = DeadMan.NoAnswer;
        }
        else if (line is { IsArmed: true, State: not DeadMan.NoAnswer })
        {
            if (await Say(symbol, TimeSpan.Zero, cancel)) line.IsArmed = false;
            else line.State = DeadMan.NoAnswer;
        }
        var next = line.State switch
        {
            DeadMan.Armed => now + options.RefreshEvery,
            DeadMan.Placing => line.PlacingUntil,
            DeadMan.NoAnswer => now + Again,
            _ => DateTimeOffset.MaxValue,
        };
        if (next < line.LookAt) line.LookAt = next;
        metrics.Looked(symbol, line.State);
        Alert(symbol, line, now);
        if (line.State == before) return;
        log.LogInformation("The countdown of {Symbol} is {State}", symbol, line.IsArmed ? "armed" : $"off: {line.State}");
        await Tell(cancel);
    }

    /// <summary>Two thirds of a countdown that runs are left then.</summary>
    void Alert(string symbol, Line line, DateTimeOffset now)
    {
        line.SilentSince = line.State is DeadMan.NoAnswer ? line.SilentSince ?? now : null;
        if (now - line.SilentSince >= options.RefreshEvery)
            bell.Raise(AlertCode.DeadManUnanswered, symbol, $"the venue has not answered about the countdown of {symbol} since {line.SilentSince:O}: "
                + (line.IsArmed ? "it may run out, and take every ordinary order of the symbol with it" : "makers rest there without one"));
    }

    async Task<DeadMan> Judge(string symbol, CancellationToken cancel)
    {
        var open = await futures.OpenOrders(symbol, cancel);
        if (open.Outcome is not VenueOutcome.Known) return DeadMan.NoAnswer;
        var owners = new Dictionary<Guid, Order>();
        foreach (var owner in open.Orders.Select(order => Reconciliation.OwnerOf(order.ClientOrderId, intake.IdPrefix)).OfType<Guid>().Distinct())
            if ((await documents.Read(owner, cancel)).ById.GetValueOrDefault(owner) is { } document) owners[owner] = document;
        return DeadMansSwitch.Of(open.Orders, owners, intake.IdPrefix);
    }

    async Task<bool> Say(string symbol, TimeSpan countdown, CancellationToken cancel)
    {
        var request = new CountdownRequest(symbol, countdown);
        var answer = await futures.Send(request, futures.Sign(request), cancel);
        if (answer.Outcome is VenueOutcome.Known) return true;
        log.LogWarning("The countdown of {Symbol} could not be set to {Countdown}: {Outcome} {VenueCode} {VenueText}", symbol, countdown, answer.Outcome, answer.Answer.VenueCode, answer.Answer.VenueText);
        return false;
    }

    Task Tell(CancellationToken cancel) => notes.Write(Note, JsonSerializer.Serialize(
        lines.Select(pair => new SymbolCountdown { Symbol = pair.Key, Armed = pair.Value.IsArmed, Why = pair.Value.State.ToString() }).OrderBy(told => told.Symbol, StringComparer.Ordinal)), cancel);

    /// <summary>As the replica that arms last told it.</summary>
    public async Task<SymbolCountdown[]> Told(CancellationToken cancel) => await notes.Read(Note, cancel) is { } note ? JsonSerializer.Deserialize<SymbolCountdown[]>(note)! : [];

    Line Of(string symbol) => lines.GetOrAdd(symbol, _ => new Line());
}
