namespace Chimera.S4.Orders.Tests.Simulation;

enum Part
{
    Store,
    Broker,

    /// <summary>Nothing reaches it.</summary>
    Exchange,

    /// <summary>Everything reaches it and acts, and nobody is told.</summary>
    Answers,
}

/// <summary>When what is away as a whole, and for how long.</summary>
sealed class Outages
{
    readonly List<(Part Part, double From, double To)> all = [];

    public Outages(Random random)
    {
        foreach (var part in (Part[])[Part.Store, Part.Broker, Part.Exchange])
            if (random.Chance(0.2)) Add(part, random.NextDouble() * 20, 3 + random.NextDouble() * 15);
        // Long enough for an unproven placement to need a person.
        if (random.Chance(0.02)) Add(Part.Answers, 1 + random.NextDouble() * 8, 1_000);
    }

    public double End => all.Count == 0 ? 0 : all.Max(outage => outage.To);

    public bool IsAway(Part part, double now)
    {
        foreach (var outage in all)
            if (outage.Part == part && outage.From <= now && now < outage.To) return true;
        return false;
    }

    void Add(Part part, double from, double lasts) => all.Add((part, from, from + lasts));
}
