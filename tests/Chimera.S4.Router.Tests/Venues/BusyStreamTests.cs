using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Xunit;
using static Chimera.S4.Router.Tests.Venues.Rig;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>More comes than one confirm after the other could take.</summary>
public sealed class A_busy_user_stream : IAsyncLifetime
{
    readonly NotingSink sink = new();
    readonly NotingLog log = new();
    StubVenue stub = null!;
    Rig rig = null!;
    UserStream? stream;

    public async Task InitializeAsync()
    {
        stub = await StubVenue.Start();
        stub.Answer = request => request.ToString() switch
        {
            "GET /api/v3/time" => (200, $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}"""),
            "GET /api/v3/account" => (200, """{"balances":[{"asset":"USDT","free":"5000","locked":"0"}]}"""),
            _ => (404, ""),
        };
        rig = new(stub.Rest, stub.Ws);
    }

    public async Task DisposeAsync()
    {
        if (stream is not null) await stream.StopAsync(default);
        rig.Dispose();
        await stub.DisposeAsync();
    }

    [Fact]
    public async Task Hands_orders_on_side_by_side_and_tells_in_one_what_came_of_one_meanwhile()
    {
        var (first, held, all) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var others = 0;
        sink.OnHeard = order =>
        {
            if (order.ClientOrderId == "s4-0")
            {
                first.TrySetResult();
                return held.Task;
            }
            if (Interlocked.Increment(ref others) == 4) all.SetResult();
            return all.Task;
        };
        await (stream = rig.SpotStream(sink, log)).StartAsync(default);
        var socket = await stub.NextSocket();
        await socket.Receive();
        await socket.Send("""{"id":"subscribe","status":200,"result":{"subscriptionId":0},"rateLimits":[]}""");
        Assert.Equal("reconcile", await sink.Next());

        // One is on its way; behind it four orders wait, each with two events, and balances between them.
        await socket.Send(Told("s4-0", "NEW", "0"));
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        foreach (var id in new[] { "s4-1", "s4-2", "s4-3", "s4-4" })
            foreach (var message in new[] { Told(id, "NEW", "0"), Samples.SpotAccountEvent, Told(id, "FILLED", "0.01000000") }) await socket.Send(message);
        const string last = """{"e":"moonPhase","E":1}""";
        await socket.Send($$"""{"subscriptionId":0,"event":{{last}}}""");
        await Until(() => log.Of(last).Length > 0);           // all of it has been read
        Assert.Equal(0, others);
        held.SetResult();
        Assert.Equal("s4-0 0 New 0", await sink.Next());

        // Only when all four are on their way does any of them arrive: one after the other they never would.
        var told = new[] { await sink.Next(), await sink.Next(), await sink.Next(), await sink.Next() };
        Assert.Equal(["s4-1 1 Filled 0.01", "s4-2 2 Filled 0.01", "s4-3 3 Filled 0.01", "s4-4 4 Filled 0.01"], told.Order());
        Assert.Equal(4, others);
    }

    static string Told(string id, string status, string filled) => Samples.SpotFill.Replace("\"c\":\"r-01\"", $"\"c\":\"{id}\"").Replace("\"i\":28", $"\"i\":{id[^1]}").Replace("PARTIALLY_FILLED", status).Replace("\"z\":\"0.00400000\"", $"\"z\":\"{filled}\"");
}
