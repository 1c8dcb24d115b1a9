namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>One story: two replicas, their store, broker and exchange, a few intents, and all that goes wrong. The seed decides everything.</summary>
sealed class World
{
    const double Patience = 900;

    readonly Checks checks;
    readonly List<Intent> intents = [];

    /// <param name="cell">One cell of the matrix; null: anything.</param>
    public World(int seed, Ports ports, Action<string>? story = null, Cell? cell = null)
    {
        Random = new Random(seed);
        Ports = ports;
        Cell = cell;
        Faults = new Faults(Random, isCell: cell is not null);
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

    public Cell? Cell { get; }

    public bool IsAway(Part part) => Faults.Outages?.IsAway(part, Now) is true;

    public IntentFacts Facts(Intent? intent) => Sample.Facts with
    {
        Now = At(Now), Instrument = Sample.Instrument with { Market = intent?.Market ?? Market.Spot }, Quote = new Quote([new(49_999.99m, 5)], [new(50_000.01m, 5)], At(Now)), Reducible = 1,
    };

    public double Now => Agenda.Now;
    public bool FaultsOn => Now < Faults.Until;
    public bool Roll(double chance) => FaultsOn && chance > 0 && Random.Chance(chance);
    public DateTimeOffset At(double seconds) => Sample.Start.AddSeconds(seconds);
    public static double Seconds(DateTimeOffset at) => (at - Sample.Start).TotalSeconds;

    /// <summary>The first violation of an invariant; null: the story ends well.</summary>
    public string? Run()
    {
        foreach (var replica in Replicas) replica.Start();
        var count = Cell is null ? 1 + Random.Next(3) : 1;
        for (var number = 0; number < count; number++) Plan(number);
        if (Cell is null && Random.Chance(0.2)) Agenda.In(Random.NextDouble() * 30, () => Strangers.Add(Exchange.Stranger("web_4711")));
        if (Cell is null && Random.Chance(0.2)) Agenda.In(Random.NextDouble() * 30, Lose);
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
        var intent = Draw($"intent-{number}", at);
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

    Intent Draw(string intentId, double at)
    {
        var type = Cell?.Type ?? Random.Pick(OrderType.Market, OrderType.Market, OrderType.Market, OrderType.Limit, OrderType.Limit, OrderType.LimitMaker, OrderType.Stop);
        var intent = Sample.Intent with
        {
            IntentId = intentId, PublishedAt = At(at), ReceivedAt = At(at), ExpiresAt = Cell is null && Random.Chance(0.2) ? At(at + 1 + Random.NextDouble() * 20) : null,
            Market = Cell?.Market ?? Random.Pick(Market.Spot, Market.Fut), Type = type, Price = type is OrderType.Limit or OrderType.LimitMaker ? Sample.Intent.Price : null,
            Side = type is OrderType.Stop ? Side.Sell : Side.Buy, ReduceOnly = type is OrderType.Stop, TriggerPx = type is OrderType.Stop ? new Price(49_000m) : null,
            TimeInForce = type is OrderType.Limit ? TimeInForce.Gtc : null,
        };
        if (Cell is not null || type is not OrderType.Market) return intent;
        return Random.Next(4) switch
        {
            0 => intent with { Maker = new MakerTerms(TimeSpan.FromSeconds(3), 0.3m) },
            1 => intent with { Twap = new TwapTerms(2, null, TimeSpan.FromSeconds(5), TimeSpan.Zero, SliceWeights.Equal) },
            _ => intent,
        };
    }
}
