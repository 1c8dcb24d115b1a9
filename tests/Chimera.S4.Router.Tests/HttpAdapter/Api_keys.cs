using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class Api_keys
{
    const string Read = "read-key-0123456789", Trade = "trade-key-01234567==", Ops = "ops-key-0123456789";
    static readonly (string, string) Configured = ("S4_API_KEYS", $"read={Read},trade={Trade}, ops={Ops}");

    [Theory]
    [InlineData("GET /orders                  none  -> 401")]
    [InlineData("GET /orders                  wrong -> 401")]
    [InlineData("GET /orders                  read  -> 200")]
    [InlineData("GET /orders                  ops   -> 200")]
    [InlineData("GET /results                 none  -> 401")]
    [InlineData("GET /health                  none  -> 401")]
    [InlineData("GET /health/ready            none  -> 401")]
    [InlineData("GET /health/ready            read  -> 200")]
    [InlineData("GET /health/live             none  -> 200")]
    [InlineData("GET /ops/live                none  -> 401")]
    [InlineData("GET /orders/i1/chart         none  -> 401")]
    [InlineData("GET /openapi/v1.json         none  -> 401")]
    [InlineData("GET /openapi/v1.json         read  -> 200")]
    [InlineData("GET /nowhere                 none  -> 401      what does not exist is nobody's business")]
    [InlineData("POST /orders                 none  -> 401")]
    [InlineData("POST /orders                 read  -> 403")]
    [InlineData("POST /orders                 trade -> 200")]
    [InlineData("POST /orders                 ops   -> 200")]
    [InlineData("POST /cancel                 read  -> 403")]
    [InlineData("POST /cancel                 trade -> 200")]
    public async Task Open_what_their_role_allows(string row)
    {
        var (method, path, key, status) = row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var m, var p, var k, _, var s, ..] ? (m, p, k, int.Parse(s)) : throw new FormatException(row);
        await using var adapter = await AdapterHost.Start(Willing, Configured);
        (string, string)[] header = key switch { "read" => [("X-API-Key", Read)], "trade" => [("X-API-Key", Trade)], "ops" => [("X-API-Key", Ops)], "wrong" => [("X-API-Key", Read + "x")], _ => [] };

        var answer = method == "GET" ? await adapter.Get(path, header) : await adapter.Post(path, """{"intent_id":"i1"}""", header);

        Assert.Equal(status, answer.Status);
        if (status >= 400) Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Theory]
    [InlineData("Bearer " + Read, 200)]
    [InlineData("Bearer " + Read + "x", 401)]
    [InlineData("Basic " + Read, 401)]
    public async Task May_come_as_bearer_tokens_since_monitoring_sends_those(string authorization, int status)
    {
        await using var adapter = await AdapterHost.Start(Willing, Configured);
        Assert.Equal(status, (await adapter.Get("/orders", ("Authorization", authorization))).Status);
    }

    [Fact]
    public async Task Are_not_asked_for_where_none_are_configured()
    {
        await using var adapter = await AdapterHost.Start(Willing);

        Assert.Equal(200, (await adapter.Post("/orders", """{"intent_id":"i1"}""")).Status);
    }

    static FakeRouter Willing => new()
    {
        OnIntent = context => context.RespondAsync(new IntentReply { Result = FakeRouter.Result("i1", "FILLED"), HttpStatus = 200 }),
        OnCancel = context => context.RespondAsync(new CancelReply { Result = new CancelResult { Status = "CANCELED" }, HttpStatus = 200 }),
        OnList = context => context.RespondAsync(new IntentPage { Items = [] }),
    };
}
