namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>One story: two replicas, their store, broker and exchange, a few intents, and all that goes wrong. The seed decides everything.</summary>
sealed class World
{
    const double Patience = 900;

    readonly Checks checks;
    readonly List<Intent> intents = [];

    public World(int seed, Ports ports, Action<string>? story = null)
    {
        Random = new Random(seed);
        Ports = ports;
        Faults = new Faults(Random);
        if (story is not null) Tell = line => story($"{Agenda.Now,8:0.000}  {line}");
        (VenueAhead, VenueGuess) = (Random.NextDouble() * 0.8 - 0.4, Random.NextDouble() * 0.4 - 0.2);
        (Store, Journal) = (ports.Store(this), ports.Journal(this));
        (Broker, Exchange) = (new VirtualBroker(this), new VirtualExchange(this));
        Replicas = [new Replica(this, "A"), new Replica(this, "B")];
        checks = new Checks(this);
    }

    public Random Random { get; }
    public Ports Ports { get; }
    public Faults Faults { get; }
    public Agenda Agenda { get; } = new();
    public VirtualStore Store { get; }
    public VirtualJournal Journal { get; }
    public VirtualBroker Broker { get; }
    public VirtualExchange Exchange { get; }
    public IReadOnlyList<Replica> Replicas { get; }
    public IReadOnlyList<Intent> Intents => intents;

    /// <summary>Null: nobody reads the story.</summary>
    public Action<string>? Tell { get; }

    /// <summary>Something has changed that an invariant speaks of.</summary>
    public bool Dirty { get; set; }
    public HashSet<(Guid, int)> Records { get; } = [];
    public HashSet<Guid> Answered { get; } = [];

    /// <summary>Orders of others, which nobody may touch, and orders with our prefix that no document knows.</summary>
    public List<VirtualOrder> Strangers { get; } = [];
    public List<VirtualOrder> Orphans { get; } = [];

    /// <summary>How far the exchange's clock is ahead of true time, and how far the replicas' idea of it is off.</summary>
    public double VenueAhead { get; }
    public double VenueGuess { get; }

    /// <summary>How often what has happened.</summary>
    public Dictionary<string, int> Happened { get; } = [];
    public void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;

    /// <summary>What the order under this name was to be; the effect may be gone by now.</summary>
    public PlaceEffect Effect(Guid orderId, string clientOrderId)
    {
        var intent = Intents.First(intent => SagaIds.Of(intent.IntentId) == orderId);
        return new PlaceEffect(0, intent.Market, intent.Symbol, clientOrderId) { Side = intent.Side, Type = intent.Type, Qty = intent.Qty, Price = intent.Price };
    }

    public double Now => Agenda.Now;
    public bool FaultsOn => Now < Faults.Until;
    public bool Roll(double chance) => FaultsOn && chance > 0 && Random.Chance(chance);
    public DateTimeOffset At(double seconds) => Sample.Start.AddSeconds(seconds);
    public static double Seconds(DateTimeOffset at) => (at - Sample.Start).TotalSeconds;

    /// <summary>The first violation of an invariant; null: the story ends well.</summary>
    public string? Run()
    {
        foreach (var replica in Replicas) replica.Start();
        var count = 1 + Random.Next(3);
        for (var number = 0; number < count; number++) Plan(number);
        if (Random.Chance(0.2)) Agenda.In(Random.NextDouble() * 30, () => Strangers.Add(Exchange.Stranger("web_4711")));
        if (Random.Chance(0.2)) Agenda.In(Random.NextDouble() * 30, Lose);
        while (Agenda.Step())
        {
            if (Dirty && checks.Violation() is { } violation) return violation;
            Dirty = false;
            if (FaultsOn) continue;
            if (IsQuiet()) return checks.Unfinished();
            if (Now > Faults.Until + Patience) return $"not at rest {Patience} s after the last fault: {checks.Unfinished() ?? "something goes on"}";
        }
        return "nothing happens any more";
    }

    bool IsQuiet() => Now > Faults.Until + 50 && Store.IsIdle && Broker.IsEmpty && !Orphans.Exists(orphan => orphan.IsOpen) && Exchange.InFlight == 0 && checks.AllFinal;

    /// <summary>An order of ours whose document is gone, as after a store was restored from yesterday.</summary>
    void Lose()
    {
        var lost = new ClientOrderId(Sample.Prefix, SagaIds.Of("an intent that nobody remembers"), 0, 0).ToString();
        Orphans.Add(Exchange.Stranger(lost));
    }

    void Plan(int number)
    {
        var at = Random.NextDouble() * 10;
        var isMarket = Random.Chance(0.5);
        var intent = Sample.Intent with
        {
            IntentId = $"intent-{number}", PublishedAt = At(at), ReceivedAt = At(at), ExpiresAt = Random.Chance(0.2) ? At(at + 1 + Random.NextDouble() * 20) : null,
            Type = isMarket ? OrderType.Market : OrderType.Limit, Price = isMarket ? null : Sample.Intent.Price, TimeInForce = isMarket ? null : TimeInForce.Gtc,
        };
        intents.Add(intent);
        var id = SagaIds.Of(intent.IntentId);
        var message = new Message(id, Intent: intent);
        Agenda.In(at, () => Broker.Publish(message));
        // Its publisher repeats it, at once or when it has long ended.
        if (Random.Chance(0.5)) Agenda.In(at + Random.NextDouble() * 80, () => Broker.Publish(message));
        if (Random.Chance(0.5)) Agenda.In(at + Random.NextDouble() * 30, () => Broker.Publish(new Message(id, Cancel: true)));
        // In the end everything is canceled that still rests.
        Agenda.In(Faults.Until + 41, () => Broker.Publish(new Message(id, Cancel: true)));
    }
}
