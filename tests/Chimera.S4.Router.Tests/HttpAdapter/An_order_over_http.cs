using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class An_order_over_http
{
    const string Market = """{"intent_id":"a/1","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.015"}""";

    [Theory]
    [InlineData(200, "FILLED")]
    [InlineData(200, "REJECTED")]
    [InlineData(202, "NEW")]
    public async Task Answers_with_the_result_that_the_router_gives(int status, string word)
    {
        await using var adapter = await AdapterHost.Start(Replying(status, new OrderResult { IntentId = "a/1", Status = word, FilledQty = 0.0150m, AvgPrice = 95000.10m }));

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((status, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal($$"""{"intent_id":"a/1","status":"{{word}}","final":false,"filled_qty":"0.015","avg_price":"95000.1"}""", answer.Json.GetRawText());
        Assert.Equal(status == 202 ? "/orders/a%2F1" : null, answer.Location);
    }

    [Theory]
    [InlineData(400, "QTY_BELOW_STEP")]
    [InlineData(409, "INTENT_ID_REUSED")]
    [InlineData(422, "BELOW_MIN_NOTIONAL")]
    [InlineData(423, "KILL_SWITCH")]
    [InlineData(503, "BREAKER_OPEN")]
    public async Task Answers_a_denial_as_a_problem_with_its_code_and_the_whole_result(int status, string code)
    {
        var denied = new OrderResult { IntentId = "a/1", Status = "REJECTED", Final = true, Code = code, RejectedBy = "ROUTER", Message = "qty 0.1 is below 0.5" };
        await using var adapter = await AdapterHost.Start(Replying(status, denied, status == 503 ? TimeSpan.FromSeconds(6.2) : null));

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal((code, "qty 0.1 is below 0.5", "a/1", "REJECTED"), (answer["code"], answer["detail"], answer["intent_id"], answer.Json.GetProperty("result").GetProperty("status").GetString()));
        Assert.Equal($"urn:chimera:s4:problem:{code.ToLowerInvariant().Replace('_', '-')}", answer["type"]);
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(7) : null, answer.RetryAfter);
    }

    [Fact]
    public async Task Reaches_the_router_whole_with_its_unknown_fields()
    {
        var seen = new TaskCompletionSource<OrderIntent>();
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnIntent = context => { seen.TrySetResult(context.Message); return Filled(context); } });

        var answer = await adapter.Post("/orders", """
            {"intent":{"intent_id":"n1"},"market":"FUT","symbol":"ETHUSDT","side":"SELL","qty":0.10000000000000001,"price":"2950.10","reduce_onyl":true,
             "exec_policy":{"maker_then_taker":{"wait_ms":0,"min_fill_ratio":"0.5"}},"post_fill_actions":{"take_profit":[{"trigger_px":"2900","qty":null}]}}
            """);

        Assert.Equal(200, answer.Status);
        var intent = await seen.Task;
        Assert.Equal(("n1", 0.10000000000000001m, 2950.1m, 0.5m), (intent.Intent!.IntentId, intent.Qty, intent.Price, intent.ExecPolicy!.MakerThenTaker!.MinFillRatio));
        Assert.Equal(2900m, Assert.Single(intent.PostFillActions!.TakeProfit!).TriggerPx);
        Assert.Equal("reduce_onyl", Assert.Single(intent.Unknown!).Key);
    }

    [Theory]
    [InlineData(null, ReplyHeaders.Answer)]
    [InlineData("wait=5", ReplyHeaders.Answer)]
    [InlineData("wait=0", ReplyHeaders.Accepted)]
    public async Task Asks_for_the_reply_at_acceptance_when_the_caller_does_not_want_to_wait(string? prefer, string when)
    {
        var asked = new TaskCompletionSource<string?>();
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnIntent = context => { asked.TrySetResult(context.Headers.Get<string>(ReplyHeaders.When)); return Filled(context); } });

        var answer = await adapter.Post("/orders", Market, prefer is null ? [] : [("Prefer", prefer)]);

        Assert.Equal(200, answer.Status);
        Assert.Equal(when, await asked.Task);
    }

    [Fact]
    public async Task Never_expires_on_its_way()
    {
        var expires = new TaskCompletionSource<DateTime?>();
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnIntent = context => { expires.TrySetResult(context.ExpirationTime); return Filled(context); } });

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal(200, answer.Status);
        Assert.Null(await expires.Task);
    }

    [Fact]
    public async Task Answers_202_with_the_state_so_far_when_the_wait_is_over()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnGet = context => context.RespondAsync(FakeRouter.View(context.Message.IntentId, "PARTIALLY_FILLED")) }, options => options.WaitMargin = TimeSpan.FromMilliseconds(100));

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((202, "/orders/a%2F1", "PARTIALLY_FILLED", "a/1"), (answer.Status, answer.Location, answer["status"], answer["intent_id"]));
    }

    [Fact]
    public async Task Answers_202_at_once_when_the_process_is_told_to_stop()
    {
        var asked = new TaskCompletionSource();
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnIntent = _ => { asked.TrySetResult(); return Task.CompletedTask; }, OnGet = context => context.RespondAsync(FakeRouter.View(context.Message.IntentId, "NEW")),
        });

        var answer = adapter.Post("/orders", Market, ("Prefer", "wait=60"));
        await asked.Task;
        adapter.TellToStop();

        var told = await answer.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((202, "NEW"), (told.Status, told["status"]));
    }

    [Fact]
    public async Task Is_acknowledged_on_the_in_memory_bus_only_once_it_is_committed()
    {
        var reads = 0;
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnGet = context => Interlocked.Increment(ref reads) < 3
                ? context.RespondAsync(new IntentNotFound { IntentId = context.Message.IntentId })
                : context.RespondAsync(FakeRouter.View(context.Message.IntentId, "NEW")),
        }, options => options.WaitMargin = TimeSpan.FromMilliseconds(100));

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((202, "NEW", 3), (answer.Status, answer["status"], reads));
    }

    [Fact]
    public async Task Is_answered_503_when_nothing_has_committed_it()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter(), options => options.WaitMargin = options.CommitBound = TimeSpan.FromMilliseconds(100));

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((503, "NOT_COMMITTED", "a/1", TimeSpan.FromSeconds(1)), (answer.Status, answer["code"], answer["intent_id"], answer.RetryAfter));
    }

    [Theory]
    [InlineData("""{"market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"1"}""", "intent_id is absent; allowed: 1–64 printable ASCII characters.")]
    [InlineData("""{"intent_id":"","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"1"}""", "intent_id is ; allowed: 1–64 printable ASCII characters.")]
    [InlineData("""{"intent":{"intent_id":"é"},"market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"1"}""", "intent_id is é; allowed: 1–64 printable ASCII characters.")]
    public async Task Is_refused_at_once_without_an_id_to_answer_under(string body, string detail)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnIntent = _ => throw new InvalidOperationException("nothing may be sent") });

        var answer = await adapter.Post("/orders", body);

        Assert.Equal((400, "INTENT_ID_INVALID", detail), (answer.Status, answer["code"], answer["detail"]));
    }

    [Fact]
    public async Task Is_answered_503_when_the_router_gives_it_up()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnIntent = _ => throw new InvalidOperationException("secret detail") });

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((503, "ROUTER_FAILED"), (answer.Status, answer["code"]));
        Assert.DoesNotContain("secret detail", answer.Json.GetRawText());
    }

    [Fact]
    public async Task Is_answered_503_when_the_broker_does_not_take_it()
    {
        await using var adapter = await AdapterHost.StartWithoutBroker();

        var answer = await adapter.Post("/orders", Market);

        Assert.Equal((503, "application/problem+json", "NO_ANSWER", TimeSpan.FromSeconds(1)), (answer.Status, answer.MediaType, answer["code"], answer.RetryAfter));
    }

    [Fact]
    public async Task Sent_five_times_at_once_is_answered_five_times()
    {
        var asked = new ConcurrentBag<Guid?>();
        var all = new TaskCompletionSource();
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnIntent = async context =>
            {
                asked.Add(context.RequestId);
                if (asked.Count == 5) all.SetResult();
                await all.Task;     // nobody is answered before everybody has asked
                await Filled(context);
            },
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => adapter.Post("/orders", Market, ("Prefer", "wait=5"))));

        Assert.All(answers, answer => Assert.Equal((200, "FILLED"), (answer.Status, answer["status"])));
        Assert.Single(answers.Select(answer => answer.Json.GetRawText()).Distinct());
        Assert.Equal(5, asked.Distinct().Count());
    }

    static FakeRouter Replying(int status, OrderResult result, TimeSpan? retryAfter = null) => new()
    {
        OnIntent = context => context.RespondAsync(new IntentReply { Result = result, HttpStatus = status, RetryAfter = retryAfter }),
    };

    static Task Filled(ConsumeContext<OrderIntent> context) =>
        context.RespondAsync(new IntentReply { Result = FakeRouter.Result(context.Message.IntentId ?? context.Message.Intent!.IntentId!, "FILLED", final: true), HttpStatus = 200 });
}
