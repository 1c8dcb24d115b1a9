using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Torture;

/// <summary>The kinds of intents that a tortured deployment is given, drawn by weight. A new kind of intent is one more row.</summary>
sealed class Mix(IntentMaker maker, Random random)
{
    /// <param name="Rests">It may stay open until somebody ends it; most of these are canceled soon.</param>
    /// <param name="InTurns">A policy works it, by several orders.</param>
    sealed record Kind(string Name, int Weight, Func<IntentMaker, string, JsonObject> Make, bool Rests = false, bool InTurns = false);

    static readonly Kind[] Kinds =
    [
        new("market", 35, (maker, id) => maker.Market(id)),
        new("limit", 25, (maker, id) => maker.Marketable(id)),
        new("resting", 15, (maker, id) => maker.Resting(id), Rests: true),
        new("maker", 15, (maker, id) => maker.Maker(id), Rests: true),
        new("reducing", 10, (maker, id) => maker.Reducing(id)),
        new("patient", 15, (maker, id) => maker.Patient(id), InTurns: true),
        new("sliced", 15, (maker, id) => maker.Sliced(id), InTurns: true),
        new("protected", 10, (maker, id) => maker.Protected(id), Rests: true, InTurns: true),
        new("oco", 10, (maker, id) => maker.Oco(id, held: false), Rests: true, InTurns: true),
        new("held", 5, (maker, id) => maker.Oco(id, held: true), Rests: true, InTurns: true),
        new("stop", 10, (maker, id) => maker.Stop(id), Rests: true),
    ];

    public static bool IsInTurns(string id) => Kinds.Any(kind => kind.InTurns && id.StartsWith(kind.Name + "-", StringComparison.Ordinal));

    public (JsonObject Intent, bool Rests) Next(int number)
    {
        var drawn = random.Next(Kinds.Sum(kind => kind.Weight));
        var kind = Kinds.First(candidate => (drawn -= candidate.Weight) < 0);
        return (kind.Make(maker, $"{kind.Name}-{number}"), kind.Rests);
    }
}
