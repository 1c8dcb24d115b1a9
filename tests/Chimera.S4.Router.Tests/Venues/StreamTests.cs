using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Logging;
using Xunit;
using static Chimera.S4.Router.Tests.Venues.Rig;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>A user stream on a venue of the test: what it hears and hands on.</summary>
public sealed partial class A_user_stream : IAsyncLifetime
{
    readonly NotingSink sink = new();
    readonly NotingLog log = new();
    StubVenue stub = null!;
    Rig rig = null!;
    UserStream? stream;
    int keys;

    public async Task InitializeAsync()
    {
        stub = await StubVenue.Start();
        stub.Answer = request => request.ToString() switch
        {
            "GET /api/v3/time" or "GET /fapi/v1/time" => (200, $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}"""),
            "GET /api/v3/account" => (200, """{"balances":[{"asset":"BTC","free":"1.00","locked":"0"},{"asset":"USDT","free":"5000","locked":"0"}]}"""),
            "GET /fapi/v3/positionRisk" => (200, """[{"symbol":"ETHUSDT","positionSide":"BOTH","positionAmt":"2.5"}]"""),
            "POST /fapi/v1/listenKey" => (200, $$"""{"listenKey":"key{{++keys}}"}"""),
            "PUT /fapi/v1/listenKey" => (200, "{}"),
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

    async Task<StubSocket> Spot()
    {
        if (stream is null) await (stream = rig.SpotStream(sink, log)).StartAsync(default);
        var socket = await stub.NextSocket();
        await socket.Receive();
        return socket;
    }

    async Task<StubSocket> Futures()
    {
        if (stream is null) await (stream = rig.FuturesStream(sink, log)).StartAsync(default);
        return await stub.NextSocket();
    }

    static Task Accept(StubSocket socket) => socket.Send("""{"id":"subscribe","status":200,"result":{"subscriptionId":0},"rateLimits":[]}""");

    [Fact]
    public async Task On_spot_subscribes_with_a_signature_over_sorted_parameters()
    {
        await (stream = rig.SpotStream(sink)).StartAsync(default);
        var socket = await stub.NextSocket();
        Assert.Equal("/ws-api/v3", socket.Address);
        var hello = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await socket.Receive());
        Assert.Equal("userDataStream.subscribe.signature", hello.GetProperty("method").GetString());
        var given = hello.GetProperty("params");
        var text = $"apiKey=the-key&recvWindow={given.GetProperty("recvWindow")}&timestamp={given.GetProperty("timestamp")}";
        Assert.Equal(new RequestSigner("the-secret").Sign(text), given.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task Reconciles_before_it_hands_on_what_it_heard_meanwhile_and_only_then_is_whole()
    {
        var reconciled = new TaskCompletionSource();
        var reconciling = new TaskCompletionSource();
        var taken = new TaskCompletionSource();
        sink.OnReconcile = () => { reconciling.SetResult(); return reconciled.Task; };
        sink.OnHeard = _ => taken.Task;
        var socket = await Spot();
        await Accept(socket);
        await reconciling.Task;
        await socket.Send(Samples.SpotFill);
        await socket.Send(Samples.SpotAccountEvent.Replace("1763800000130", TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds().ToString()));
        Assert.Null(rig.Spot.StreamReconciledSince);
        reconciled.SetResult();
        Assert.Equal("reconcile", await sink.Next());
        taken.SetResult();
        Assert.Equal("r-01 28 PartiallyFilled 0.004", await sink.Next());
        await Until(() => rig.Spot.StreamReconciledSince is not null);
        await Until(() => rig.Facts.FreeBalance("BTC") == 1.25m);
        Assert.Equal((5000m, 0m), (rig.Facts.FreeBalance("USDT"), rig.Facts.FreeBalance("DOGE")));
    }

    [Fact]
    public async Task Hears_events_that_overtake_the_answer_to_the_subscription()
    {
        var socket = await Spot();
        await socket.Send(Samples.SpotFill);
        await Accept(socket);
        Assert.Equal("reconcile", await sink.Next());
        Assert.Equal("r-01 28 PartiallyFilled 0.004", await sink.Next());
    }

    [Fact]
    public async Task Names_a_canceled_order_by_its_own_id_however_events_are_ordered()
    {
        var socket = await Spot();
        await Accept(socket);
        await sink.Next();
        await socket.Send(Samples.SpotCanceled);
        Assert.Equal("r-01 28 Canceled 0.004", await sink.Next());
        await socket.Send(Samples.SpotFill);
        Assert.Equal("r-01 28 PartiallyFilled 0.004", await sink.Next());
        // Another key canceled: its event says only the new id, and the venue's id tells whose it is.
        await socket.Send(Samples.SpotCanceled.Replace("\"C\":\"r-01\"", "\"C\":\"\"").Replace("r-01-c1", "web_77"));
        Assert.Equal("r-01 28 Canceled 0.004", await sink.Next());
    }

    [Fact]
    public async Task Passes_over_what_it_does_not_know()
    {
        var socket = await Spot();
        await Accept(socket);
        await sink.Next();
        await socket.Send("""{"subscriptionId":0,"event":{"e":"moonPhase","E":1}}""");
        await socket.Send("""[1,2,3]""");
        await socket.Send(Samples.SpotFill.Replace("\"V\":\"NONE\"", "\"V\":\"NONE\",\"zz\":{\"deep\":[1]}"));
        Assert.Equal("r-01 28 PartiallyFilled 0.004", await sink.Next());
    }

    [Theory]
    [InlineData("SPOT", """{"e":"listStatus","E":1,"s":"BTCUSDT","g":2,"c":"OCO","l":"EXEC_STARTED","L":"EXECUTING","r":"NONE","C":"list","T":1,"O":[{"s":"BTCUSDT","i":3,"c":"tp"}]}""")]
    [InlineData("FUT", """{"e":"ACCOUNT_CONFIG_UPDATE","E":1,"T":1,"ac":{"s":"BTCUSDT","l":25}}""")]
    public async Task Counts_what_it_has_no_use_for_and_keeps_it_as_it_came(string market, string known)
    {
        using var counts = new NotedCounts();
        var strange = $$"""{"e":"moonPhase{{market}}","E":1,"phase":"FULL"}""";
        var socket = market is "SPOT" ? await Spot() : await Futures();
        if (market is "SPOT") await Accept(socket);
        await sink.Next();
        foreach (var @event in new[] { known, strange, strange }) await socket.Send(market is "SPOT" ? $$"""{"subscriptionId":0,"event":{{@event}}}""" : @event);
        await socket.Send(market is "SPOT" ? Samples.SpotFill : Samples.FuturesFill);
        await sink.Next();
        Assert.Contains(("s4.venue.events_passed_over", known.Split('"')[3]), counts.All);
        Assert.Equal(2, counts.All.Count(count => count == ("s4.venue.unknown_words", $"moonPhase{market}")));
        Assert.Equal([LogLevel.Debug], log.Of(known));
        Assert.Equal([LogLevel.Warning, LogLevel.Debug], log.Of(strange));
    }

    [Fact]
    public async Task Does_not_advance_until_an_event_is_taken()
    {
        var tries = 0;
        sink.OnHeard = order => order.VenueOrderId is "28" && ++tries < 3 ? throw new InvalidOperationException("the bus is away") : Task.CompletedTask;
        var socket = await Spot();
        await Accept(socket);
        await sink.Next();
        await socket.Send(Samples.SpotFill);
        await socket.Send(Samples.SpotFill.Replace("\"i\":28", "\"i\":29"));
        Assert.Equal(["r-01 28 PartiallyFilled 0.004", "r-01 29 PartiallyFilled 0.004"], [await sink.Next(), await sink.Next()]);
        Assert.Equal(3, tries);
    }
}
