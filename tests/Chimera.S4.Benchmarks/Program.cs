using Chimera.S4.Benchmarks.Figures;
using Chimera.S4.Benchmarks.Floor;
using Chimera.S4.Benchmarks.Micro;
using Chimera.S4.Benchmarks.Report;

const string usage = """
    Side-by-side measurements, each against its floor in the same run.

      router      [--json FILE] [--runs N] [--short]   latency, throughput, cost: router and floor in turn (default 5 runs; --short: one small run with ratio checks)
      live        [--json FILE] [--intents N]          memory, start and cost per intent while N intents live (default 10000)
      protection  [--json FILE] [--intents N]          fill at the exchange -> its stop arrives there (default 180)
      journal     [--json FILE] [--runs N]             latency while the record's database is away (default 5 pairs)
      profile     [--json FILE] [--intents N]          which process uses the cores, at 150/s (default 6000); names the router's process for a profiler
      micro                                            decider, serialisation, signing
    """;

switch (args)
{
    case ["floor", ..]: return await FloorPipeline.Run(args[1..]);      // the child process that `router` starts
    case ["router", ..]: return await RouterFigures.Run(Arguments.Read(args[1..]));
    case ["live", ..]: return await LiveFigures.Run(Arguments.Read(args[1..]));
    case ["protection", ..]: return await ProtectionFigures.Run(Arguments.Read(args[1..]));
    case ["journal", ..]: return await JournalAwayFigures.Run(Arguments.Read(args[1..]));
    case ["profile", ..]: return await ProfileFigures.Run(Arguments.Read(args[1..]));
    case ["micro", ..]: return MicroBenchmarks.Run(args[1..]);
    default:
        Console.Error.WriteLine(usage);
        return 64;
}
