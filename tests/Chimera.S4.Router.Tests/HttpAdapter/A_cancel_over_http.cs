using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class A_cancel_over_http
{
    [Theory]
    [InlineData(200, "CANCELED", null, "application/json")]
    [InlineData(202, "PENDING", null, "application/json")]
    [InlineData(403, "REJECTED", "FOREIGN_ORDER", "application/problem+json")]
    [InlineData(404, "NOT_FOUND", null, "application/problem+json")]
    [InlineData(409, "FILLED", "ALREADY_FILLED", "application/problem+json")]
    [InlineData(422, "REJECTED", "NATIVE_LIST", "application/problem+json")]
    [InlineData(503, "UNKNOWN", "BREAKER_OPEN", "application/problem+json")]
    public async Task Answers_with_what_the_router_replies(int status, string word, string? code, string mediaType)
    {
        var result = new CancelResult { Status = word, Code = code, IntentId = "i1", CanceledIds = ["s4abc"], FilledQty = 0.5m };
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnCancel = context => context.RespondAsync(new CancelReply { Result = result, HttpStatus = status }) });

        var answer = await adapter.Post("/cancel", """{"client_order_id":"s4abc"}""");

        Assert.Equal((status, mediaType), (answer.Status, answer.MediaType));
        var told = status < 400 ? answer.Json : answer.Json.GetProperty("result");
        Assert.Equal((word, "0.5"), (told.GetProperty("status").GetString(), told.GetProperty("filled_qty").GetString()));
        if (status >= 400) Assert.Equal(code ?? word, answer["code"]);
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(1) : null, answer.RetryAfter);
    }

    [Theory]
    [InlineData("""{"intent_id":"i1"}""", "i1", "/orders/i1")]
    [InlineData("""{"client_order_id":"s4abc"}""", null, null)]
    public async Task Is_pending_when_it_is_not_proven_in_time(string body, string? intentId, string? location)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter(), options => options.WaitMargin = TimeSpan.FromMilliseconds(100));

        var answer = await adapter.Post("/cancel", body);

        Assert.Equal((202, "PENDING", location), (answer.Status, answer["status"], answer.Location));
        Assert.Equal(intentId, answer.Json.TryGetProperty("intent_id", out var id) ? id.GetString() : null);
    }

    [Theory]
    [InlineData("""{}""", "intent_id, client_order_id, order_id", "exactly one of them")]
    [InlineData("""{"intent_id":"i1","order_id":"7"}""", "intent_id, client_order_id, order_id", "exactly one of them")]
    [InlineData("""{"intent_id":""}""", "intent_id", "1–64 characters")]
    [InlineData("""{"order_id":"7","symbol":"BTCUSDT"}""", "market", "SPOT or FUT, since order_id repeats between markets")]
    [InlineData("""{"order_id":"7","market":"FUT"}""", "symbol", "a symbol such as BTCUSDT, since order_id repeats between symbols")]
    [InlineData("""{"order_id":"7","market":"MARGIN","symbol":"BTCUSDT"}""", "market", "SPOT or FUT")]
    [InlineData("""{"intent_id":"i1","reason":"Rebalance"}""", "reason", "[A-Z_]{1,32}, such as REBALANCE, RISK, ORPHAN")]
    [InlineData("""{"intent_id":"i1","reason":"RISK\n"}""", "reason", "[A-Z_]{1,32}, such as REBALANCE, RISK, ORPHAN")]
    [InlineData("""{"intent_id":"i1","cascade_oko":false}""", "cascade_oko", "only intent_id, client_order_id, order_id, market, symbol, cascade_oco, reason")]
    [InlineData("""{"order_id":7}""", "order_id", "a JSON string")]
    public async Task That_is_malformed_names_the_field_and_what_is_allowed(string body, string field, string allowed)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnCancel = _ => throw new InvalidOperationException("the router must not hear of it") });

        var answer = await adapter.Post("/cancel", body);

        Assert.Equal((400, field, allowed), (answer.Status, answer["field"], answer["allowed"]));
    }

    [Fact]
    public async Task Comes_with_the_word_who_asked_and_no_faster_than_one_caller_may()
    {
        const string Trade = "trade-key-01234567==", Other = "other-key-01234567==";
        var asked = new List<string?>();
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnCancel = context =>
            {
                asked.Add(context.Headers.Get<string>("S4-By"));
                return context.RespondAsync(new CancelReply { Result = new CancelResult { Status = "CANCELED" }, HttpStatus = 200 });
            },
        }, ("S4_API_KEYS", $"trade={Trade},trade={Other}"), ("S4_HTTP_CANCELS_PER_MINUTE", "2"));
        Task<Answer> Cancel(string key) => adapter.Post("/cancel", """{"intent_id":"i1"}""", ("X-API-Key", key));

        Assert.Equal((200, 200), ((await Cancel(Trade)).Status, (await Cancel(Trade)).Status));
        var third = await Cancel(Trade);

        Assert.Equal((429, "CANCEL_RATE_LIMIT"), (third.Status, third["code"]));
        Assert.InRange(third.RetryAfter!.Value.TotalSeconds, 1, 30);
        Assert.Equal(200, (await Cancel(Other)).Status);
        Assert.Equal(3, asked.Count);
        Assert.All(asked, by => Assert.Matches("^trade [0-9a-f]{8}$", by));
        Assert.NotEqual(asked[0], asked[2]);
    }
}
