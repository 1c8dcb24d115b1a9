using Chimera.S4.Contracts;
using Chimera.S4.HttpAdapter.Live;
using Chimera.S4.Router.Tests.Gateway;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_live_stream
{
    const string Read = "read-key-0123456789";
    volatile IntentSummary[] intents = [];
    volatile bool isSilent;
    volatile int looks;

    FakeRouter Router => new()
    {
        OnList = context =>
        {
            if (context.Message.State is null) Interlocked.Increment(ref looks);
            var matching = intents.Where(row => context.Message.State is not { } state || row.Status == state).OrderByDescending(row => row.CreatedAt).ToArray();
            return isSilent ? Task.CompletedTask : context.RespondAsync(new IntentPage { Items = [.. matching.Take(context.Message.Limit)], NextCursor = matching.Length > context.Message.Limit ? "c" : null });
        },
        OnGet = context => intents.FirstOrDefault(row => row.IntentId == context.Message.IntentId) is { } row
            ? context.RespondAsync(FakeRouter.View(row.IntentId, row.Status) with { Intent = row })
            : context.RespondAsync(new IntentNotFound { IntentId = context.Message.IntentId }),
        OnHealth = context => context.RespondAsync(new HealthReport { Status = "OK", Checks = [new HealthCheck { Name = "redis", Status = "OK" }] }),
    };

    static IntentSummary Row(int number, string status = "NEW") => FakeRouter.Summary($"i{number}", status) with { CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(number) };

    void Becomes(int number, string status) => intents = [.. intents.Select(row => row.IntentId == $"i{number}" ? Row(number, status) with { UpdatedAt = DateTimeOffset.UnixEpoch.AddDays(1) } : row)];

    [Fact]
    public async Task Begins_with_everything_in_pages()
    {
        intents = [.. Enumerable.Range(0, 150).Select(number => Row(number, "FILLED")), Row(150)];
        await using var adapter = await AdapterHost.Start(Router);
        await using var stream = await WatchedStream.Open(adapter);

        var all = await stream.Next();

        Assert.Equal((200, "text/event-stream"), (stream.Status, stream.MediaType));
        Assert.Equal(151, all.Of("begin").Single().GetProperty("rows").GetInt32());
        Assert.Equal([100, 51], all.Of("rows").Select(page => page.GetProperty("items").GetArrayLength()));
        Assert.Equal("i150 NEW", all.Rows[0]);
        Assert.Equal(151, all.Rows.Distinct().Count());
        Assert.Equal(["alerts", "gates", "health", "queues", "router", "window"], all.Events.Select(told => told.Event).Except(["begin", "rows"]).Order());
    }

    [Fact]
    public async Task Then_tells_only_what_changes()
    {
        intents = [Row(1), Row(2), Row(3)];
        await using var adapter = await AdapterHost.Start(Router);
        await using var stream = await WatchedStream.Open(adapter);
        await stream.Next();

        Becomes(2, "PARTIALLY_FILLED");
        var changed = await stream.Next();

        Assert.False(changed.IsAll);
        Assert.Equal(["i2 PARTIALLY_FILLED"], changed.Rows);
        Assert.Equal(["rows"], changed.Events.Select(told => told.Event));
    }

    [Fact]
    public async Task Goes_on_from_the_position_that_a_watcher_comes_back_with()
    {
        intents = [Row(1), Row(2), Row(3)];
        await using var adapter = await AdapterHost.Start(Router);
        string position;
        await using (var before = await WatchedStream.Open(adapter)) position = (await before.Next()).Position;
        Becomes(1, "CANCELED");
        intents = [.. intents.Where(row => row.IntentId != "i3"), Row(4)];

        await using var after = await WatchedStream.Open(adapter, position);
        var missed = await after.Next();

        Assert.False(missed.IsAll);
        Assert.Equal(["i1 CANCELED", "i4 NEW"], missed.Rows.Order());
        Assert.Equal(["i3"], missed.Gone);
    }

    [Theory]
    [InlineData("00000000-1")]
    [InlineData("nonsense")]
    public async Task Begins_anew_where_the_position_is_not_one_of_its_own(string position)
    {
        intents = [Row(1)];
        await using var adapter = await AdapterHost.Start(Router);
        await using var stream = await WatchedStream.Open(adapter, position);

        Assert.True((await stream.Next()).IsAll);
    }

    [Fact]
    public async Task Shows_how_an_old_open_intent_ended_instead_of_letting_it_vanish()
    {
        intents = [Row(0), .. Enumerable.Range(1, LiveLook.Newest).Select(number => Row(number, "FILLED"))];
        await using var adapter = await AdapterHost.Start(Router);
        await using var stream = await WatchedStream.Open(adapter);
        var all = await stream.Next();
        Assert.Contains("i0 NEW", all.Rows);
        Assert.True(all.Of("window").Single().GetProperty("has_older").GetBoolean());

        Becomes(0, "CANCELED");

        var ended = await stream.NextWith("rows", _ => true);
        Assert.Equal(["i0 CANCELED"], ended.Rows);
        Assert.Empty(ended.Gone);
    }

    [Fact]
    public async Task Says_when_the_router_is_silent_and_when_it_is_back()
    {
        intents = [Row(1)];
        isSilent = true;
        await using var adapter = await AdapterHost.Start(Router, options => options.ReadBound = TimeSpan.FromMilliseconds(300));
        await using var stream = await WatchedStream.Open(adapter);

        var silent = (await stream.NextWith("router", _ => true)).Of("router").Last();
        isSilent = false;
        await stream.NextWith("router", router => router.GetProperty("answers").GetBoolean());

        Assert.Equal((false, "NO_ANSWER"), (silent.GetProperty("answers").GetBoolean(), silent.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData(Read, 200)]
    public async Task Is_for_those_who_may_read(string? key, int status)
    {
        await using var adapter = await AdapterHost.Start(Router, ("S4_API_KEYS", $"read={Read}"));
        await using var stream = await WatchedStream.Open(adapter, key: key);

        Assert.Equal(status, stream.Status);
    }

    [Fact]
    public async Task Has_so_many_watchers_at_most_and_one_more_when_one_leaves()
    {
        await using var adapter = await AdapterHost.Start(Router);
        var streams = await Task.WhenAll(Enumerable.Range(0, LiveFeed.MostWatchers).Select(_ => WatchedStream.Open(adapter)));
        Assert.All(streams, stream => Assert.Equal(200, stream.Status));

        var refused = await adapter.Get("/ops/live");
        Assert.Equal((503, "TOO_MANY_WATCHERS", TimeSpan.FromSeconds(10)), (refused.Status, refused["code"], refused.RetryAfter));

        await streams[0].DisposeAsync();
        await Eventually.True(async () =>
        {
            await using var stream = await WatchedStream.Open(adapter);
            return stream.Status == 200;
        });
        foreach (var stream in streams.Skip(1)) await stream.DisposeAsync();
    }

    [Fact]
    public async Task Asks_the_router_nothing_while_nobody_watches()
    {
        await using var adapter = await AdapterHost.Start(Router);
        await using (var stream = await WatchedStream.Open(adapter)) await stream.Next();
        Assert.True(looks > 0);
        // The one who left is noticed by the next write at the latest; then a whole pause passes without a look.
        await Eventually.True(async () =>
        {
            var before = looks;
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            return looks == before;
        });
    }

    [Fact]
    public async Task Does_not_hold_up_a_process_that_is_told_to_stop()
    {
        var adapter = await AdapterHost.Start(Router);
        await using var stream = await WatchedStream.Open(adapter);
        await stream.Next();

        await adapter.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));      // the host itself would wait for 30
    }
}
