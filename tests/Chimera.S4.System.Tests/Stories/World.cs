using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Everything that one story runs on, its own from port to queue. Ends, and is removed, with the story.</summary>
sealed class World : IAsyncDisposable
{
    static int stories;

    readonly string folder = Directory.CreateTempSubdirectory("s4-story-").FullName;
    readonly VirtualHost? broker;

    World(VirtualHost? broker, bool gated = false, bool recorded = false, params IEnumerable<(string Name, string Value)> settings)
    {
        this.broker = broker;
        if (broker is not null && gated) BrokerGate = new Gate(broker.Uri.Port);
        Exchange = new SimulatorProcess(Path.Combine(folder, "exchange"));
        Redis = broker is null ? null : new RedisProcess(Path.Combine(folder, "redis"));
        Arango = recorded ? new ArangoProcess(Path.Combine(folder, "arango")) : null;
        var behind = BrokerGate is null ? broker?.Uri : new UriBuilder(broker!.Uri) { Port = BrokerGate.Port }.Uri;
        Router = new RouterProcess(Path.Combine(folder, "router"), new Neighbours(Exchange.Address, Exchange.Sockets, behind, Redis?.Address, Arango?.Address));
        foreach (var (name, value) in settings) Router.Settings[name] = value;
        Adapter = broker is null ? null : new AdapterProcess(Path.Combine(folder, "adapter"), broker.Uri);
        if (Adapter is not null)
            foreach (var (name, value) in settings.Where(setting => setting.Name.StartsWith("S4_OTLP_", StringComparison.Ordinal))) Adapter.Settings[name] = value;
        Venue = new VenueCaller(Exchange.Address);
        Rest = new JsonCaller(Router.Address);
        AdapterRest = Adapter is null ? null : new JsonCaller(Adapter.Address);
    }

    /// <summary>Between router and broker, closed at first; only in a story that starts cold.</summary>
    public Gate? BrokerGate { get; }
    public SimulatorProcess Exchange { get; }
    public RedisProcess? Redis { get; }

    /// <summary>Keeps the record, in a story of it; else the router does, in SQLite.</summary>
    public ArangoProcess? Arango { get; }
    public RouterProcess Router { get; }
    public AdapterProcess? Adapter { get; }
    public VenueCaller Venue { get; }
    public JsonCaller Rest { get; }
    public JsonCaller? AdapterRest { get; }
    public BusCaller Bus { get => field ?? throw new InvalidOperationException("an embedded router has no bus"); private set; } = null!;

    /// <summary>Service mode: RabbitMQ, Redis, the exchange, the router and a REST adapter of its own.</summary>
    /// <param name="settings">Variables of the router that the story needs to be other than their defaults.</param>
    public static Task Service(Func<World, Task> story, params IEnumerable<(string Name, string Value)> settings) => Service(story, recorded: false, settings);

    /// <summary>The same, with the record in ArangoDB.</summary>
    public static Task Recorded(Func<World, Task> story) => Service(story, recorded: true);

    static Task Service(Func<World, Task> story, bool recorded, params IEnumerable<(string Name, string Value)> settings) => Tell(VirtualHostOfItsOwn, async world =>
    {
        await Task.WhenAll(world.Redis!.Start(), world.Exchange.Start(), world.Arango?.Start() ?? Task.CompletedTask);
        await world.Router.Start();
        await world.Adapter!.Start();
        world.Bus = await BusCaller.Connect(world.broker!.Uri);
        await story(world);
    }, recorded: recorded, settings: settings);

    /// <summary>Service mode in which nothing but the broker behind its gate has been started yet.</summary>
    public static Task Cold(Func<World, Task> story) => Tell(VirtualHostOfItsOwn, async world =>
    {
        world.Bus = await BusCaller.Connect(world.broker!.Uri);
        await story(world);
    }, gated: true);

