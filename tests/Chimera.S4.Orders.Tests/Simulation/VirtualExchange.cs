namespace Chimera.S4.Orders.Tests.Simulation;

enum Outcome { Unknown, Known, Rejected, NotExecuted, Exists, NotOpen, NotFound }

/// <summary>A request under way, and its answer once there is one. It lives on when its sender has died.</summary>
sealed class Call
{
    public double Takes { get; set; }
    public Outcome Outcome { get; set; }
    public VenueState? State { get; set; }
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

    public Call Place(string clientOrderId, double timestamp, Intent intent)
    {
        var faults = world.Faults;
        var (there, refused) = (Travel(), world.Roll(faults.Refusal));
        var (engine, unexecuted) = (world.Roll(faults.SlowEngine) ? world.Random.NextDouble() * 10 : 0.005, world.Roll(faults.NotExecuted));
        return Send(there, engine, call =>
        {
            if (Venue > timestamp + ReceiveWindow) world.Count("late request refused");
            if (unexecuted || Venue > timestamp + ReceiveWindow) Answer(call, Outcome.NotExecuted, $"place {clientOrderId} not executed{(unexecuted ? "" : ": too late")}");
            else if (refused) Answer(call, Outcome.Rejected, $"place {clientOrderId} refused");
            else if (engine < 1) Accept(call, clientOrderId, intent);
            else
            {
                // The venue answers "unknown" at its own time-out, and the engine may come to it after that.
                InFlight++;
                world.Agenda.In(engine, () => { InFlight--; Accept(new Call(), clientOrderId, intent); });
            }
        });
    }

    public Call Cancel(string clientOrderId) => Send(Travel(), 0.005, call =>
    {
        if (orders.Find(order => order.ClientOrderId == clientOrderId && order.IsOpen) is not { } open)
        {
            world.Count("cancel too late");
            Answer(call, Outcome.NotOpen, null);
            return;
        }
        Move(open, VenueStatus.Canceled);
        call.State = open.State;
        Answer(call, Outcome.Known, null);
    });

    /// <summary>One round of reads: by id, among open orders, among all.</summary>
    public Call Read(string clientOrderId)
    {
        var age = world.Roll(world.Faults.Lag) ? world.Random.NextDouble() * 2 : 0;
        var dumb = world.Roll(world.Faults.ReadUnanswered);
        return Send(Travel(), 0.005, call =>
        {
            if (dumb) return;
            call.State = orders.FindLast(order => order.ClientOrderId == clientOrderId)?.Read(world.Now, age);
            call.Outcome = call.State is null ? Outcome.NotFound : Outcome.Known;
        });
    }

    double Venue => world.Now + world.VenueAhead;
    double Travel() => world.Roll(world.Faults.SlowNetwork) ? world.Random.NextDouble() * 8 : 0.002 + world.Random.NextDouble() * 0.05;

    Call Send(double there, double engine, Action<Call> arrives)
    {
        var back = Travel();
        var (lost, mute) = (world.Roll(world.Faults.RequestLost), world.Roll(world.Faults.ReplyLost));
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

    void Answer(Call call, Outcome outcome, string? story)
    {
        call.Outcome = outcome;
        if (story is not null) world.Tell?.Invoke($"exchange: {story}");
    }

    void Accept(Call call, string clientOrderId, Intent intent)
    {
        if (orders.Exists(order => order.ClientOrderId == clientOrderId && order.IsOpen)) { Answer(call, Outcome.Exists, $"{clientOrderId} exists"); return; }
        var lag = world.Roll(world.Faults.Lag) ? world.Random.NextDouble() * LongestLag : 0;
        var order = new VirtualOrder(clientOrderId, $"v{++numbers}", world.Now + lag);
        world.Tell?.Invoke($"exchange: {order.VenueOrderId} takes effect for {clientOrderId}, visible in {lag:0.#} s");
        orders.Add(order);
        Move(order, VenueStatus.New);
        var expires = world.Random.Chance(0.1);
        foreach (var lot in (double[])[0.5, 0.5])
        {
            var wait = intent.Type is OrderType.Market || world.Random.Chance(0.2) ? 0 : world.Random.NextDouble() * 40;
            if (wait == 0) Fill(order);
            else if (!expires && world.Random.Chance(0.7)) world.Agenda.In(wait, () => Fill(order));
        }
        if (expires) world.Agenda.In(world.Random.NextDouble() * 5, () => { if (order.IsOpen) Move(order, VenueStatus.Expired); });
        call.State = order.State;
        Answer(call, Outcome.Known, null);
    }

    void Fill(VirtualOrder order)
    {
        if (!order.IsOpen) return;
        var trade = new Trade($"t{++numbers}", new(0.5m), new(50_000m), 0.01m, "BNB", true, world.At(world.Now));
        Move(order, order.State.Cum + 0.5m >= 1m ? VenueStatus.Filled : VenueStatus.PartiallyFilled, trade);
    }

    void Move(VirtualOrder order, VenueStatus status, Trade? trade = null)
    {
        order.Move(world.Now, status, trade);
        world.Tell?.Invoke($"exchange: {order.VenueOrderId} {status} {order.State.Cum}");
        world.Dirty = true;
        // The stream carries the one trade that it tells of.
        var told = order.State with { Trades = trade is null ? [] : [trade] };
        foreach (var replica in world.Replicas) replica.Stream.Hear(order.ClientOrderId, told);
    }
}
