using System.Text.Json;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_openapi_document
{
    [Fact]
    public async Task Describes_every_endpoint_with_its_statuses()
    {
        var document = await Document();

        var endpoints = from path in document.GetProperty("paths").EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        select $"{operation.Name.ToUpperInvariant()} {path.Name} {string.Join(" ", operation.Value.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order())}";

        Assert.Equal([
            "GET /health 200 401 403 503",
            "GET /health/live 200",
            "GET /ops/alerts 200 400 401 403 503",
            "GET /ops/cancel-all 200 401 403 503",
            "GET /ops/gates 200 401 403 503",
            "GET /ops/live 200 401 403 503",
            "GET /ops/queues 200 401 403 503",
            "GET /ops/reconciliation 200 401 403 503",
            "GET /orders 200 400 401 403 503",
            "GET /orders/{intent_id} 200 401 403 404 503",
            "GET /orders/{intent_id}/chart 200 401 403 404 503",
            "GET /results 200 400 401 403 503",
            "POST /cancel 200 202 400 401 403 404 409 413 415 422 429 503",
            "POST /ops/cancel-all 200 400 401 403 413 415 422 503",
            "POST /ops/intents/{intent_id}/resolve 200 400 401 403 404 409 413 415 422 503",
            "POST /orders 200 202 400 401 403 409 413 415 422 423 503",
            "PUT /ops/kill-switch 200 400 401 403 413 415 503",
        ], endpoints.Order());
    }

    [Fact]
    public async Task Says_what_an_intent_may_hold()
    {
        var intent = (await Document()).GetProperty("components").GetProperty("schemas").GetProperty("OrderIntent");

        Assert.Equal(["intent_id", "market", "symbol", "side", "qty"], intent.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["SPOT", "FUT"], intent.GetProperty("properties").GetProperty("market").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Contains("string", intent.GetProperty("properties").GetProperty("qty").GetProperty("type").GetRawText());
        Assert.Contains("never up", intent.GetProperty("properties").GetProperty("qty").GetProperty("description").GetString());
        Assert.False(intent.GetProperty("properties").TryGetProperty("Unknown", out _));
    }

    [Fact]
    public async Task Shows_orders_that_can_be_sent_as_they_stand()
    {
        var post = (await Document()).GetProperty("paths").GetProperty("/orders").GetProperty("post");

        var examples = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject().ToArray();

        Assert.Equal(3, examples.Length);
        Assert.All(examples, example => Assert.NotNull(example.Value.GetProperty("value").GetProperty("intent_id").GetString()));
        Assert.Contains(post.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "Prefer");
    }

    static async Task<JsonElement> Document()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter());
        return (await adapter.Get("/openapi/v1.json")).Json;
    }
}
