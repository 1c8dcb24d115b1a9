using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>Router and adapter in service mode at the most talkative level, with a secret in every setting that takes one, through orders of all ends and the loss of store and exchange.</summary>
[Trait("Category", "Services")]
public sealed class The_logs : IAsyncLifetime
{
    static readonly string[] Secrets = [.. Enumerable.Range(0, 5).Select(_ => "secret" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)))];
    static readonly (string Broker, string Store, string Read, string Trade, string Ops) Secret = (Secrets[0], Secrets[1], Secrets[2], Secrets[3], Secrets[4]);

    readonly string folder = Directory.CreateTempSubdirectory("s4-logs-").FullName;
    VirtualHost host = null!;
    RedisProcess redis = null!;
    SimulatorProcess exchange = null!;
    RouterProcess router = null!;
    AdapterProcess adapter = null!;

    public async Task InitializeAsync()
    {
        host = new VirtualHost(await Broker.Shared(), $"logs-{Environment.ProcessId}-{Guid.NewGuid():N}");
        await host.Create();
        var broker = await host.User("logs" + Guid.NewGuid().ToString("N")[..8], Secret.Broker);
        redis = new RedisProcess(Path.Combine(folder, "redis"), Secret.Store);
        exchange = new SimulatorProcess(Path.Combine(folder, "exchange"));
        router = new RouterProcess(Path.Combine(folder, "router"), new Neighbours(exchange.Address, exchange.Sockets, broker, redis.Address)) { ReadKey = Secret.Read };
        adapter = new AdapterProcess(Path.Combine(folder, "adapter"), broker) { ReadKey = Secret.Read };
        foreach (var settings in new[] { router.Settings, adapter.Settings })
            (settings["S4_LOG_FORMAT"], settings["S4_LOG_LEVEL"], settings["S4_API_KEYS"]) = ("json", "Verbose", $"read={Secret.Read},trade={Secret.Trade},ops={Secret.Ops}");
        router.Settings["S4_REDIS_PASSWORD"] = Secret.Store;
        router.Settings["S4_CB_MIN_SAMPLE"] = "100000"; // an exchange that is killed on purpose would open the breaker, and what waits would be denied
        await Task.WhenAll(redis.Start(), exchange.Start());
        await router.Start();
        await adapter.Start();
    }

    public async Task DisposeAsync()
    {
        foreach (var process in new ServerProcess[] { adapter, router, exchange, redis }) await process.DisposeAsync();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Name_the_intent_on_every_line_about_it_and_no_secret_on_any()
    {
        using var rest = new JsonCaller(adapter.Address, Secret.Trade);
        using var venue = new VenueCaller(exchange.Address);
        Assert.Equal("FILLED", (await rest.Post("/orders", Intent("filled"), 60)).Text("status"));
        Assert.Equal(422, (await rest.Post("/orders", Intent("denied", ("qty", "0.00001")), 60)).Status);
        await rest.Post("/orders", Intent("canceled", ("type", "LIMIT"), ("price", "80000")), 0);
        await Until.True("it rests", async () => await Ledger.OrdersOf(venue, "canceled") is [{ Status: "NEW" }]);
        Assert.Equal("CANCELED", (await rest.Post("/cancel", new JsonObject { ["intent_id"] = "canceled" }, 60)).Text("status"));
        // The answer to a placement is lost, and then the exchange; later the store.
        await venue.SetFault(new JsonObject { ["kind"] = "accept-then-503A", ["venue"] = "SPOT", ["path"] = "/api/v3/order", ["count"] = 1 });
        await rest.Post("/orders", Intent("unknown"), 0);
        await Until.True("it is filled all the same", async () => (await rest.Get("/orders/unknown")).Json.GetProperty("result").GetProperty("status").GetString() == "FILLED");
        exchange.Kill();
        await Until.True("the router notices", () => Task.FromResult(router.Output.Contains(" is down", StringComparison.Ordinal)));
        await exchange.Start();
        await router.Ready();
        redis.Kill();
        await rest.Post("/orders", Intent("waits"), 0);
        await redis.Start();
        await Until.True("what waited for the store has ended", async () => await rest.Get("/orders/waits") is { Status: 200 } view && view.Json.GetProperty("result").GetProperty("final").GetBoolean());
        // A line is written after what it tells has been committed, and comes to this process later still.
        await Until.True("the router has told of it", () => Task.FromResult(Lines().Any(line => Text(line, "IntentId") == "waits" && Text(line, "Status") == "FILLED")));

        var told = router.Output + adapter.Output;
        Assert.All([.. Secrets, SimulatorProcess.Key, SimulatorProcess.Secret], secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
        var lines = Lines();
        Assert.Contains(lines, line => Text(line, "@l") == "Debug");                                        // it was talkative
        foreach (var id in new[] { "filled", "denied", "canceled", "unknown", "waits" })
        {
            var (saga, order) = (ClientOrderIds.Saga(id).ToString(), ClientOrderIds.Intent(id));
            // What only an exception's text names, such as a key of the store, is no property of the line: MassTransit's R-RETRY and R-FAULT know a message, and no order.
            var about = lines.Where(line => string.Concat(line.EnumerateObject().Where(property => property.Name != "@x").Select(property => property.Value.ToString() + ' ')) is var text && (text.Contains(saga, StringComparison.Ordinal) || text.Contains(order, StringComparison.Ordinal))).ToArray();
            Assert.True(about.Length >= (id == "denied" ? 1 : 3), $"{about.Length} lines about {id}");
            Assert.All(about, line => Assert.True(Text(line, "IntentId") == id, line.GetRawText()));
            // Before it is accepted there is no order.
            var accepted = about.SkipWhile(line => !Text(line, "@m")!.StartsWith("Accepted", StringComparison.Ordinal)).ToArray();
            Assert.True(id == "denied" || accepted.Length >= 3, $"{accepted.Length} lines since {id} was accepted, of\n{string.Join('\n', about)}");
            Assert.All(accepted, line => Assert.StartsWith(order, Text(line, "ClientOrderId") ?? $"none: {line}", StringComparison.Ordinal));
        }
        Assert.Contains(lines, line => Text(line, "IntentId") == "filled" && Text(line, "Status") == "FILLED");
        Assert.Contains(lines, line => Text(line, "IntentId") == "unknown" && Text(line, "@l") == "Warning");
    }

    // The last one may be half written.
    JsonElement[] Lines() => [.. router.Output.Split('\n')[..^1].Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];

    static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.ToString() : null;

    static JsonObject Intent(string id, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }
}
