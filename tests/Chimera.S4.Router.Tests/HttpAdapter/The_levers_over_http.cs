using System.Text;
using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_levers_over_http
{
    const string Trade = "trade-key-01234567==", Ops = "ops-key-0123456789";
    static readonly (string, string) Keys = ("S4_API_KEYS", $"trade={Trade},ops={Ops}");
    static readonly FakeRouter Deaf = new() { OnResolve = _ => throw new InvalidOperationException("the router must not hear of it"), OnCancelAll = _ => throw new InvalidOperationException("the router must not hear of it") };

    [Theory]
    [InlineData("ABSENT", null)]
    [InlineData("8389765", "8389765")]
    public async Task Resolve_an_intent_by_the_evidence_that_an_operator_confirms(string evidence, string? orderId)
    {
        ResolveIntent? heard = null;
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnResolve = context =>
            {
                heard = context.Message;
                return context.RespondAsync(new ResolveReply { HttpStatus = 200, Result = new() { IntentId = "a/b", Placements = [new() { ClientOrderId = "s4a", Outcome = "SENT_AGAIN" }] } });
            },
        }, Keys);

        var answer = await adapter.Post("/ops/intents/a%2Fb/resolve", $$"""{"evidence":"{{evidence}}","confirm":true,"reason":"not in history"}""", ("X-API-Key", Ops));

        Assert.Equal((200, "SENT_AGAIN"), (answer.Status, answer.Json.GetProperty("placements")[0].GetProperty("outcome").GetString()));
        Assert.Equal(("a/b", orderId, "not in history"), (heard!.IntentId, heard.OrderId, heard.Reason));
        Assert.Matches("^ops [0-9a-f]{8}$", heard.By);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(503)]
    public async Task Say_why_the_router_refuses(int status)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnResolve = context => context.RespondAsync(new ResolveReply { HttpStatus = status, Result = new() { IntentId = "i1", Code = "NOT_IN_REVIEW", Message = "no placement of it needs review" } }),
        });

        var answer = await adapter.Post("/ops/intents/i1/resolve", """{"evidence":"ABSENT","confirm":true,"reason":"r"}""");

        Assert.Equal((status, "NOT_IN_REVIEW", "no placement of it needs review"), (answer.Status, answer["code"], answer["detail"]));
        Assert.Equal(status == 503, answer.RetryAfter is not null);
    }

    [Fact]
    public async Task End_everything_that_is_alive_and_tell_how_much_that_is()
    {
        CancelAll? heard = null;
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnCancelAll = context =>
            {
                heard = context.Message;
                return context.RespondAsync(new CancelAllProgress { RequestId = Guid.NewGuid(), Asked = 7, Ended = 2 });
            },
        }, Keys);

        var answer = await adapter.Post("/ops/cancel-all", """{"market":"FUT","symbol":"BTCUSDT","confirm":true,"reason":"delisting"}""", ("X-API-Key", Ops));

        Assert.Equal((200, "7", "2"), (answer.Status, answer["asked"], answer["ended"]));
        Assert.Equal(("FUT", "BTCUSDT", "delisting"), (heard!.Market, heard.Symbol, heard.Reason));
        Assert.Matches("^ops [0-9a-f]{8}$", heard.By);
    }

    [Theory]
    [InlineData("/ops/intents/i1/resolve", """{"evidence":"ABSENT","confirm":true,"reason":"r"}""")]
    [InlineData("/ops/cancel-all", """{"confirm":true,"reason":"r"}""")]
    public async Task Are_nobody_elses_to_pull(string path, string body)
    {
        await using var adapter = await AdapterHost.Start(Deaf, Keys);

        Assert.Equal(403, (await adapter.Post(path, body, ("X-API-Key", Trade))).Status);
        Assert.Equal(401, (await adapter.Post(path, body)).Status);
    }

    [Theory]
    [InlineData("PUT", "/ops/kill-switch", "\"state\":\"ON\"")]
    [InlineData("POST", "/ops/cancel-all", "\"confirm\":true")]
    [InlineData("POST", "/ops/intents/i1/resolve", "\"confirm\":true,\"evidence\":\"ABSENT\"")]
    public async Task Want_a_reason_that_the_record_has_room_for(string method, string path, string asked)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnKillSwitch = context => context.RespondAsync(new GatesView { KillSwitch = "ON", Breakers = [] }),
            OnCancelAll = context => context.RespondAsync(new CancelAllProgress()),
            OnResolve = context => context.RespondAsync(new ResolveReply { HttpStatus = 200, Result = new() { IntentId = "i1", Placements = [] } }),
        });

        foreach (var length in (int[])[0, 1, 200, 201])
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = new StringContent($$$"""{{{{asked}}},"reason":"{{{new string('r', length)}}}"}""", Encoding.UTF8, "application/json") };
            var answer = await adapter.Send(request);
            if (length is 1 or 200) Assert.Equal(200, answer.Status);
            else Assert.Equal((400, "reason", "1–200 characters, for the record"), (answer.Status, answer["field"], answer["allowed"]));
        }
    }

    [Theory]
    [InlineData("/ops/intents/i1/resolve", """{"evidence":"ABSENT","reason":"r"}""", 422, null)]
    [InlineData("/ops/intents/i1/resolve", """{"evidence":"ABSENT","confirm":false,"reason":"r"}""", 422, null)]
    [InlineData("/ops/intents/i1/resolve", """{"confirm":true,"reason":"r"}""", 400, "evidence")]
    [InlineData("/ops/intents/i1/resolve", """{"evidence":"ABSENT","confirm":true}""", 400, "reason")]
    [InlineData("/ops/cancel-all", """{"reason":"r"}""", 422, null)]
    [InlineData("/ops/cancel-all", """{"confirm":true}""", 400, "reason")]
    [InlineData("/ops/cancel-all", """{"confirm":true,"reason":"r","market":"MARGIN"}""", 400, "market")]
    [InlineData("/ops/cancel-all", """{"confirm":true,"reason":"r","symbol":""}""", 400, "symbol")]
    [InlineData("/ops/cancel-all", """{"confirm":true,"reason":"r","flatten":"yes"}""", 400, "flatten")]
    public async Task Are_not_pulled_by_half_a_word(string path, string body, int status, string? field)
    {
        await using var adapter = await AdapterHost.Start(Deaf);

        var answer = await adapter.Post(path, body);

        Assert.Equal(status, answer.Status);
        if (field is null) Assert.Equal("NOT_CONFIRMED", answer["code"]);
        else Assert.Equal(field, answer["field"]);
    }
}
