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
    const double LongestLag = 40;

    readonly List<VirtualOrder> orders = [];
    int numbers;

    /// <summary>Requests that may still act.</summary>
    public int InFlight { get; private set; }
    public IReadOnlyList<VirtualOrder> Orders => orders;

    public Call Place(PlacementEntry request, PlaceEffect place)
    {
        if (world.Cell is { } cell && request.Epoch == 1) return Scripted(cell, place);
        var faults = world.Faults;
        var (there, refused) = (Travel(), world.Roll(faults.Refusal));
        var (engine, unexecuted, failed) = (world.Roll(faults.SlowEngine) ? world.Random.NextDouble() * 10 : 0.005, world.Roll(faults.NotExecuted), world.Roll(faults.FailedVerify));
        return Send(there, engine, call =>
        {
            var late = world.At(Venue) > request.Timestamp + request.ReceiveWindow;
            if (late) world.Count("late request refused");
            if (unexecuted || late) Answer(call, VenueOutcome.NotExecuted, $"place {place.ClientOrderId} not executed{(late ? ": too late" : "")}");
            else if (refused) Answer(call, VenueOutcome.Rejected, $"place {place.ClientOrderId} refused");
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
        if (orders.Find(order => order.ClientOrderId == cancel.ClientOrderId && order.IsOpen && order.IsIn(cancel.IsConditional)) is not { } open)
        {
            world.Count("cancel too late");
            Answer(call, VenueOutcome.NotOpen, null);
            return;
        }
        Move(open, VenueStatus.Canceled);
        Show(call, open.State with { Trades = [] });
    });

    /// <summary>A look by id, or one round of looks: by id, among open orders, among all, among trades. What a round sees, a look by id alone may not.</summary>
    public Call Read(OrderRef asked, bool everywhere)
    {
        var blind = !everywhere && world.Roll(world.Faults.Lag * 0.2);
        return Looks(call =>
        {
            if (!blind && Seen(asked, everywhere) is { } state) Show(call, state with { Trades = [] });
            else Answer(call, VenueOutcome.NotFound, null);
        });
    }

    public Call Trades(OrderRef asked) => Looks(call => { if (Seen(asked, everywhere: true) is { } state) Show(call, state); });

    /// <summary>All open orders that reads show, ours and foreign. Null once the call is back: not answered.</summary>
    public (Call Call, Func<IReadOnlyList<VenueOrderState>?> Answer) OpenOrders()
    {
        IReadOnlyList<VenueOrderState>? open = null;
        var call = Looks(_ => open = [.. orders.Select(order => order.Read(world.Now, 0)).OfType<VenueOrderState>().Where(state => state.Status.IsWorking()).Select(state => state with { Trades = [] })]);
        return (call, () => open);
    }

    /// <summary>Somebody else's order, or one with our prefix that no document knows.</summary>
    public VirtualOrder Stranger(string clientOrderId)
    {
        var placed = new PlaceEffect(0, Market.Spot, "BTCUSDT", clientOrderId) { Side = Side.Buy, Type = OrderType.Limit, Qty = new(1m), Price = new(40_000m) };
        var order = new VirtualOrder(placed, $"v{++numbers}", world.Now);
        orders.Add(order);
        Move(order, VenueStatus.New);
        return order;
    }

    Call Looks(Action<Call> look)
    {
        var dumb = world.Roll(world.Faults.ReadUnanswered);
        return Send(Travel(), 0.005, call => { if (!dumb) look(call); });
    }

    VenueOrderState? Seen(OrderRef asked, bool everywhere)
    {
        var age = world.Roll(world.Faults.Lag) ? world.Random.NextDouble() * 2 : 0;
        var found = orders.FindLast(order => order.ClientOrderId == asked.ClientOrderId && order.IsIn(asked.IsConditional));
        // Asked by the exchange's own id it is found all the same.
        return found is null || found.IsForgotten && !everywhere && asked.VenueOrderId is null ? null : found.Read(world.Now, age);
    }

    void Later(double seconds, PlaceEffect place)
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

    void Accept(Call call, PlaceEffect place)
    {
        if (orders.Exists(order => order.ClientOrderId == place.ClientOrderId && order.IsOpen)) { Answer(call, VenueOutcome.Exists, $"{place.ClientOrderId} exists"); return; }
        var lag = world.Roll(world.Faults.Lag) ? world.Random.NextDouble() * LongestLag : 0;
        var order = new VirtualOrder(place, $"v{++numbers}", world.Now + lag) { IsForgotten = world.Cell is { FillsAtOnce: true } };
        world.Tell?.Invoke($"exchange: {order.VenueOrderId} takes effect for {place.ClientOrderId}, visible in {lag:0.#} s");
        orders.Add(order);
        Move(order, VenueStatus.New);
        var expires = world.Random.Chance(0.1);
        for (var lot = 0; lot < 2; lot++)
        {
            var wait = place.Type is OrderType.Market || order.IsForgotten || world.Random.Chance(0.2) ? 0 : world.Random.NextDouble() * 40;
            if (wait == 0) Fill(order);
            else if (!expires && world.Random.Chance(0.7)) world.Agenda.In(wait, () => Fill(order));
        }
        if (expires) world.Agenda.In(world.Random.NextDouble() * 5, () => { if (order.IsOpen) Move(order, VenueStatus.Expired); });
        Show(call, order.State);
    }

    void Fill(VirtualOrder order)
    {
        if (!order.IsOpen) return;
        var (qty, left) = (Math.Min(0.5m, order.Left), order.Left);
        var trade = new Trade($"t{++numbers}", new(qty), new(50_000m), 0.01m, "BNB", true, world.At(world.Now));
        Move(order, qty == left ? VenueStatus.Filled : VenueStatus.PartiallyFilled, trade);
    }

    void Move(VirtualOrder order, VenueStatus status, Trade? trade = null)
    {
        order.Move(world.Now, status, trade);
        world.Tell?.Invoke($"exchange: {order.VenueOrderId} {status} {order.State.CumQty}");
        world.Dirty = true;
        // The stream carries the one trade that it tells of.
        var told = order.State with { Trades = trade is null ? [] : [trade] };
        foreach (var replica in world.Replicas) replica.Stream.Hear(order.ClientOrderId, told);
    }
}
