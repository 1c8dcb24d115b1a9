using Xunit.Sdk;

namespace Chimera.S4.Orders.Tests;

/// <summary>Runs a story once per seed and names the seed that broke it.</summary>
static class Seeds
{
    public static void Each(int count, Action<Random> story)
    {
        for (var seed = 0; seed < count; seed++) One(seed, story);
    }

    public static void One(int seed, Action<Random> story)
    {
        try { story(new Random(seed)); }
        catch (Exception broken) { throw new XunitException($"seed {seed}: {broken.Message}", broken); }
    }

    public static bool Chance(this Random random, double of) => random.NextDouble() < of;
    public static T Pick<T>(this Random random, params IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
