using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What S11 tells of orders becomes a curve by which both replicas decide; what makes orders dearer is taken back. Days pass by hand: the document says of itself which it has seen.</summary>
[Trait("Category", "Services")]
public sealed class Curves_on_two_replicas : IDisposable
{
    const string Key = "router:curves:BTCUSDT", Waiting = """{"market":"SPOT","notional_from":"0","spread_bps_from":"0","depth_from":"0","value":1000}""";
    static readonly int[] Waits = [0, 100, 250, 500, 1000, 2000, 3000];

    readonly string folder = Directory.CreateTempSubdirectory("s4-tca-").FullName;
    readonly Random random = new(5);

    string Source => Path.Combine(folder, "tca.jsonl");

    [Fact]
    public async Task Are_learnt_from_what_came_of_orders_and_taken_back_when_they_cost_more()
    {
        Tell(rev: 4, waitMs: 500, dearer: 0);
        await Deployment.Run(new() { ["S4_TCA_SOURCE"] = Source, ["S4_RECALIBRATE_AT"] = "00:00" }, async world =>
        {
            var redis = new RedisCli(world.Redis.Port);
            // The job of either: without any curve it begins with what was in force.
            await InForce(world, "1");

            Assert.Equal("OK", redis.Ask("SET", Key, """{"rev":4,"maker_wait_ms":[{"notional_from":"0","value":500}],"learning":{"calibrated_on":"2026-01-01","shadow_wait_ms":[""" + Waiting + "]}}"));
            Assert.Contains("BTCUSDT  revision 4 → 5", await Verb(world), StringComparison.Ordinal);
            await InForce(world, "5");
            await Trades(world, "by-the-step", rev: 5);

            Tell(rev: 5, waitMs: 1000, dearer: 4);
            var yesterday = JsonNode.Parse(redis.Ask("GET", Key))!;
            yesterday["learning"]!["calibrated_on"] = "2026-01-01";
            Assert.Equal("OK", redis.Ask("SET", Key, yesterday.ToJsonString()));
            Assert.Contains("revision 5 is taken back", await Verb(world, "--dry-run"), StringComparison.Ordinal);
            await InForce(world, "5");
            Assert.Contains("revision 6: revision 5 is taken back", await Verb(world), StringComparison.Ordinal);
            await InForce(world, "6");
            await Trades(world, "as-before", rev: 6);
            Assert.Equal(500, (int)JsonNode.Parse(redis.Ask("GET", Key))!["maker_wait_ms"]![0]!["value"]!);
        });
    }

    // Each by its own figures: a question for health is answered by whichever replica takes it.
    static async Task InForce(Deployment world, string rev)
    {
        foreach (var replica in world.Rest)
            await Until.Done($"revision {rev} is in force on both", async () =>
            {
                var told = (await replica.Get("/metrics")).Body.Split('\n').SingleOrDefault(line => line.StartsWith("s4_curves_rev{", StringComparison.Ordinal));
                return told?.Split(' ')[1] == rev ? null : $"{told}";
            });
    }

    // Of 1,800: chance has no say in it.
    static async Task Trades(Deployment world, string id, long rev)
    {
        var answer = await world.Rest[0].Post("/orders", new JsonObject
        {
            ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.02", ["exec_policy"] = new JsonObject { ["maker_then_taker"] = new JsonObject() },
        }, 60);
        Assert.True(answer.Status == 200 && answer.Text("status") == "FILLED", answer.ToString());
        // Each replica keeps the record of what it has committed.
        await Until.Done("its orders say by which revision", () => Task.FromResult(world.Routers.SelectMany(router => Other_services.Revisions(router.DatabaseFile, id)).Distinct().ToArray() is [var only] && only == rev ? null : "they do not"));
    }

    /// <summary>The operator's verb, beside the routers that run.</summary>
    async Task<string> Verb(Deployment world, params string[] more)
    {
        var start = new ProcessStartInfo(Executables.Of("Chimera.S4.Router"), ["--recalibrate", .. more]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("S4_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        (start.Environment["S4_REDIS_ADDRESSES"], start.Environment["S4_TCA_SOURCE"], start.Environment["S4_DATA_DIR"]) = (world.Redis.Address, Source, Path.Combine(folder, "data"));
        using var verb = Process.Start(start)!;
        var errors = verb.StandardError.ReadToEndAsync();
        var output = await verb.StandardOutput.ReadToEndAsync();
        await verb.WaitForExitAsync();
        Assert.True(verb.ExitCode == 0, output + await errors);
        return output;
    }

    /// <summary>220 orders that waited as the curve had it, and 700 that waited by chance: a fill comes within two seconds or so, and taking gets dearer slowly.</summary>
    void Tell(long rev, int waitMs, double dearer)
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture);
        File.AppendAllLines(Source, Enumerable.Range(0, 920).Select(i =>
        {
            var (wait, propensity, fillMs) = i < 220 ? (waitMs, 1.0, Fill()) : (Waits[i % Waits.Length], 1.0 / Waits.Length, Fill());
            var cost = random.NextDouble() - 0.5 + dearer + (fillMs <= wait ? 0.5 : 5 + wait / 2000.0);
            var came = fillMs <= wait ? FormattableString.Invariant($"\"made_share\":1,\"made_ms\":{fillMs},\"maker_bps\":{cost}") : FormattableString.Invariant($"\"made_share\":0,\"rested_ms\":{wait},\"taker_bps\":{cost}");
            return FormattableString.Invariant($$"""{"symbol":"BTCUSDT","market":"SPOT","at":"{{at}}","notional":"500","spread_bps":"1","depth":"9000","wait_ms":{{wait}},"propensity":{{propensity}},"rev":{{rev}},{{came}}}""");
        }));
    }

    double Fill() => -2000 * Math.Log(1 - random.NextDouble());

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
