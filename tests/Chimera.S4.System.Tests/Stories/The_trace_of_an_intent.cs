using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>What a collector gets over OTLP: one trace for an intent from its publisher to its result, through adapter, broker, saga, effects, exchange and user stream.</summary>
[Trait("Category", "Services")]
public sealed class The_trace_of_an_intent(ITestOutputHelper output)
{
    static async Task Traced(Func<World, Collector, Task> story)
    {
        await using var collector = await Collector.Start();
        await World.Service(world => story(world, collector), ("S4_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("S4_OTLP_PROTOCOL", "http"));
    }

    /// <summary>Its steps, once the one is among them that tells its result.</summary>
    static async Task<IReadOnlyList<Span>> Steps(Collector collector, string intentId, string result)
    {
        Span[] steps = [];
        await Until.Done($"{intentId} is traced until {result}", () =>
        {
            steps = [.. collector.Spans.Where(span => span["intent_id"] == intentId)];
            return Task.FromResult(steps.Any(step => step["result"] == result) ? null : $"{steps.Length} steps, {collector.Spans.Count} spans");
        });
        return steps;
    }

    [Fact]
    public Task Is_one_from_the_request_of_the_adapter_to_the_result() => Traced(async (world, collector) =>
    {
        var answer = await world.AdapterRest!.Post("/orders", Intent("one"), 60);
        Assert.True(answer.Text("status") == "FILLED", answer.ToString());

        var steps = await Steps(collector, "one", "FILLED");
        var trace = Assert.Single(steps.Select(step => step.TraceId).Distinct());
        var placed = Assert.Single(await Ledger.OrdersOf(world.Venue, "one")).ClientOrderId;
        Assert.All(new[] { "effect place", "venue place" }, name => Assert.Equal(placed, Assert.Single(steps, step => step.Name == name)["client_order_id"]));
        await Until.Done("all of it has come", () => Task.FromResult(Missing(collector.Spans.Where(span => span.TraceId == trace).ToArray())));

        var whole = collector.Spans.Where(span => span.TraceId == trace).ToArray();
        // Only the request has no parent, and every other step's parent is there.
        Assert.Equal("s4-http-adapter", Assert.Single(whole, span => span.ParentId is null).Service);
        Assert.All(whole.Where(span => span.ParentId is not null), span => Assert.Contains(whole, parent => parent.SpanId == span.ParentId));
        Assert.Contains(whole, span => span.Name == "stream report" && span["client_order_id"] == placed);
        output.WriteLine(Tree(whole));
        await Until.True("metrics come as well", () => Task.FromResult(collector.Metrics > 0));

        string? Missing(Span[] spans) => spans.FirstOrDefault(span => span.ParentId is { } parent && spans.All(other => other.SpanId != parent)) is { } orphan ? $"the parent of {orphan.Name}" : null;
    });

    [Fact]
    public Task Goes_on_in_the_next_process_when_the_router_is_killed() => Traced(async (world, collector) =>
    {
        await world.Rest.Post("/orders", Intent("resting", ("type", "LIMIT"), ("price", "89000")), 0);
        await Until.True("it rests", async () => await Ledger.OrdersOf(world.Venue, "resting") is [{ Status: "NEW" }]);
        var before = await Steps(collector, "resting", "NEW");
        world.Router.Kill();
        await world.Venue.SetMarket(new JsonObject { ["symbol"] = "BTCUSDT", ["mid"] = "88000" });
        await world.Router.Start();
        var after = await Steps(collector, "resting", "FILLED");
        Assert.Equal(Assert.Single(before.Select(step => step.TraceId).Distinct()), Assert.Single(after.Select(step => step.TraceId).Distinct()));
    });

    [Fact]
    public Task Is_its_publishers_where_a_header_names_one() => Traced(async (world, collector) =>
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        await world.Bus.PublishBytes("order-intent", Encoding.UTF8.GetBytes(Intent("raw").ToJsonString()), "application/json", new() { ["traceparent"] = $"00-{Trace}-b7ad6b7169203331-01" });
        Assert.Equal(Trace, Assert.Single((await Steps(collector, "raw", "FILLED")).Select(step => step.TraceId).Distinct()));
    });

    /// <summary>As the page about finding an intent shows it.</summary>
    static string Tree(IReadOnlyList<Span> spans)
    {
        var (text, begin) = (new StringBuilder(), spans.Min(span => span.Start));
        Below(null, 0);
        return text.ToString();

        void Below(string? parent, int depth)
        {
            foreach (var span in spans.Where(span => span.ParentId == parent).OrderBy(span => span.Start))
            {
                var tags = string.Concat(new[] { "intent_id", "client_order_id", "outcome", "result" }.Select(tag => span[tag] is { } value ? $" {tag}={value}" : ""));
                text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{(span.Start - begin) / 1e6,8:0.0} ms {(span.End - span.Start) / 1e6,7:0.0} ms  {new string(' ', depth * 2)}{span.Service}: {span.Name}{tags}"));
                Below(span.SpanId, depth + 1);
            }
        }
    }

    static JsonObject Intent(string id, params (string Name, JsonNode Value)[] more)
    {
        var intent = new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01" };
        foreach (var (name, value) in more) intent[name] = value;
        return intent;
    }
}
