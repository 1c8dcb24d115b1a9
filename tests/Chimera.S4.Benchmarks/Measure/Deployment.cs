using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.Benchmarks.Floor;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Processes;
using RabbitMQ.Client;

namespace Chimera.S4.Benchmarks.Measure;

/// <summary>Service mode on one machine: RabbitMQ, Redis (appendfsync always), the exchange, routers, and the floor beside them.</summary>
sealed class Deployment : IAsyncDisposable
{
    static int router;

    readonly string folder = Directory.CreateTempSubdirectory("s4-bench-").FullName;
    readonly Broker broker;
    readonly VirtualHost host;
    readonly List<RouterProcess> routers = [];

    Deployment(Broker broker, bool recorded, string limits)
    {
        this.broker = broker;
        host = new VirtualHost(broker, $"bench-{Environment.ProcessId}");
        Redis = new RedisProcess(Path.Combine(folder, "redis"));
        Arango = recorded ? new ArangoProcess(Path.Combine(folder, "arango")) : null;
        Exchange = new SimulatorProcess(Path.Combine(folder, "exchange"), limits);
        Floor = new FloorProcess(Path.Combine(folder, "floor"), host.Uri, Redis.Address, Exchange.Address, Exchange.Sockets);
        Ccxt = new CcxtProcess(Path.Combine(folder, "ccxt"), Exchange.Address, Exchange.Sockets);
        Venue = new JsonCaller(Exchange.Address);
    }

    public RedisProcess Redis { get; }

    /// <summary>Null: the record is in SQLite.</summary>
    public ArangoProcess? Arango { get; }
    public SimulatorProcess Exchange { get; }
    public FloorProcess Floor { get; }

    /// <summary>Not started with the rest: it may be lacking.</summary>
    public CcxtProcess Ccxt { get; }
    public JsonCaller Venue { get; }
    public BusCaller Bus { get; private set; } = null!;
    public IReadOnlyList<RouterProcess> Routers => routers;
    public ResultsTail RouterResults { get; private set; } = null!;
    public ResultsTail FloorResults { get; private set; } = null!;

    /// <param name="recorded">With a database for the record.</param>
    /// <param name="limits">Factor on the exchange's own limits.</param>
    public static async Task<Deployment> Start(bool withFloor, bool recorded = false, string limits = "x100")
    {
        var deployment = new Deployment(await Broker.Shared(), recorded, limits);
        try
        {
            await deployment.Fill(withFloor);
            return deployment;
        }
        catch (Exception failure)
        {
            var said = string.Join('\n', deployment.Processes.Select(process => $"--- {process.Name} ---\n{process.Tail(20)}"));
            await deployment.DisposeAsync();
            throw new InvalidOperationException($"{failure.Message}\n{said}", failure);
        }
    }

    async Task Fill(bool withFloor)
    {
        await host.Create();
        await Task.WhenAll(Redis.Start(), Exchange.Start(), Arango?.Start() ?? Task.CompletedTask);
        await AddRouter();
        if (withFloor) await Floor.Start();
        Bus = await BusCaller.Connect(host.Uri);
        RouterResults = await ResultsTail.Follow(Redis.Address, "ord:results");
        FloorResults = await ResultsTail.Follow(Redis.Address, FloorPipeline.Results);
    }

    IEnumerable<ServerProcess> Processes => [.. routers, Floor, Ccxt, Exchange, Redis, .. Arango is null ? (ServerProcess[])[] : [Arango]];

    public async Task<RouterProcess> AddRouter()
    {
        var name = $"router{Interlocked.Increment(ref router)}";
        var added = new RouterProcess(Path.Combine(folder, name), new Neighbours(Exchange.Address, Exchange.Sockets, host.Uri, Redis.Address, Arango?.Address), name);
        routers.Add(added);
        await added.Start();
        return added;
    }

    /// <summary>In order: it carries out what it has in hand.</summary>
    public async Task RemoveRouter(RouterProcess which)
    {
        routers.Remove(which);
        await which.Terminate();
        await which.DisposeAsync();
    }

    /// <summary>Added to each placement, both sides alike.</summary>
    public async Task SetDelay(int milliseconds)
    {
        await Venue.Send(new HttpRequestMessage(HttpMethod.Delete, "/sim/faults"));
        if (milliseconds == 0) return;
        var answer = await Venue.Post("/sim/faults", new JsonObject { ["kind"] = "latency", ["path"] = "/api/v3/order", ["method"] = "POST", ["probability"] = 1, ["ms"] = milliseconds });
        if (answer.Status != 200) throw new InvalidOperationException($"/sim/faults: {answer}");
    }

    /// <summary>Microseconds at which each placement came in, by client order id; the first, if there were several.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Arrivals() => (await Venue.Get("/sim/arrivals")).Json.EnumerateArray()
        .GroupBy(row => row.GetProperty("clientOrderId").GetString()!).ToDictionary(group => group.Key, group => group.Min(row => row.GetProperty("atUs").GetInt64()));

    /// <summary>Trades as the exchange's ledger has them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Trades() => [.. (await Venue.Get("/sim/ledger")).Json.GetProperty("trades").EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in new IAsyncDisposable?[] { RouterResults, FloorResults, Bus }.OfType<IAsyncDisposable>()) await reader.DisposeAsync();
        foreach (var process in Processes) await process.DisposeAsync();
        await host.DisposeAsync();
        Venue.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
