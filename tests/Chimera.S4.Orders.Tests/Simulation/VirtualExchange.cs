namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>A request under way, and its answer once there is one. It lives on when its sender has died.</summary>
sealed class Call
{
    public double Takes { get; set; }

    /// <summary>Until it is answered: nobody knows.</summary>
    public VenueAnswer Answer { get; set; } = new() { Outcome = VenueOutcome.Unknown };
}

/// <summary>An exchange with the habits of Binance: an id is unique among open orders only, a late request is refused on arrival, and reads lag behind the matching engine.</summary>
sealed class VirtualExchange(World world)
{
    public const double ReceiveWindow = 1;

    /// <summary>How long the sender waits for an answer.</summary>
    const double Patience = 5;

    /// <summary>The longest lag of reads; with the engine's 10 s it stays below the 60 s of the settle time.</summary>
    public const double LongestLag = 40;

    readonly HashSet<Guid> lockedOut = [];

    public VirtualBook Book { get; } = new(world);

    /// <summary>Requests that may still act.</summary>
    public int InFlight { get; private set; }
    public IReadOnlyList<VirtualOrder> Orders => Book.Orders;

    /// <summary>An exit of the intent was refused since others promise all of the position.</summary>
    public bool HasLockedOut(Guid id) => lockedOut.Contains(id);

    /// <param name="place">One order, or a list.</param>
    public Call Place(PlacementEntry request, VenueEffect place)
    {
        if (world.Cell is { } cell && request.Epoch == 1) return Scripted(cell, (PlaceEffect)place);
        var faults = world.Faults;
        var (there, refused) = (Travel(), world.Roll(faults.Refusal));
        var (engine, unexecuted, failed) = (world.Roll(faults.SlowEngine) ? world.Random.NextDouble() * 10 : 0.005, world.Roll(faults.NotExecuted), world.Roll(faults.FailedVerify));
        return Send(there, engine, call =>
        {
            var late = world.At(Venue) > request.Timestamp + request.ReceiveWindow;
            if (late) world.Count("late request refused");
            if (unexecuted || late) Answer(call, VenueOutcome.NotExecuted, $"place {place.ClientOrderId} not executed{(late ? ": too late" : "")}");
            else if (refused) Refuse(call, place, world.Random.Pick(ReasonCode.VenueRejected, ReasonCode.VenueTooManyOrders, ReasonCode.InsufficientBalance, ReasonCode.VenueFilter));
            else if (failed)
            {
                // "Service failure": most of the time nothing has happened, and sometimes it has, or will.
                if (world.Random.Chance(0.5)) Later(world.Random.NextDouble() * 10, place);
                Answer(call, VenueOutcome.FailedVerify, $"place {place.ClientOrderId} failed, says the exchange");
            }
            else if (engine < 1) Accept(call, place);
            // The venue answers "unknown" at its own time-out, and the engine may come to it after that.
            else Later(engine, place);
        });
    }

    /// <summary>The order takes effect, and the answer is the cell's.</summary>
    Call Scripted(Cell cell, PlaceEffect place)
    {
        var call = new Call { Takes = cell.Answer.After };
        if (cell.IsLate) Later(world.Random.NextDouble() * 10, place);
        else Later(0.01, place);
        Answer(call, cell.Answer.Outcome, $"place {place.ClientOrderId}: {cell.Fault}");
        return call;
    }

    public Call Cancel(CancelEffect cancel) => Send(Travel(), 0.005, call =>
    {
        if (Book.Orders.FirstOrDefault(order => order.ClientOrderId == cancel.ClientOrderId && order.IsOpen && order.IsIn(cancel.IsConditional)) is not { } open)
        {
            world.Count("cancel too late");
            Answer(call, VenueOutcome.NotOpen, null);
            return;
        }
        Book.End(open, VenueStatus.Canceled);
        Show(call, open.State with { Trades = [] });
    });

    /// <summary>A look by id, or one round of looks: by id, among open orders, among all, among trades. What a round sees, a look by id alone may not.</summary>
    public Call Read(OrderRef asked, bool everywhere)
    {
        var blind = !everywhere && world.Roll(world.Faults.Lag * 0.2);
        return Looks(call =>
        {
            if (asked.List is { } list) ShowList(call, [.. list.OrderIds.Select(id => blind ? null : Seen(new OrderRef(asked.Symbol, id), everywhere))]);
            else if (!blind && Seen(asked, everywhere) is { } state) Show(call, state with { Trades = [] });
            else Answer(call, VenueOutcome.NotFound, null);
        });
    }

    // Its orders come to be together: where only some are to be seen, the others are not visible yet.
    static void ShowList(Call call, VenueOrderState?[] legs)
    {
        var told = legs.OfType<VenueOrderState>().ToArray();
        var outcome = told.Length == legs.Length ? VenueOutcome.Known : told.Length == 0 ? VenueOutcome.NotFound : VenueOutcome.Unknown;
        call.Answer = new VenueAnswer { Outcome = outcome, Legs = [.. told.Select(state => state with { Trades = [] })] };
    }