    /// <summary>Embedded mode: the router alone, with the exchange beside it so that it outlives the router.</summary>
    public static Task Embedded(Func<World, Task> story, params IEnumerable<(string Name, string Value)> settings) => Tell(() => Task.FromResult<VirtualHost?>(null), async world =>
    {
        await world.Exchange.Start();
        await world.Router.Start();
        await story(world);
    }, settings: settings);

    static async Task<VirtualHost?> VirtualHostOfItsOwn()
    {
        var host = new VirtualHost(await Broker.Shared(), $"story-{Environment.ProcessId}-{Interlocked.Increment(ref stories)}");
        await host.Create();
        return host;
    }

    static async Task Tell(Func<Task<VirtualHost?>> broker, Func<World, Task> story, bool gated = false, bool recorded = false, params IEnumerable<(string Name, string Value)> settings)
    {
        await using var world = new World(await broker(), gated, recorded, settings);
        try
        {
            await story(world);
        }
        catch (Exception failure)
        {
            throw new StoryFailed($"{await world.WhatWaits()}\n{failure.Message}\n{string.Join("\n", world.Processes.Select(process => $"--- the end of {process.Name}'s output ---\n{process.Tail(40)}"))}", failure);
        }
    }

    /// <summary>What is still on its way, in a line, for whoever reads why a story failed.</summary>
    async Task<string> WhatWaits()
    {
        try
        {
            var queues = broker is null ? "" : $"queues: {await broker.Queues()}; ";
            var metrics = (await Rest.Get("/metrics")).Body.Split('\n').Where(line => line.StartsWith("s4_outbox", StringComparison.Ordinal) || line.StartsWith("s4_journal", StringComparison.Ordinal));
            return queues + string.Join(", ", metrics);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return $"what waits is not told: {silent.Message}";
        }
    }

    IEnumerable<ServerProcess> Processes => new ServerProcess?[] { Router, Adapter, Arango, Redis, Exchange }.OfType<ServerProcess>();

    /// <summary>Where an intent stands; null while the router does not know it, or does not answer.</summary>
    public async Task<Answer?> Result(string intentId) => await Rest.Get($"/orders/{intentId}") is { Status: 200 } view ? new Answer(200, view.Json.GetProperty("result").GetRawText()) : null;

    public async Task<Witnesses> Witnesses() => new(
        await Ledger.Read(Venue), await Record(), Redis is null ? await Results.FromRest(Rest) : await Results.FromRedis(Redis.Address), await RestOrders.Read(Rest));

    public async Task<Journal> Record() => Arango is null ? Journal.Read(Router.DatabaseFile) : await ArangoRows.Read(Arango.Address, "chimera");

    /// <summary>Waits until every witness tells the same, since journal and results may lag; then nothing is left to say.</summary>
    public async Task AllWitnessesAgree(IReadOnlyCollection<string> acknowledged, IReadOnlyCollection<string>? unanswered = null, TimeSpan? within = null, IReadOnlyCollection<string>? inTurns = null) =>
        await Until.Done("all witnesses agree", async () => (await Witnesses()).Disagreement(acknowledged, unanswered, inTurns), within);

    /// <inheritdoc cref="VirtualHost.CutConnections"/>
    public Task<int> CutConnections() => broker!.CutConnections();

    /// <summary>What lies in queues that must stay empty.</summary>
    public async Task<IReadOnlyList<string>> FailedMessages() => await broker!.FailedMessages(Bus);

    public async ValueTask DisposeAsync()
    {
        if (broker is not null && TryBus() is { } bus) await bus.DisposeAsync();
        foreach (var process in Processes) await process.DisposeAsync();
        if (BrokerGate is not null) await BrokerGate.DisposeAsync();
        if (broker is not null) await broker.DisposeAsync();
        Venue.Dispose();
        Rest.Dispose();
        AdapterRest?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    BusCaller? TryBus()
    {
        try { return Bus; }
        catch (InvalidOperationException) { return null; }
    }
}

/// <summary>Carries what the processes last said.</summary>
sealed class StoryFailed(string message, Exception cause) : Exception(message, cause);
