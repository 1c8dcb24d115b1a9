using System.Collections.Concurrent;
using System.Threading.Channels;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Chimera.S4.Router.Tests.Venues.Rig;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Notes what the stream hands over, in order; each hand-over can be held up.</summary>
sealed class NotingSink : IUserStreamSink
{
    readonly Channel<string> notes = Channel.CreateUnbounded<string>();

    public Func<Task> OnReconcile { get; set; } = () => Task.CompletedTask;
    public Func<VenueOrderState, Task> OnHeard { get; set; } = _ => Task.CompletedTask;

    public async Task Heard(Market market, VenueOrderState order, CancellationToken cancel)
    {
        await OnHeard(order);
        notes.Writer.TryWrite($"{order.ClientOrderId} {order.VenueOrderId} {order.Status} {order.CumQty}");
    }

    public Task Heard(Market market, AlgoOrderState algo, CancellationToken cancel)
    {
        notes.Writer.TryWrite($"{algo.ClientAlgoId} {algo.AlgoId} {algo.Status} {algo.ChildOrderId}");
        return Task.CompletedTask;
    }

    public Task Flat(Predicate<string> isFlat, DateTimeOffset seenAt, CancellationToken cancel)
    {
        if (isFlat("BTCUSDT")) FlatSeen.Enqueue(seenAt);
        return Task.CompletedTask;
    }

    public ConcurrentQueue<DateTimeOffset> FlatSeen { get; } = new();

    public async Task Reconcile(Market market, CancellationToken cancel)
    {
        await OnReconcile();
        notes.Writer.TryWrite("reconcile");
    }

    public async Task<string> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await notes.Reader.ReadAsync(patience.Token);
    }
}

