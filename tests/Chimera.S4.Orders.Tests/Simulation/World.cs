namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>One story: two replicas, their store, broker and exchange, a few intents, and all that goes wrong. The seed decides everything.</summary>
sealed class World
{
    const double Patience = 900;

    readonly Checks checks;
    readonly List<Intent> intents = [];
    readonly bool isGuarded;
    Instrument instrument = Sample.Instrument;

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
        (Market, Account) = (new VirtualMarket(this, stands: cell is not null), new VirtualAccount(this, cell is null ? Random.Pick(0, 5, 5) : 5));
        (FeeAsset, FuturesSide, isGuarded) = (Random.Pick("BTC", "BNB", "USDT"), cell is null ? Random.Pick(Side.Buy, Side.Sell) : Side.Buy, Random.Chance(0.8));
        if (FuturesSide is Side.Sell) Account.Turn();
        if (cell is null) DrawInstrument();
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
    public VirtualMarket Market { get; }
    public VirtualAccount Account { get; }

    /// <summary>What fees are taken in.</summary>
    public string FeeAsset { get; }

    /// <summary>On which side the futures intents of this story enter: the position is one for all of them.</summary>
    public Side FuturesSide { get; }
    public IReadOnlyList<Replica> Replicas { get; }
    public IReadOnlyList<Intent> Intents => intents;

    /// <summary>Null: nobody reads the story.</summary>
    public Action<string>? Tell { get; }

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

    public Instrument InstrumentOf(Market market) => instrument with { Market = market };

    public IntentFacts Facts(Intent? intent, DateTimeOffset now)
    {
        var quote = Roll(Faults.NoQuote) ? null : Market.Quote(now);
        return Sample.Facts with
        {
            Now = now, Instrument = InstrumentOf(intent?.Market ?? Orders.Market.Spot), Mid = quote?.Mid, Reference = quote?.Mid, Quote = quote, Reducible = intent is { Market: Orders.Market.Fut } ? Account.Reducible(intent.Side) : 5,
            Limits = new PolicyLimits { TwapMaxSlices = 6, OcoGuardian = isGuarded },
        };
    }

    void DrawInstrument()
    {
        var step = Random.Pick(0.001m, 0.001m, 0.01m);
        instrument = instrument with
        {
            Lots = new LotGrid(step, step, 100m), MarketLots = Random.Chance(0.3) ? new LotGrid(step * 2, 0, 1m) : LotGrid.None, MinNotional = Random.Pick(5m, 500m, 1_500m),
            Features = Random.Pick(Features.Oco | Features.Oto, Features.Oco | Features.Oto, Features.Oco | Features.Oto, Features.Oco, Features.None),
        };
    }

    public double Now => Agenda.Now;
    public bool FaultsOn => !Faults.IsCalm && Now < Faults.Until;
    public bool Roll(double chance) => FaultsOn && chance > 0 && Random.Chance(chance);
    public DateTimeOffset VenueClock => At(Now + VenueAhead);
    public DateTimeOffset At(double seconds) => Sample.Start.AddSeconds(seconds);
    public static double Seconds(DateTimeOffset at) => (at - Sample.Start).TotalSeconds;

    /// <summary>The first violation of an invariant; null: the story ends well.</summary>
    public string? Run()
    {
        foreach (var replica in Replicas) replica.Start();
        Market.Start();
        var count = Cell is null ? 1 + Random.Next(3) : 1;
        for (var number = 0; number < count; number++) Plan(number);
        if (Cell is null && Random.Chance(0.2)) Agenda.In(Random.NextDouble() * 30, () => Strangers.Add(Exchange.Stranger("web_4711")));
        if (Cell is null && Random.Chance(0.2)) Agenda.In(Random.NextDouble() * 30, Lose);
        if (Cell is null && Random.Chance(0.25)) Agenda.In(Random.NextDouble() * 40, CloseByHand);
        foreach (var calm in (double[])[25, 33, 40]) Agenda.In(Faults.Until + calm, checks.TouchAtRest);
        while (Agenda.Step())
        {
            if (checks.Violation() is { } violation) return violation;
            if (Now < Faults.Until) continue;
            if (IsQuiet()) return checks.Unfinished();
            if (Now > Faults.Until + Patience) return $"not at rest {Patience} s after the last fault: {checks.Unfinished() ?? "something goes on"}";
        }
        return "nothing happens any more";
    }

    /// <summary>An order at the exchange is not what it was.</summary>
    public void Changed(VirtualOrder order)
    {
        checks.Note(order);
        // What has to follow within a time is held against it when that has passed.
        if (Faults.IsCalm && order.Owner is { } owner) Agenda.In(Checks.Reaction + 0.001, () => checks.Touch(owner));
    }

    /// <inheritdoc cref="Checks.Touch"/>
    public void Touch(Guid id) => checks.Touch(id);

    /// <summary>Whoever watches the account closes what is held on futures, wholly or in part.</summary>
    void CloseByHand()
    {
        Account.CloseByHand(Random.Chance(0.7) ? Account.Position : InstrumentOf(Orders.Market.Fut).Lots.Floor(new(Account.Position * (decimal)Random.NextDouble())).Value);
        foreach (var intent in intents) Touch(SagaIds.Of(intent.IntentId));
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
        Agenda.In(at, () => Publish(Draw($"intent-{number}")));
        if (Random.Chance(0.5)) Agenda.In(at + Random.NextDouble() * 30, () => Broker.Publish(new Message(SagaIds.Of($"intent-{number}"), Cancel: true)));
    }

    void Publish(Intent intent)
    {
        intents.Add(intent);
        var id = SagaIds.Of(intent.IntentId);
        var message = new Message(id, Intent: intent);
        Broker.Publish(message);
        // Its publisher repeats it, at once or when it has long ended.
        if (Random.Chance(0.5)) Agenda.In(Random.NextDouble() * 80, () => Broker.Publish(message));
        // In the end everything is canceled that still rests, and then what protects it.
        Agenda.In(Faults.Until + 41 - Now, () => EndAll(id));
        if (Cell is null && Kinds.IsMovable(intent) && Random.Chance(intent.Replaces is null ? 0.6 : 0.3)) Agenda.In(Random.NextDouble() * 15, () => Move(intent));
    }

    /// <summary>Its caller reprices a limit, or moves a stop, mostly once it knows that it was accepted.</summary>
    void Move(Intent old)
    {
        if (Store.Load(SagaIds.Of(old.IntentId)).Order is null && Random.Chance(0.8)) return;
        Publish(new Kinds(this).Moved(old, Plain($"{old.IntentId}-moved")));
    }

    void EndAll(Guid id)
    {
        if (Store.Load(id).Order is { Final: true }) return;
        Broker.Publish(new Message(id, Cancel: true));
        Agenda.In(15, () => EndAll(id));
    }

    Intent Plain(string intentId) => Sample.Intent with
    {
        IntentId = intentId, PublishedAt = At(Now), ReceivedAt = At(Now), ExpiresAt = Cell is null && Random.Chance(0.2) ? At(Now + 1 + Random.NextDouble() * 20) : null,
    };

    Intent Draw(string intentId)
    {
        var plain = Plain(intentId);
        if (Cell is null) return new Kinds(this).Draw(plain);
        var type = Cell.Type;
        return plain with
        {
            Market = Cell.Market, Type = type, Price = type is OrderType.LimitMaker ? plain.Price : null, TimeInForce = null,
            Side = type is OrderType.Stop ? Side.Sell : Side.Buy, ReduceOnly = type is OrderType.Stop, TriggerPx = type is OrderType.Stop ? new Price(49_000m) : null,
        };
    }
}
