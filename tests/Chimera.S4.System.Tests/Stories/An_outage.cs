using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>A service is away, frozen rather than ended: the connections stay, and nothing answers. Intents keep coming.</summary>
[Trait("Category", "Services")]
public sealed class An_outage(ITestOutputHelper output)
{
    [Fact]
    public Task Of_each_service_in_turn_is_told_by_health_and_survived_without_a_restart() => Each(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));

    [Fact, Trait("Category", "Long")]
    public Task Of_minutes_of_each_service_in_turn_is_told_by_health_and_survived_without_a_restart() => Each(TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(5));

    Task Each(TimeSpan away, TimeSpan journalAway) => Deployment.Run(async deployment =>
    {
        var story = new OutageStory(deployment, output);
        await story.WhileIntentsCome(async () =>
        {
            await story.Outage("redis", away, "DOWN", "redis", Frozen(deployment.Redis.Pause), Frozen(deployment.Redis.Resume));
            await story.Outage("rabbitmq", away, "DOWN", "router", deployment.Broker.Pause, deployment.Broker.Resume);
            var locks = new JournalLocks(deployment.Routers.Select(router => router.DatabaseFile));
            await story.Outage("journal", journalAway, "DEGRADED", "arango", locks.Take, locks.Release);
        });
        await story.NothingIsLost();

        static Func<Task> Frozen(Action signal) => () => { signal(); return Task.CompletedTask; };
    });
}

/// <summary>Somebody holds the files of the journal and lets nobody write.</summary>
sealed class JournalLocks(IEnumerable<string> files)
{
    readonly List<SqliteConnection> held = [];

    public async Task Take()
    {
        foreach (var file in files)
        {
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await Execute(connection, "BEGIN EXCLUSIVE");
            held.Add(connection);
        }
    }

    public async Task Release()
    {
        foreach (var connection in held)
        {
            await Execute(connection, "COMMIT");
            await connection.DisposeAsync();
        }
    }

    static async Task Execute(SqliteConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}

sealed class OutageStory(Deployment deployment, ITestOutputHelper output)
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200), Back = TimeSpan.FromSeconds(90), Patience = TimeSpan.FromMinutes(3);
    const int Seed = 20261126;

    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly ConcurrentBag<string> acknowledged = [];

    /// <summary>Five a second, whatever happens, until the end of what happens.</summary>
    public async Task WhileIntentsCome(Func<Task> happens)
    {
        var maker = new IntentMaker(await Instrument.ReadAll(deployment.Venue), Seed);
        var callers = new List<Task>();
        using var beat = new PeriodicTimer(Beat);
        var happening = happens();
        for (var number = 0; !happening.IsCompleted; number++)
        {
            callers.Add(Call($"outage-{number}"));
            await beat.WaitForNextTickAsync();
        }
        await happening;
        await Task.WhenAll(callers);

        async Task Call(string id)
        {
            await deployment.Bus.Publish(maker.Marketable(id), Form.Raw);
            acknowledged.Add(id);
        }
    }

    /// <param name="status">What both replicas' <c>/health</c> must say while the service is away.</param>
    /// <param name="check">And which of its checks must not be OK.</param>
    public async Task Outage(string service, TimeSpan away, string status, string check, Func<Task> leave, Func<Task> comeBack)
    {
        await Flows();
        var (left, before) = (watch.Elapsed, acknowledged.Count);
        await leave();
        await Health(status, check, away);
        var told = watch.Elapsed - left;
        if (away > watch.Elapsed - left) await Task.Delay(away - (watch.Elapsed - left));   // the outage itself
        await Health(status, check, TimeSpan.FromSeconds(5));
        await comeBack();
        var back = watch.Elapsed;
        await Health("OK", null, Back);
        var healthy = watch.Elapsed - back;
        await Flows();
        Assert.All(deployment.Routers, router => Assert.False(router.HasEnded, $"{router.Name} has ended"));
        output.WriteLine($"{service}: away {(back - left).TotalSeconds:0.0} s with {acknowledged.Count - before} intents since; told as {status} after {told.TotalSeconds:0.0} s, OK {healthy.TotalSeconds:0.0} s after its return, an intent filled {(watch.Elapsed - back).TotalSeconds:0.0} s after it");
    }

    public async Task NothingIsLost()
    {
        await deployment.AllWitnessesAgree(acknowledged, Patience);
        output.WriteLine($"all {acknowledged.Count} intents ended and told the same by all");
    }

    /// <summary>An intent that is given now is filled.</summary>
    async Task Flows()
    {
        var id = $"flows-{acknowledged.Count}-{watch.ElapsedTicks}";
        await deployment.Bus.Publish(new JsonObject
        {
            ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = "ETHUSDT", ["side"] = "BUY", ["qty"] = "0.1", ["expires_at"] = "2100-01-01T00:00:00Z",
        }, Form.Envelope);
        acknowledged.Add(id);
        await Until.True($"{id} is filled", async () => await deployment.Rest[1].Get($"/orders/{id}") is { Status: 200 } view && view.Json.GetProperty("result").GetProperty("status").GetString() == "FILLED", Patience);
    }

    async Task Health(string status, string? check, TimeSpan within)
    {
        foreach (var rest in deployment.Rest)
            await Until.Done($"/health says {status}", async () =>
            {
                var health = await rest.Get("/health");
                Assert.True(health.Status == (health.Text("status") == "DOWN" ? 503 : 200), health.ToString());
                if (health.Text("status") != status) return health.ToString();
                return check is null || health.Json.GetProperty("checks").EnumerateArray().Any(row => row.GetProperty("name").GetString() == check && row.GetProperty("status").GetString() != "OK") ? null : $"{check} is well: {health}";
            }, within);
    }
}
