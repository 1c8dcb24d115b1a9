using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Stories;
using Xunit;

namespace Chimera.S4.System.Tests.Torture;

/// <summary>Service mode as it is run: two replicas of the router on one Redis, one RabbitMQ and one exchange, all of this story alone, so that each of them may die. Between a router and the others stand gates.</summary>
sealed class Deployment : IAsyncDisposable
{
    static int deployments;

    readonly string folder = Directory.CreateTempSubdirectory("s4-deployment-").FullName;
    readonly VirtualHost host;
    readonly List<Gate> gates = [];

    Deployment(Broker broker)
    {
        (Broker, host) = (broker, new VirtualHost(broker, "deployment"));
        Redis = new RedisProcess(Path.Combine(folder, "redis"));
        Exchange = new SimulatorProcess(Path.Combine(folder, "exchange"));
        Tripwire = new Tripwire(Redis);
        var rest = Through(Exchange.Address.Port, Tripwire.AtExchange());
        Routers = [.. new[] { "router-1", "router-2" }.Select(name =>
        {
            RouterProcess? router = null;
            var (redis, bus) = (Through(Redis.Port, Tripwire.AtRedis(() => router!)), Through(host.Uri.Port, Tripwire.AtBroker(() => router!)));
            var around = new Neighbours(new UriBuilder(Exchange.Address) { Port = rest.Port }.Uri, Exchange.Sockets, new UriBuilder(host.Uri) { Port = bus.Port }.Uri, $"127.0.0.1:{redis.Port}");
            return router = new RouterProcess(Path.Combine(folder, name), around, name);
        })];
        Venue = new VenueCaller(Exchange.Address);
        Rest = [.. Routers.Select(router => new JsonCaller(router.Address))];
        Bus = new StubbornCaller(host.Uri);
    }

    public Broker Broker { get; }
    public RedisProcess Redis { get; }
    public SimulatorProcess Exchange { get; }
    public IReadOnlyList<RouterProcess> Routers { get; }
    public Tripwire Tripwire { get; }
    public VenueCaller Venue { get; }

    /// <summary>Each replica's own REST.</summary>
    public IReadOnlyList<JsonCaller> Rest { get; }
    public StubbornCaller Bus { get; }

    /// <summary>With a breaker that stays closed: what is killed on purpose would open it, and denials would take the place of orders.</summary>
    public static Task Run(Func<Deployment, Task> story) => Run(new() { ["S4_CB_MIN_SAMPLE"] = "100000" }, story);

    /// <param name="settings">Variables of both routers.</param>
    public static async Task Run(Dictionary<string, string> settings, Func<Deployment, Task> story)
    {
        await using var deployment = new Deployment(await Broker.OfItsOwn($"deployment-{Environment.ProcessId}-{Interlocked.Increment(ref deployments)}"));
        try
        {
            await deployment.host.Create();
            await Task.WhenAll(deployment.Redis.Start(), deployment.Exchange.Start());
            foreach (var router in deployment.Routers)
                foreach (var (variable, value) in settings) router.Settings[variable] = value;
            await Task.WhenAll(deployment.Routers.Select(router => router.Start()));
            await story(deployment);
        }
        catch (Exception failure)
        {
            throw new StoryFailed($"{failure.Message}\n{string.Join("\n", deployment.Processes.Select(process => $"--- the end of {process.Name}'s output ---\n{process.Tail(40)}"))}", failure);
        }
    }

    async Task<Witnesses> Witnesses() => new(
        await Ledger.Read(Venue), Journal.Read([.. Routers.Select(router => router.DatabaseFile)]), await Results.FromRedis(Redis.Address), await RestOrders.Read(Rest[0]));

    /// <summary>Waits until every witness tells the same and nothing lies in an error queue.</summary>
    public async Task AllWitnessesAgree(IReadOnlyCollection<string> acknowledged, TimeSpan within)
    {
        await Until.Done("all witnesses agree", async () => (await Witnesses()).Disagreement(acknowledged, inTurns: [.. acknowledged.Where(Mix.IsInTurns)]) is { Length: > 0 } open ? $"{open}\nFailed messages: {string.Join(", ", await FailedMessages())}" : null, within);
        Assert.Empty(await FailedMessages());
    }

    async Task<IReadOnlyList<string>> FailedMessages()
    {
        await using var bus = await BusCaller.Connect(host.Uri);
        return await host.FailedMessages(bus);
    }

    IEnumerable<ServerProcess> Processes => [.. Routers, Redis, Exchange];

    Gate Through(int port, Guard guard)
    {
        gates.Add(new Gate(port, guard).Open());
        return gates[^1];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes) await process.DisposeAsync();
        await Bus.DisposeAsync();
        foreach (var gate in gates) await gate.DisposeAsync();
        foreach (var rest in Rest) rest.Dispose();
        Venue.Dispose();
        await Broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
