using BenchmarkDotNet.Attributes;
using Chimera.S4.Orders;
using Chimera.S4.Orders.Tests;

namespace Chimera.S4.Benchmarks.Micro;

/// <summary>One event through the pure decider.</summary>
[MemoryDiagnoser]
public class Deciding
{
    static readonly Order Working = Sample.Working();
    static readonly Observation Part = Working.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1), Whole = Working.Says(VenueStatus.Filled, 1, null, 1, 2), Old = Working.Says(VenueStatus.New);

    [Benchmark]
    public Decision A_new_intent() => Sample.Open();

    [Benchmark]
    public Decision A_partial_fill() => Working.Then(Part, 1);

    [Benchmark]
    public Decision The_last_fill() => Working.Then(Whole, 1);

    [Benchmark]
    public Decision An_old_report_again() => Working.Then(Old, 1);
}
