using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class Reads_over_http
{
    [Theory]
    [InlineData("i1")]
    [InlineData("a/1")]
    [InlineData("a%2F1 ?#ü")]
    public async Task Find_an_intent_by_its_exact_id(string id)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnGet = context => context.RespondAsync(FakeRouter.View(context.Message.IntentId, "NEW")) });

        var answer = await adapter.Get($"/orders/{Uri.EscapeDataString(id)}");

        Assert.Equal((200, id), (answer.Status, answer.Json.GetProperty("intent").GetProperty("intent_id").GetString()));
        Assert.Equal("ACCEPTED", answer.Json.GetProperty("timeline")[0].GetProperty("what").GetString());
    }

    [Theory]
    [InlineData("i1")]
    [InlineData("a/1 ?#ü")]
    public async Task Find_its_chart_by_the_same_id(string id)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnChart = context => context.RespondAsync(new IntentChart { IntentId = context.Message.IntentId, Mids = [new() { At = DateTimeOffset.UnixEpoch, Mid = 100.50m }], Orders = [], Fills = [], Slices = [] }),
        });

        var answer = await adapter.Get($"/orders/{Uri.EscapeDataString(id)}/chart");

        Assert.Equal((200, id, "100.5"), (answer.Status, answer["intent_id"], answer.Json.GetProperty("mids")[0].GetProperty("mid").GetString()));
    }

    [Fact]
    public async Task Say_404_for_an_unknown_intent()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter());

        var answer = await adapter.Get("/orders/nobody");

        Assert.Equal((404, "application/problem+json", "INTENT_NOT_FOUND", "nobody"), (answer.Status, answer.MediaType, answer["code"], answer["intent_id"]));
    }

    [Fact]
    public async Task Pass_every_filter_on()
    {
        var asked = new TaskCompletionSource<ListIntents>();
        await using var adapter = await AdapterHost.Start(new FakeRouter
        {
            OnList = context => { asked.TrySetResult(context.Message); return context.RespondAsync(new IntentPage { Items = [FakeRouter.Summary("i1", "NEW")], NextCursor = "c2" }); },
        });

        var answer = await adapter.Get("/orders?state=NEW&symbol=BTCUSDT&market=SPOT&since=2026-01-31T12:00:00.5%2B08:00&limit=500&cursor=c1");

        Assert.Equal((200, "c2", "0.015"), (answer.Status, answer["next_cursor"], answer.Json.GetProperty("items")[0].GetProperty("qty").GetString()));
        var expected = new ListIntents { State = "NEW", Symbol = "BTCUSDT", Market = "SPOT", Since = DateTimeOffset.Parse("2026-01-31T04:00:00.5Z"), Limit = 500, Cursor = "c1" };
        Assert.Equal(expected, (await asked.Task) with { Since = (await asked.Task).Since!.Value.ToUniversalTime() });
    }

    [Fact]
    public async Task Page_through_the_results()
    {
        var asked = new TaskCompletionSource<ListResults>();
        var line = new ResultLine { ResultId = "r1", IntentId = "i1", Seq = 1, Status = "FILLED", FilledQty = 1.50m, Ts = DateTimeOffset.UnixEpoch };
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnResults = context => { asked.TrySetResult(context.Message); return context.RespondAsync(new ResultsPage { Items = [line], NextAfter = "7" }); } });

        var answer = await adapter.Get("/results?after=6&limit=1000");

        Assert.Equal((200, "7", "1.5"), (answer.Status, answer["next_after"], answer.Json.GetProperty("items")[0].GetProperty("filled_qty").GetString()));
        Assert.Equal(new ListResults { After = "6", Limit = 1000 }, await asked.Task);
    }

    [Theory]
    [InlineData("/orders?state=OPEN", "state", "OPEN", "ACCEPTED, NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED, UNKNOWN")]
    [InlineData("/orders?market=spot", "market", "spot", "SPOT, FUT")]
    [InlineData("/orders?symbol=btc-usdt", "symbol", "btc-usdt", "a symbol such as BTCUSDT: 1–40 of A–Z, 0–9 and _")]
    [InlineData("/orders?since=yesterday", "since", "yesterday", "an ISO 8601 time with offset such as 2026-01-31T12:00:00Z (a + in an offset is written %2B)")]
    [InlineData("/orders?limit=501", "limit", "501", "a whole number, 1–500")]
    [InlineData("/orders?limit=0", "limit", "0", "a whole number, 1–500")]
    [InlineData("/orders?cursor=", "cursor", "", "1–256 characters, as the page before gave it")]
    [InlineData("/orders?status=NEW", "status", "NEW", "only state, symbol, market, since, limit, cursor")]
    [InlineData("/orders?state=NEW&state=FILLED", "state", "NEW,FILLED", "given once")]
    [InlineData("/results?limit=1001", "limit", "1001", "a whole number, 1–1000")]
    public async Task Name_a_wrong_parameter_its_value_and_what_is_allowed(string path, string parameter, string value, string allowed)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter());

        var answer = await adapter.Get(path);

        Assert.Equal((400, parameter, value, allowed), (answer.Status, answer["field"], answer["value"], answer["allowed"]));
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/results")]
    public async Task Are_503_when_no_router_answers(string path)
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter(), options => options.ReadBound = TimeSpan.FromMilliseconds(100));

        var answer = await adapter.Get(path);

        Assert.Equal((503, "NO_ANSWER", TimeSpan.FromSeconds(1)), (answer.Status, answer["code"], answer.RetryAfter));
    }
}