public sealed class A_user_stream : IAsyncLifetime
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

    [Theory]
    [InlineData("cut")]
    [InlineData("""{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1763800000000}}""")]
    [InlineData("""{"subscriptionId":0,"event":{"e":"executionReport","s":"BTCUSDT"}}""")]
    [InlineData("not JSON")]
    public async Task Comes_back_reconciled_after(string end)
    {
        var socket = await Spot();
        await Accept(socket);
        Assert.Equal("reconcile", await sink.Next());
        await Until(() => rig.Spot.StreamReconciledSince is not null);
        if (end is "cut") socket.Cut();
        else await socket.Send(end);
        await Until(() => rig.Spot.StreamReconciledSince is null);
        socket.Cut();
        var next = await Spot();
        await Accept(next);
        Assert.Equal("reconcile", await sink.Next());
        await next.Send(Samples.SpotFill);
        Assert.Equal("r-01 28 PartiallyFilled 0.004", await sink.Next());
        Assert.NotNull(rig.Spot.StreamReconciledSince);
    }

    [Fact]
    public async Task Hands_on_what_it_heard_before_the_connection_broke()
    {
        var taken = new TaskCompletionSource();
        sink.OnHeard = _ => taken.Task;
        var socket = await Spot();
        await Accept(socket);
        await sink.Next();
        await socket.Send(Samples.SpotFill);
        await socket.Send(Samples.SpotFill.Replace("\"i\":28", "\"i\":29"));
        await socket.Send("""{"e":"eventStreamTerminated"}""");
        await Until(() => rig.Spot.StreamReconciledSince is null);
        taken.SetResult();
        Assert.Equal(["r-01 28 PartiallyFilled 0.004", "r-01 29 PartiallyFilled 0.004"], [await sink.Next(), await sink.Next()]);
    }

    [Fact]
    public async Task Is_relieved_without_a_gap_when_the_venue_is_about_to_shut_down()
    {
        var old = await Spot();
        await Accept(old);
        await sink.Next();
        await Until(() => rig.Spot.StreamReconciledSince is not null);
        var since = rig.Spot.StreamReconciledSince;
        await old.Send("""{"e":"serverShutdown","E":1763800000000}""");
        var next = await Spot();
        await old.Send(Samples.SpotFill);
        Assert.Equal("r-01 28 PartiallyFilled 0.004", await sink.Next());
        Assert.Equal(since, rig.Spot.StreamReconciledSince);
        await Accept(next);
        Assert.Equal("reconcile", await sink.Next());
        await Until(() => old.IsClosedByPeer);
        await next.Send(Samples.SpotFill.Replace("\"i\":28", "\"i\":29"));
        Assert.Equal("r-01 29 PartiallyFilled 0.004", await sink.Next());
        Assert.Equal(since, rig.Spot.StreamReconciledSince);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_relieved_without_a_gap_an_hour_before_the_venue_would_cut_it_off(string market)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        rig.Dispose();
        // The clock leaps while a request is under way: that must not count as a time-out.
        rig = new(stub.Rest, stub.Ws, time, options => options.HttpTimeout = TimeSpan.FromDays(2));
        var old = await Connect();
        Assert.Equal("reconcile", await sink.Next());
        await Until(() => rig.Venue(market).StreamReconciledSince is not null);
        var since = rig.Venue(market).StreamReconciledSince;
        time.Advance(TimeSpan.FromHours(22.9));
        await old.Send(Fill(1));
        Assert.Equal(Note(1), await sink.Next());
        Assert.False(old.IsClosedByPeer);
        time.Advance(TimeSpan.FromHours(0.2));
        var next = await Connect();
        Assert.Equal("reconcile", await sink.Next());
        await Until(() => old.IsClosedByPeer);
        await next.Send(Fill(2));
        Assert.Equal(Note(2), await sink.Next());
        Assert.Equal(since, rig.Venue(market).StreamReconciledSince);

        async Task<StubSocket> Connect()
        {
            if (market is "FUT") return await Futures();
            var socket = await Spot();
            await Accept(socket);
            return socket;
        }

        string Fill(int id) => market is "SPOT" ? Samples.SpotFill.Replace("\"i\":28", $"\"i\":{id}") : Samples.FuturesFill.Replace("22542179", $"{id}");
        string Note(int id) => market is "SPOT" ? $"r-01 {id} PartiallyFilled 0.004" : $"f-01 {id} Filled 0.01";
    }

    [Fact]
    public async Task Is_kept_while_its_relief_does_not_come_about()
    {
        var old = await Spot();
        await Accept(old);
        await sink.Next();
        await Until(() => rig.Spot.StreamReconciledSince is not null);
        var since = rig.Spot.StreamReconciledSince;
        await old.Send("""{"e":"serverShutdown","E":1763800000000}""");
        (await Spot()).Cut();
        var third = await Spot();
        Assert.Equal(since, rig.Spot.StreamReconciledSince);
        await Accept(third);
        await Until(() => old.IsClosedByPeer);
        Assert.Equal(since, rig.Spot.StreamReconciledSince);
    }

    [Fact]
    public async Task Tries_again_when_the_subscription_is_refused_or_reconciliation_fails()
    {
        var refused = await Spot();
        await refused.Send("""{"id":"subscribe","status":400,"error":{"code":-1022,"msg":"Signature for this request is not valid."},"rateLimits":[]}""");
        var fails = 1;
        sink.OnReconcile = () => fails-- > 0 ? throw new InvalidOperationException("the store is away") : Task.CompletedTask;
        refused.Cut();
        await Accept(await Spot());
        await Accept(await Spot());
        Assert.Equal("reconcile", await sink.Next());
    }

    [Fact]
    public async Task On_futures_connects_with_a_listen_key_and_reports_fills_and_positions()
    {
        var socket = await Futures();
        Assert.Equal("/private/ws/key1", socket.Address);
        Assert.Equal("reconcile", await sink.Next());
        await socket.Send(Samples.FuturesAlgo);
        await socket.Send("""{"e":"TRADE_LITE","E":1}""");
        await socket.Send(Samples.FuturesAccountEvent);
        await socket.Send(Samples.FuturesFill);
        Assert.Equal("sl-01 2146760 Triggered 974828356187", await sink.Next());
        Assert.Equal("f-01 22542179 Filled 0.01", await sink.Next());
        Assert.Equal((2.5m, 0m), (rig.Facts.Position("ETHUSDT"), rig.Facts.Position("DOGEUSDT")));
        var sent = stub.Requests.Single(request => request.Path.EndsWith("listenKey", StringComparison.Ordinal));
        Assert.Equal(("the-key", "", ""), (sent.Key, sent.Query, sent.Body));
    }

    [Fact]
    public async Task On_futures_tells_an_algo_orders_child_under_the_algo_orders_id_even_what_came_before_it_was_known()
    {
        var child = Samples.FuturesFill.Replace("\"i\":22542179", "\"i\":974828356187").Replace("\"ot\":\"LIMIT\"", "\"ot\":\"STOP_MARKET\"");
        var socket = await Futures();
        await sink.Next();
        await socket.Send(child.Replace("\"X\":\"FILLED\"", "\"X\":\"PARTIALLY_FILLED\"").Replace("\"z\":\"0.010\"", "\"z\":\"0.004\""));
        await socket.Send(Samples.FuturesAlgo);
        await socket.Send(Samples.FuturesAlgo.Replace("TRIGGERED", "FINISHED"));
        await socket.Send(child);
        Assert.Equal("f-01 974828356187 PartiallyFilled 0.004", await sink.Next());
        Assert.Equal("sl-01 2146760 Triggered 974828356187", await sink.Next());
        Assert.Equal("sl-01 974828356187 PartiallyFilled 0.004", await sink.Next());
        Assert.Equal("sl-01 2146760 Finished 974828356187", await sink.Next());
        Assert.Equal("sl-01 974828356187 Filled 0.01", await sink.Next());
    }

    /// <summary>A sight says nothing of a stop that was placed about then: two seconds later the positions are read, and what is flat is told once more.</summary>
    [Fact]
    public async Task On_futures_looks_again_at_what_it_has_told_to_be_flat()
    {
        var socket = await Futures();
        await sink.Next();
        await Gateway.Eventually.True(() => sink.FlatSeen.Count == 2);                       // after its start
        await socket.Send(Samples.FuturesAccountEvent.Replace("-0.010", "0"));
        await Gateway.Eventually.True(() => sink.FlatSeen.Count == 4);
        var told = sink.FlatSeen.ToArray();
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1763800000500), told[2]);
        Assert.True(told[1] > told[0] && told[3] > told[1], string.Join(' ', told));
        Assert.Equal(3, stub.Requests.Count(request => request.Path.EndsWith("positionRisk", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task On_futures_makes_a_new_key_when_the_old_one_expired()
    {
        var socket = await Futures();
        await sink.Next();
        await socket.Send("""{"e":"listenKeyExpired","E":1763800000000,"listenKey":"key1"}""");
        socket.Cut();
        Assert.Equal("/private/ws/key2", (await Futures()).Address);
        Assert.Equal("reconcile", await sink.Next());
        Assert.DoesNotContain(stub.Requests, request => request.Method is "DELETE");
    }

    [Fact]
    public async Task On_futures_extends_its_key_every_30_minutes_and_gives_up_when_it_is_gone()
    {
        var time = new FakeTimeProvider();
        // The clock leaps while a request is under way: that must not count as a time-out.
        using var fake = new Rig(stub.Rest, stub.Ws, time, options => options.HttpTimeout = TimeSpan.FromDays(1));
        var puts = 0;
        stub.Answer = request => request.ToString() is "PUT /fapi/v1/listenKey" && ++puts < 3 ? (200, "{}") : (400, Samples.Error(-1125, "This listenKey does not exist."));
        var keeping = new FuturesUserStream(fake.FuturesApi).KeepAlive(default);
        var last = time.GetUtcNow();
        for (var expected = 1; expected <= 3; expected++)
        {
            await Until(() =>
            {
                if (puts < expected) time.Advance(TimeSpan.FromMinutes(1));
                return puts == expected;
            });
            Assert.True(time.GetUtcNow() - last >= TimeSpan.FromMinutes(30), "not before its time");
            last = time.GetUtcNow();
        }
        Assert.Contains("-1125", (await Assert.ThrowsAsync<VenueRefusal>(() => keeping)).Message, StringComparison.Ordinal);
    }
}

public class A_streams_health
{
    readonly FakeTimeProvider time = new();

    [Fact]
    public void Is_not_whole_while_an_event_waits_too_long_and_is_again_once_it_is_taken()
    {
        var health = new StreamHealth(time);
        var connection = health.Begin();
        health.Reconciled(connection);
        var since = health.ReconciledSince;
        health.Waiting(connection, time.GetTimestamp());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(since, health.ReconciledSince);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(health.ReconciledSince);
        health.Waiting(connection, null);
        Assert.Equal(since, health.ReconciledSince);
    }

    [Fact]
    public void Goes_on_where_one_connection_takes_over_from_another_and_not_across_a_gap()
    {
        var health = new StreamHealth(time);
        var old = health.Begin();
        health.Reconciled(old);
        var since = health.ReconciledSince;
        time.Advance(TimeSpan.FromHours(23));
        var next = health.Begin();
        Assert.Equal(since, health.ReconciledSince);
        health.Reconciled(next);
        health.End(old);
        Assert.Equal(since, health.ReconciledSince);
        health.End(next);
        Assert.Null(health.ReconciledSince);
        health.Reconciled(health.Begin());
        Assert.Equal(time.GetUtcNow(), health.ReconciledSince);
    }

    [Fact]
    public void Does_not_believe_a_connection_that_has_ended()
    {
        var health = new StreamHealth(time);
        var old = health.Begin();
        health.End(old);
        health.Reconciled(old);
        Assert.Null(health.ReconciledSince);
        var next = health.Begin();
        health.Reconciled(next);
        health.End(old);
        Assert.NotNull(health.ReconciledSince);
    }
}
