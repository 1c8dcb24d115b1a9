using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What S3, S5, S6 and S11 find in Redis (spec §4.2), read as they read it: by name, with <c>redis-cli</c>, while a router works.</summary>
[Trait("Category", "Services")]
public sealed class Other_services
{
    [Fact]
    public Task Find_what_the_specification_names() => World.Service(async world =>
    {
        var redis = new RedisCli(world.Redis!.Port);
        await world.Rest.Post("/orders", Intent("filled"), 60);

        var idem = $"idem:order:{ClientOrderIds.First("filled")}";
        Assert.Equal(("string", "1"), (redis.Ask("TYPE", idem), redis.Ask("GET", idem)));
        Assert.InRange(int.Parse(redis.Ask("TTL", idem), CultureInfo.InvariantCulture), 86_000, 86_400);

        await world.Rest.Post("/orders", Intent("sliced", ("exec_policy", new JsonObject { ["twap"] = new JsonObject { ["slices"] = 2, ["gap_ms"] = 600_000 } })), 60);
        await Until.True("one slice waits", () => Task.FromResult(redis.Ask("ZCARD", "prod:exec:twap:queue") == "1"));
        var queue = redis.Ask("ZRANGE", "prod:exec:twap:queue", "0", "-1", "WITHSCORES").Split('\n');
        var due = JsonDocument.Parse(queue[0]).RootElement.GetProperty("due_ts").GetInt64();
        Assert.Equal([$$"""{"intent_id":"sliced","symbol":"BTCUSDT","slice":2,"qty":"0.005","due_ts":{{due}}}""", due.ToString(CultureInfo.InvariantCulture)], queue);

        await world.Rest.Post("/orders", Intent("guarded", ("type", "LIMIT"), ("price", "80000"), ("exec_policy", new JsonObject { ["guard_stop"] = new JsonObject { ["enable"] = true, ["sl_px"] = "75000" } })), 0);
        await Until.True("it is guarded", () => Task.FromResult(redis.Ask("EXISTS", "guard:spot:BTCUSDT:guarded") == "1"));
        var guard = redis.Hash("guard:spot:BTCUSDT:guarded");
        Assert.Equal(("1", "75000", true), (guard["armed"], guard["sl_px"], DateTimeOffset.TryParse(guard["armed_at"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)));
        await world.Rest.Post("/cancel", new JsonObject { ["intent_id"] = "guarded" }, 60);
        await Until.True("its guard has gone", () => Task.FromResult(redis.Ask("EXISTS", "guard:spot:BTCUSDT:guarded") == "0"));
    });

    [Fact]
    public Task Read_and_write_what_moves_every_replica() => World.Service(async world =>
    {
        var redis = new RedisCli(world.Redis!.Port);
        await world.Rest.Put("/ops/kill-switch", new JsonObject { ["state"] = "ON", ["reason"] = "a story" });
        Assert.Equal("ON", redis.Ask("GET", "router:kill_switch"));
        Assert.Equal(423, (await world.Rest.Post("/orders", Intent("refused"), 5)).Status);
        Assert.Equal("OK", redis.Ask("SET", "router:kill_switch", "OFF"));
        Assert.Equal("KILL_SWITCH", Assert.Single(redis.Streamed("alerts"))["code"]);

        Assert.Equal("OK", redis.Ask("SET", "router:curves:BTCUSDT", """{"rev":7,"maker_wait_ms":[{"notional_from":"0","value":200}],"twap_slices":[{"notional_from":"0","value":2}]}"""));
        await Until.Done("the curves are in force", async () =>
        {
            var rev = (await world.Rest.Get("/health")).Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "route_rev").GetProperty("detail").GetString();
            return rev == "7" ? null : $"route_rev is {rev}";
        });
        var answer = await world.Rest.Post("/orders", Intent("by-curve", ("exec_policy", new JsonObject { ["maker_then_taker"] = new JsonObject() })), 60);
        Assert.Equal((200, "FILLED"), (answer.Status, answer.Text("status")));
        await Until.Done("its orders say by which revision", () => Task.FromResult(Revisions(world.Router.DatabaseFile, "by-curve") is [7, 7] ? null : "they do not"));

        await world.Venue.SetFault(new JsonObject { ["kind"] = "reject-503B", ["venue"] = "SPOT", ["path"] = "/api/v3/order" });
        for (var sent = 0; sent < 40 && redis.Ask("GET", "router:cb:state") != "OPEN"; sent++) await world.Rest.Post("/orders", Intent($"failing-{sent}"), 1);
        Assert.Equal("OPEN", redis.Ask("GET", "router:cb:state"));
        var stats = redis.Hash("router:cb:stats");
        Assert.Equal("OPEN", stats["SPOT:state"]);
        Assert.Equal(decimal.Round(decimal.Parse(stats["SPOT:failures"], CultureInfo.InvariantCulture) / decimal.Parse(stats["SPOT:answers"], CultureInfo.InvariantCulture), 4), decimal.Parse(stats["SPOT:rate"], CultureInfo.InvariantCulture));
        Assert.Contains(redis.Streamed("alerts"), alert => alert["code"] == "BREAKER_OPEN");
    });

    /// <summary><c>rcu_rev</c> of every order of an intent: the maker, and the one that took.</summary>
    internal static long[] Revisions(string file, string intentId)
    {
        using var database = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        database.Open();
        using var query = database.CreateCommand();
        query.CommandText = "SELECT rcu_rev FROM orders WHERE intent_id = $id";
        query.Parameters.AddWithValue("$id", intentId);
        using var rows = query.ExecuteReader();
        var revisions = new List<long>();
        while (rows.Read()) revisions.Add(rows.GetInt64(0));
        return [.. revisions];
    }

    /// <summary>The commands of infra/docs/results.md, as they stand there.</summary>
    [Fact]
    public Task Read_results_as_a_group() => World.Service(async world =>
    {
        var redis = new RedisCli(world.Redis!.Port);
        await world.Rest.Post("/orders", Intent("filled"), 60);
        await Until.True("its end is told", () => Task.FromResult(redis.Ask("XRANGE", "ord:results", "-", "+").Contains("FILLED", StringComparison.Ordinal)));
        var lines = int.Parse(redis.Ask("XLEN", "ord:results"), CultureInfo.InvariantCulture);
        var line = redis.Ask("XRANGE", "ord:results", "-", "+").Split('\n');
        Assert.Equal(["result_id", "intent_id", "seq", "status", "filled_qty", "avg_price", "slippage_bps", "code", "ts"], line.Skip(1).Take(18).Where((_, i) => i % 2 == 0));

        var commands = File.ReadLines(Path.Combine(Executables.Root, "infra", "docs", "results.md")).Where(text => text.StartsWith("redis-cli ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(6, commands.Length);
        string Run(int command) => redis.Shell(commands[command].Split('#')[0].Replace(" ID", $" {line[0]}", StringComparison.Ordinal));
        Assert.Equal("OK", Run(0));
        Assert.Contains("filled", Run(1));
        Assert.StartsWith($"{lines}\n", Run(2));
        Assert.Contains(line[0], Run(3));
        Assert.DoesNotContain("ERR", Run(4));
        Assert.Equal("1", Run(5));
        Assert.StartsWith($"{lines - 1}\n", Run(2) + "\n");
    });

    static JsonObject Intent(string id, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }
}
