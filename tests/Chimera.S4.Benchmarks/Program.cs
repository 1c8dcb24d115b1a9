using Chimera.S4.Benchmarks.Figures;
using Chimera.S4.Benchmarks.Floor;
using Chimera.S4.Benchmarks.Micro;
using Chimera.S4.Benchmarks.Report;

const string usage = """
    Side-by-side measurements, each against its floor in the same run.

      router      [--runs N] [--short]   latency, throughput, cost: router, floor and ccxt in turn (default 5 runs; --short: one small run of router and floor with ratio checks)
      replicas    [--runs N]             cost per intent with 1, 2 and 4 routers (default 5 runs)
      limits                             more intents than the exchange allows orders, at its own limits
      live        [--intents N]          memory, start and cost per intent while N intents live (default 10000)
      protection  [--intents N]          fill at the exchange -> its stop arrives there (default 180)
      journal     [--runs N]             latency while the record's database is away (default 5 pairs)
      profile     [--intents N]          which process uses the cores, at 150/s (default 6000); names the router's process for a profiler
      micro                              decider, documents, signing

    Each takes --json FILE and --markdown FILE, and ends with 1 if a bound is missed.
    """;

if (args is ["floor", ..]) return await FloorPipeline.Run(args[1..]);      // the child process that `router` starts
Func<Arguments, Task<int>>? verb = args.FirstOrDefault() switch
{
    "router" => RouterFigures.Run,
    "replicas" => ReplicaFigures.Run,
    "limits" => LimitsFigures.Run,
    "live" => LiveFigures.Run,
    "protection" => ProtectionFigures.Run,
    "journal" => JournalAwayFigures.Run,
    "profile" => ProfileFigures.Run,
    "micro" => asked => Task.FromResult(MicroBenchmarks.Run(asked)),
    _ => null,
};
if (verb is not null) return await verb(Arguments.Read(args[1..]));
Console.Error.WriteLine(usage);
return 64;
