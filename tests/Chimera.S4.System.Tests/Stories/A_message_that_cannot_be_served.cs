using System.Text;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using StackExchange.Redis;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_message_that_cannot_be_served
{
    const string ErrorQueue = "s4-intents_error";

    [Fact]
    public Task Goes_to_the_error_queue_with_a_readable_reason_and_the_next_one_is_served() => World.Service(async world =>
    {
        var rows = new (string What, string Type, string Body, string Reason)[]
        {
            ("raw, not JSON", "application/json", "{\"intent_id\": oops", "not JSON"),
            ("raw, a JSON array", "application/json", "[1,2]", "not an object"),
            ("raw, no intent_id", "application/json", """{"market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"1"}""", "intent_id"),
            ("raw, intent_id of 65 characters", "application/json", $$"""{"intent_id":"{{new string('x', 65)}}","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"1"}""", "intent_id"),
            ("raw, a quantity that is no number", "application/json", """{"intent_id":"bad-qty","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"many"}""", "decimal"),
            ("envelope, no intent_id", "application/vnd.masstransit+json", """{"messageId":"8a8e2b30-0000-0000-0000-000000000001","messageType":["urn:message:order-intent"],"message":{"market":"SPOT"}}""", "intent_id"),
            ("envelope, broken", "application/vnd.masstransit+json", """{"messageType":["urn:message:order-intent"],"message":""", "JSON"),
        };
        var served = new List<string>();
        foreach (var (what, type, body, reason) in rows)
        {
            await world.Bus.PublishBytes("order-intent", Encoding.UTF8.GetBytes(body), type);
            var next = $"next-{served.Count}";
            await world.Bus.Publish(new JsonObject { ["intent_id"] = next, ["market"] = "SPOT", ["symbol"] = "ETHUSDT", ["side"] = "BUY", ["qty"] = "0.1" }, served.Count % 2 == 0 ? Form.Raw : Form.Envelope);
            served.Add(next);
            await Until.True($"the intent after '{what}' is filled", async () => (await world.Result(next))?.Text("status") == "FILLED");

            Delivery? failed = null;
            await Until.True($"'{what}' is in the error queue", async () => (await world.FailedMessages()).Count > 0 && (failed = await world.Bus.Take(ErrorQueue)) is not null);
            Assert.Equal(body, failed!.Body);
            Assert.True(failed.Headers.GetValueOrDefault("MT-Fault-Message")?.Contains(reason, StringComparison.OrdinalIgnoreCase) == true,
                $"{what}: expected a reason with '{reason}', headers are {string.Join("; ", failed.Headers.Where(header => !header.Key.Contains("Stack", StringComparison.Ordinal)))}");
        }
        await world.AllWitnessesAgree(served);
        Assert.Empty(await world.FailedMessages());
    });

    [Fact]
    public Task Because_its_order_is_damaged_goes_to_the_error_queue_and_stops_nobody_else_not_even_at_a_start() => World.Service(async world =>
    {
        JsonObject Order(string id, string qty) => new() { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = qty };
        var resting = Order("damaged", "0.01");
        (resting["type"], resting["price"]) = ("LIMIT", "80000");
        await world.Bus.Publish(resting, Form.Raw);
        await Until.True("it rests", async () => (await world.Result("damaged"))?.Text("status") == "NEW");
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(world.Redis!.Address))
        {
            // Else a commit under way would write it anew.
            await Until.True("nothing is under way", async () => await redis.GetDatabase().SortedSetLengthAsync("s4:outbox") == 0);
            var document = redis.GetServer(world.Redis.Address).Keys(pattern: "s4:order:*").Single();
            await redis.GetDatabase().HashSetAsync(document, "d", "{ damaged");
        }

        await world.Bus.Cancel(new JsonObject { ["intent_id"] = "damaged" }, Form.Raw);
        await Until.True("its cancel is in the error queue", async () => (await world.FailedMessages()).Count > 0 && await world.Bus.Take("s4-orders_error") is { } failed
            && failed.Headers.GetValueOrDefault("MT-Fault-Message")?.Contains("invalid", StringComparison.OrdinalIgnoreCase) == true);
        await world.Bus.Publish(Order("another", "0.02"), Form.Raw);
        await Until.True("another intent is filled", async () => (await world.Result("another"))?.Text("status") == "FILLED");

        world.Router.Kill();
        await world.Router.Start();
        await world.Bus.Publish(Order("after-the-start", "0.03"), Form.Raw);
        await Until.True("an intent after a start is filled", async () => (await world.Result("after-the-start"))?.Text("status") == "FILLED");
    });

    [Fact]
    public Task Is_denied_where_it_has_expired() => World.Service(async world =>
    {
        JsonObject Stale(string id) => new() { ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["qty"] = "0.01", ["expires_at"] = "2026-01-01T00:00:00Z" };
        await world.Bus.Publish(Stale("stale-raw"), Form.Raw);
        await world.Bus.Publish(Stale("stale-envelope"), Form.Envelope);
        await world.AllWitnessesAgree(["stale-raw", "stale-envelope"]);
        Assert.All(await RestOrders.Read(world.Rest), order => Assert.Equal(("REJECTED", "INTENT_EXPIRED"), (order.Status, order.Code)));
        Assert.Empty((await Ledger.Read(world.Venue)).Orders);
        Assert.Empty(await world.FailedMessages());
    });
}
