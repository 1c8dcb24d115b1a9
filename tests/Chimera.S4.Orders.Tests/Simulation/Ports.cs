namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The ports of a story. Each protection is switched off by a port that lacks it; shipped code has no such switch.</summary>
sealed record Ports(string Without)
{
    public Func<World, VirtualStore> Store { get; init; } = world => new(world);
    public Func<World, VirtualJournal> Journal { get; init; } = world => new(world);
    public Func<PlacementView, PlacementView> View { get; init; } = view => view;

    /// <summary>The document as the decider sees it, and what is made of its decision.</summary>
    public Func<Order, Order> Seen { get; init; } = order => order;
    public Func<Order, Decision, Decision> Decided { get; init; } = (_, decision) => decision;

    public static readonly Ports Sound = new("nothing");

    public static readonly IReadOnlyList<Ports> Faulty =
    [
        new("epoch compare-and-set") { Journal = world => new WithoutEpoch(world) },
        new("journal") { Journal = world => new WithoutMemory(world) },
        new("wait before absence is concluded") { View = view => view with { VenueNow = view.VenueNow.AddHours(1), StreamReconciledSince = DateTimeOffset.MinValue, Settle = TimeSpan.Zero } },
        new("look whether the placement is still pending") { Store = world => new WithoutIsPending(world) },
        new("tombstone") { Store = world => new WithoutTombstone(world) },
        new("outbox sweep") { Store = world => new WithoutSweep(world) },
        new("level-triggered timers") { Store = world => new EdgeTriggered(world) },
        .. Careless.Policies,
    ];

    sealed class WithoutEpoch(World world) : VirtualJournal(world)
    {
        public override bool TryBegin(PlacementEntry entry) => TryAdvance(entry);

        public override bool TryAdvance(PlacementEntry entry)
        {
            if (Resolution(entry.ClientOrderId) is null) Force(entry);
            return true;
        }
    }

    sealed class WithoutMemory(World world) : VirtualJournal(world)
    {
        public override PlacementEntry? Load(string clientOrderId) => null;
        public override bool TryBegin(PlacementEntry entry) => base.TryBegin(entry) || true;
    }

    sealed class WithoutIsPending(World world) : VirtualStore(world)
    {
        public override bool IsPending(EffectId effect) => true;
    }

    sealed class WithoutTombstone(World world) : VirtualStore(world)
    {
        protected override void Ended(Order order) => Forget(order.Id);
    }

    sealed class WithoutSweep(World world) : VirtualStore(world)
    {
        public override IReadOnlyList<Pending> ClaimDue() => [];
    }

    sealed class EdgeTriggered(World world) : VirtualStore(world)
    {
        public override void ReapTimers()
        {
        }
    }
}
