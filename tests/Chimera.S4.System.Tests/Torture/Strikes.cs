namespace Chimera.S4.System.Tests.Torture;

/// <summary>The steps of an order's way that a kill may fall before or after.</summary>
enum Step
{
    /// <summary>The document and what follows from it go to Redis.</summary>
    Commit,

    /// <summary>A placement is journalled.</summary>
    Journal,

    /// <summary>It goes to the exchange.</summary>
    Post,

    /// <summary>A message that moved an order is acknowledged.</summary>
    Ack,
}

enum Side { Before, After }

/// <summary>Where in an order's way.</summary>
readonly record struct Phase(Step Step, Side Side)
{
    public static readonly IReadOnlyList<Phase> All = [.. from step in Enum.GetValues<Step>() from side in Enum.GetValues<Side>() select new Phase(step, side)];
    public override string ToString() => $"{Side} {Step}".ToLowerInvariant();
}

enum Victim
{
    /// <summary>kill -9 of the replica that is just there.</summary>
    Router,

    /// <summary>That replica frozen for 20 s; what it was about to send arrives afterwards.</summary>
    FrozenRouter,

    Redis,
    Broker,
    Exchange,
}

readonly record struct Strike(Victim Victim, Phase Phase);

static class Strikes
{
    /// <summary>So many rounds of every phase per victim, in an order drawn by seed.</summary>
    public static IReadOnlyList<Strike> Plan(Random random, int routers, int others)
    {
        var plan = new List<Strike>();
        for (var round = 0; round < routers; round++) plan.AddRange(Phase.All.Select(phase => new Strike(Victim.Router, phase)));
        for (var round = 0; round < others; round++)
        {
            plan.AddRange(Phase.All.Select(phase => new Strike(round % 2 == 0 ? Victim.Redis : Victim.Exchange, phase)));
            if (round % 2 == 0) plan.AddRange(Phase.All.Select(phase => new Strike(round % 4 == 0 ? Victim.FrozenRouter : Victim.Broker, phase)));
        }
        return Shuffled(plan, random);
    }

    /// <summary>Every phase once on routers; each other victim where it hurts most, and once more anywhere.</summary>
    public static IReadOnlyList<Strike> ShortPlan(Random random)
    {
        Phase anywhere() => Phase.All[random.Next(Phase.All.Count)];
        Strike[] plan =
        [
            .. Phase.All.Select(phase => new Strike(Victim.Router, phase)),
            new(Victim.FrozenRouter, new(Step.Journal, Side.After)), new(Victim.FrozenRouter, anywhere()),
            new(Victim.Redis, new(Step.Commit, Side.After)), new(Victim.Redis, anywhere()),
            new(Victim.Exchange, new(Step.Post, Side.After)), new(Victim.Exchange, anywhere()),
            new(Victim.Broker, anywhere()),
        ];
        return Shuffled(plan, random);
    }

    // RabbitMQ 3.10 may lose a quorum queue that is killed right after its declaration (infra/README.md): not at the beginning.
    static IReadOnlyList<Strike> Shuffled(IReadOnlyList<Strike> plan, Random random)
    {
        var drawn = plan.OrderBy(_ => random.Next()).ToList();
        return [.. drawn.Take(drawn.Count / 3).Where(strike => strike.Victim is not Victim.Broker), .. drawn.Skip(drawn.Count / 3), .. drawn.Take(drawn.Count / 3).Where(strike => strike.Victim is Victim.Broker)];
    }
}
