using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Chimera.S4.Orders;
using Chimera.S4.Orders.Tests;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Benchmarks.Micro;

static class MicroBenchmarks
{
    public static int Run(string[] args)
    {
        // In this process: the build of a generated project would not know this repository's properties.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "s4-micro"));
        BenchmarkSwitcher.FromTypes([typeof(Deciding), typeof(Storing)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
    }
}

/// <summary>One event through the pure decider.</summary>
[MemoryDiagnoser]
public class Deciding
{
    static readonly Order Working = Sample.Working();
    static readonly Observation Part = Working.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1), Whole = Working.Says(VenueStatus.Filled, 1, null, 1, 2);

    [Benchmark]
    public Decision A_new_intent() => Sample.Open();

    [Benchmark]
    public Decision A_partial_fill() => Working.Then(Part, 1);

    [Benchmark]
    public Decision The_last_fill() => Working.Then(Whole, 1);

    [Benchmark]
    public Decision An_old_report_again() => Working.Then(Working.Says(VenueStatus.New), 1);
}

/// <summary>The document of an order, as every commit writes it and every message reads it.</summary>
[MemoryDiagnoser]
public class Storing
{
    static readonly Order Filled = Sample.Working().Then(Sample.Working().Says(VenueStatus.Filled, 1, null, 1, 2), 1).Order;
    static readonly OrderSaga Saga = new() { CorrelationId = Filled.Id, Order = Filled, CurrentState = Filled.Status.ToString() };
    static readonly StoredOrder Stored = new(Filled.Id, 1, OrderDocument.Write(Saga));

    [Benchmark]
    public string Write() => OrderDocument.Write(Saga);

    [Benchmark]
    public OrderSaga Read() => OrderDocument.Read(Stored);
}