    public Call Trades(OrderRef asked) => Looks(call => { if (Seen(asked, everywhere: true) is { } state) Show(call, state); });

    /// <summary>All open orders that reads show, ours and foreign. Null once the call is back: not answered.</summary>
    public (Call Call, Func<IReadOnlyList<VenueOrderState>?> Answer) OpenOrders()
    {
        IReadOnlyList<VenueOrderState>? open = null;
        var call = Looks(_ => open = [.. Book.Orders.Where(order => order.IsListed).Select(order => order.Read(world.Now, 0)).OfType<VenueOrderState>().Where(state => state.Status.IsWorking()).Select(state => state with { Trades = [] })]);
        return (call, () => open);
    }

    /// <summary>Somebody else's order, or one with our prefix that no document knows.</summary>
    public VirtualOrder Stranger(string clientOrderId) =>
        Book.Add(new PlaceEffect(0, Market.Spot, "BTCUSDT", clientOrderId) { Side = Side.Buy, Type = OrderType.Limit, Qty = new(1m), Price = new(40_000m) }, null);

    Call Looks(Action<Call> look)
    {
        var dumb = world.Roll(world.Faults.ReadUnanswered);
        return Send(Travel(), 0.005, call => { if (!dumb) look(call); });
    }

    VenueOrderState? Seen(OrderRef asked, bool everywhere)
    {
        var age = world.Roll(world.Faults.Lag) ? world.Random.NextDouble() * 2 : 0;
        var found = Book.Orders.LastOrDefault(order => order.ClientOrderId == asked.ClientOrderId && order.IsIn(asked.IsConditional));
        // Asked by the exchange's own id it is found all the same.
        return found is null || found.IsForgotten && !everywhere && asked.VenueOrderId is null ? null : found.Read(world.Now, age);
    }

    void Later(double seconds, VenueEffect place)
    {
        InFlight++;
        world.Agenda.In(seconds, () => { InFlight--; Accept(new Call(), place); });
    }

    double Venue => world.Now + world.VenueAhead;
    double Travel() => world.Roll(world.Faults.SlowNetwork) ? world.Random.NextDouble() * 8 : 0.002 + world.Random.NextDouble() * 0.05;

    Call Send(double there, double engine, Action<Call> arrives)
    {
        var back = Travel();
        var (lost, mute) = (world.Roll(world.Faults.RequestLost) || world.IsAway(Part.Exchange), world.Roll(world.Faults.ReplyLost) || world.IsAway(Part.Answers));
        var call = new Call { Takes = lost || mute ? Patience : Math.Min(Patience, there + engine + back) };
        if (lost) return call;
        InFlight++;
        world.Agenda.In(there, () =>
        {
            InFlight--;
            // Whoever has stopped waiting, or whose answer is lost, learns nothing of what happens here.
            arrives(mute || there + engine + back > Patience ? new Call() : call);
        });
        return call;
    }

    void Answer(Call call, VenueOutcome outcome, string? story)
    {
        call.Answer = new VenueAnswer { Outcome = outcome };
        if (story is not null) world.Tell?.Invoke($"exchange: {story}");
    }

    static void Show(Call call, VenueOrderState state) => call.Answer = new VenueAnswer { Outcome = VenueOutcome.Known, Order = state };

    void Accept(Call call, VenueEffect place)
    {
        IReadOnlyList<string> ids = place is PlaceListEffect { OrderIds: var legs } ? legs : [place.ClientOrderId];
        if (Orders.Any(order => order.IsOpen && ids.Contains(order.ClientOrderId))) { Answer(call, VenueOutcome.Exists, $"{place.ClientOrderId} exists"); return; }
        if (place is PlaceListEffect list)
        {
            if (Book.Refuses(list) is { } why) Refuse(call, list, why);
            else ShowList(call, [.. Book.Accept(list).Select(order => order.State)]);
            return;
        }
        var one = (PlaceEffect)place;
        if (Book.Refuses(one) is { } reason) Refuse(call, one, reason);
        else Show(call, Book.Accept(one, fillsAndIsForgotten: world.Cell is { FillsAtOnce: true }).State);
    }

    void Refuse(Call call, VenueEffect place, ReasonCode reason)
    {
        call.Answer = new VenueAnswer { Outcome = VenueOutcome.Rejected, Reason = reason };
        world.Count($"refused {reason}");
        if (reason is ReasonCode.ReduceOnlyLocked) lockedOut.Add(Reconciliation.OwnerOf(place.ClientOrderId, Sample.Prefix)!.Value);
        world.Tell?.Invoke($"exchange: place {place.ClientOrderId} refused, {reason}");
    }
}
