namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>A store call that was not answered; it may have taken effect.</summary>
sealed class Away : Exception;

/// <summary>
/// One router process. What it does runs in steps: a run yields how many seconds pass until it goes on, and between two steps the process may die or sleep. Its memory dies with it.
/// </summary>
sealed class Replica
{
    readonly World world;
    readonly Intake intake;
    readonly Gateway gateway;

    public Replica(World world, string name)
    {
        (this.world, Name) = (world, name);
        (intake, gateway) = (new Intake(world, this), new Gateway(world, this));
        Stream = new UserStream(world, this, gateway);
    }

    public string Name { get; }
    public UserStream Stream { get; private set; }
    public EffectsInHand InHand { get; private set; } = new();

    /// <summary>Counts the process's lives: what an earlier one began does not go on.</summary>
    public int Life { get; private set; }
    public bool IsUp { get; private set; }
    public double PausedUntil { get; private set; }

    /// <summary>How far its clock is ahead of true time: now and then somebody sets it.</summary>
    public TimeSpan Ahead { get; private set; }
    public DateTimeOffset Clock => world.At(world.Now) + Ahead;

    public void Start()
    {
        (IsUp, Life, PausedUntil) = (true, Life + 1, 0);
        InHand = new EffectsInHand();
        Stream = new UserStream(world, this, gateway);
        Listen();
        Go(Sweep(), idle: true);
        Go(Timers(), idle: true);
        Go(Watch(), idle: true);
    }

    // A stream that cannot hand over, or reconcile, drops and connects anew.
    void Listen() => Go(Stream.Run(), () => { Stream.Drop(); Listen(); }, idle: true);

    public void Take(Delivery delivery, Action ack) => Go(intake.Handle(delivery, ack), () => Take(delivery, ack));

    /// <param name="hasWaited">They do not come straight from the commit that brought them.</param>
    public void HandOff(IEnumerable<Pending> effects, bool hasWaited)
    {
        foreach (var effect in effects)
        {
            if (!InHand.Take(effect.Id, TimeSpan.FromSeconds(world.Now))) continue;
            Go(gateway.CarryOut(effect, hasWaited), () => Failed(effect));
        }
    }

    void Failed(Pending effect)
    {
        InHand.Release(effect.Id);
        if (!world.IsAway(Part.Store)) world.Store.Postpone(effect.Id, Leases.AfterFailure);
    }

    /// <summary>One way of a store or broker call.</summary>
    public double Hop() => world.IsAway(Part.Store) || world.Roll(world.Faults.StoreAway) ? throw new Away() : 0.001 + world.Random.NextDouble() * 0.01;

    /// <summary>With confirm; where none comes the message may have arrived all the same.</summary>
    public void Publish(Message message)
    {
        var away = world.IsAway(Part.Broker);
        var confirmed = !away && !world.Roll(world.Faults.Unconfirmed);
        if (confirmed || !away && world.Random.Chance(0.5)) world.Broker.Publish(message);
        if (!confirmed) throw new Away();
    }

    public void Tell(string line) => world.Tell?.Invoke($"{Name}: {line}");

    public void Go(IEnumerable<double> run, Action? failed = null, bool idle = false)
    {
        var (steps, life) = (run.GetEnumerator(), Life);
        Step();

        void Step()
        {
            if (life != Life || !IsUp) return;
            // Between two steps of work, rather than in the idle rounds that make up most of the time.
            var risk = idle ? 0.05 : 1;
            if (world.Roll(world.Faults.Crash * risk)) { Crash(); return; }
            if (world.Now >= PausedUntil && world.Roll(world.Faults.Pause * risk)) Pause();
            if (world.Now < PausedUntil) { world.Agenda.In(PausedUntil - world.Now + world.Random.NextDouble() * 0.01, Step); return; }
            try
            {
                if (steps.MoveNext()) world.Agenda.In(steps.Current, Step);
            }
            catch (Away)
            {
                world.Agenda.In(0.2 + world.Random.NextDouble(), () => { if (life == Life && IsUp) failed?.Invoke(); });
            }
        }
    }

    void Crash()
    {
        IsUp = false;
        world.Count("crash");
        Tell("dies");
        world.Agenda.In(0.5 + world.Random.NextDouble() * 10, Start);
    }

    void Pause()
    {
        world.Count("sleep");
        var sleeps = world.Random.Pick(2.0, 8, 12, 20);
        PausedUntil = world.Now + sleeps;
        if (world.Tell is not null) Tell($"sleeps for {sleeps} s");
    }

    /// <summary>Every replica watches every price that the exchange does not, and repeats itself.</summary>
    IEnumerable<double> Watch()
    {
        while (true)
        {
            yield return 0.5;
            if (world.Roll(world.Faults.ClockJump)) Jump();
            foreach (var order in world.Store.Orders)
                if (order.Watch is { IsArmed: true } watch && watch.IsReachedBy(world.Market.Mid)) Go(Deliver(new Message(order.Id, Price: (world.Market.Mid, world.Now))), () => { });
        }
    }

    void Jump()
    {
        world.Count("clock jump");
        Ahead = TimeSpan.FromSeconds(world.Random.Next(-60, 61));
        if (world.Tell is not null) Tell($"its clock is {Ahead.TotalSeconds} s ahead");
    }

    /// <summary>Takes up what others left behind, and renews the leases of what is in hand.</summary>
    IEnumerable<double> Sweep()
    {
        while (true)
        {
            yield return 0.5;
            if (world.IsAway(Part.Store)) continue;
            foreach (var effect in InHand.Renew(TimeSpan.FromSeconds(world.Now), Leases.RenewEffect)) world.Store.Postpone(effect, Leases.Effect);
            if (!world.Store.IsIdle) HandOff(world.Store.ClaimDue(), hasWaited: true);
        }
    }

    /// <summary>Delivers timers that are due. One whose delivery fails stays inflight until its lease ends.</summary>
    IEnumerable<double> Timers()
    {
        while (true)
        {
            yield return 0.5;
            if (world.Store.Timers == 0 || world.IsAway(Part.Store)) continue;
            world.Store.ReapTimers();
            foreach (var timer in world.Store.ClaimTimers()) Go(Deliver(new Message(timer.OrderId, Timer: timer)), () => { });
        }
    }

    IEnumerable<double> Deliver(Message message)
    {
        yield return Hop();
        Publish(message);
    }
}
