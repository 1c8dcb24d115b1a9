using System.Text.Json;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using StackExchange.Redis;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class The_same_intent
{
    static JsonObject Intent(string id, string qty = "0.02") => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = qty };

    [Fact]
    public Task Sent_five_times_at_once_over_bus_and_rest_is_one_order_and_five_equal_answers() => World.Service(async world =>
    {
        var replies = await world.Bus.ReplyQueue("replies");
        var ids = Enumerable.Range(1, 60).Select(number => $"again-{number}").ToArray();
        foreach (var id in ids)
        {
            var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
            var rest = new[] { world.Rest.Post("/orders", Intent(id), 60), world.AdapterRest!.Post("/orders", Intent(id), 60), world.Rest.Post("/orders", Intent(id), 60) };
            await Task.WhenAll(world.Bus.Publish(Intent(id), Form.Envelope, replies, first), world.Bus.Publish(Intent(id), Form.Raw, replies, second));

            var answers = (await Task.WhenAll(rest)).Select(answer => Same(answer.Json)).ToList();
            for (var reply = 0; reply < 2; reply++) answers.Add(Same((await Reply(world, "replies")).GetProperty("result")));
            Assert.True(answers.Distinct().Count() == 1, $"{id}: {string.Join("\n", answers)}");
            Assert.Contains("FILLED", answers[0], StringComparison.Ordinal);
        }
        await world.AllWitnessesAgree(ids);
        Assert.Equal(ids.Length, (await Ledger.Read(world.Venue)).Orders.Count);
    });

    [Fact]
    public Task With_other_content_is_refused_and_trades_nothing() => World.Embedded(async world =>
    {
        var first = await world.Rest.Post("/orders", Intent("reused"), 60);
        Assert.True(first.Status == 200, first.ToString());

        var other = await world.Rest.Post("/orders", Intent("reused", qty: "0.03"), 60);
        Assert.True((other.Status, other.Text("code")) == (409, "INTENT_ID_REUSED"), other.ToString());
        var again = await world.Rest.Post("/orders", Intent("reused"), 60);
        Assert.Equal(Same(first.Json), Same(again.Json));
        // 0.020 is the same content as 0.02; so is the nested id of the specification.
        var nested = Intent("reused", qty: "0.020");
        nested.Remove("intent_id");
        nested["intent"] = new JsonObject { ["intent_id"] = "reused" };
        Assert.Equal(Same(first.Json), Same((await world.Rest.Post("/orders", nested, 60)).Json));

        Assert.Single((await Ledger.Read(world.Venue)).Orders);
    });

    [Fact]
    public Task Replayed_after_its_end_a_restart_and_on_another_way_gets_the_same_answer_and_trades_nothing() => World.Service(async world =>
    {
        var ended = Intent("replayed");
        ended["expires_at"] = "2100-01-01T00:00:00Z";
        var first = await world.Rest.Post("/orders", ended, 60);
        Assert.True((first.Status, first.Text("status")) == (200, "FILLED"), first.ToString());
        var denied = Intent("denied-at-once", qty: "0.000001");
        var no = await world.Rest.Post("/orders", denied, 60);
        Assert.True(no.Status == 400, no.ToString());
        // A tombstone that is about to lapse, not one that has just been written: a week is over but for a minute.
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(world.Redis!.Address))
            foreach (var key in redis.GetServer(world.Redis.Address).Keys(pattern: "s4:order:*").ToArray())
                Assert.True(await redis.GetDatabase().KeyTimeToLiveAsync(key) is { } left && left > TimeSpan.FromDays(6) && await redis.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMinutes(10)), $"{key} has no tombstone's life");
        world.Router.Kill();
        await world.Router.Start();

        foreach (var rest in new[] { world.Rest, world.AdapterRest! })
        {
            Assert.Equal(Same(first.Json), Same((await rest.Post("/orders", ended.DeepClone(), 60)).Json));
            Assert.Equal((no.Status, no.Text("code")), ((await rest.Post("/orders", denied.DeepClone(), 60)) is var again ? again.Status : 0, again.Text("code")));
        }
        await world.AllWitnessesAgree(["replayed", "denied-at-once"]);
        Assert.Single((await Ledger.Read(world.Venue)).Orders);
    });

    static async Task<JsonElement> Reply(World world, string queue)
    {
        Delivery? reply = null;
        await Until.True("a reply comes", async () => (reply = await world.Bus.Take(queue)) is not null);
        return JsonDocument.Parse(reply!.Body).RootElement.GetProperty("message");
    }

    /// <summary>Fields by name, so that only content counts. Nulls are fields that are absent.</summary>
    static string Same(JsonElement result) => string.Join(' ', result.EnumerateObject().Where(field => field.Value.ValueKind is not JsonValueKind.Null).OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}={field.Value}"));
}
