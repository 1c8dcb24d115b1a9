namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The price of both markets: it wanders, jumps now and then, and in some stories it stands still.</summary>
sealed class VirtualMarket
{
    const decimal HalfSpread = 0.5m;

    readonly World world;
    readonly decimal step, drift;
    readonly double jump;

    public VirtualMarket(World world, bool stands)
    {
        this.world = world;
        var random = world.Random;
        (step, drift, jump) = stands ? (0, 0, 0) : (random.Pick(0, 2, 10, 40), random.Pick(0, 0, 0, -10, 10), random.Pick(0, 0, 0.02));
    }

    public decimal Mid { get; private set; } = 50_000;
    public decimal Bid => Mid - HalfSpread;
    public decimal Ask => Mid + HalfSpread;
    public Quote Quote(DateTimeOffset at) => new([new(Bid, 5)], [new(Ask, 5)], at);

    /// <summary>What a taker of this side pays or gets.</summary>
    public decimal Takes(Side side) => side is Side.Buy ? Ask : Bid;

    public void Start() => world.Agenda.In(0.2 + world.Random.NextDouble(), Tick);

    void Tick()
    {
        var random = world.Random;
        Mid += random.Next(-3, 4) * step + drift + (random.Chance(jump) ? random.Next(-3, 4) * 100 : 0);
        // It comes back from where nothing waits.
        Mid = Math.Clamp(Mid, 40_500, 60_000);
        world.Exchange.Book.PriceMoved();
        Start();
    }
}
