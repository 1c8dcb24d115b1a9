using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Chimera.S4.Router.Tests.Venues.Rig;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>What is its own on futures: listen keys, positions, algo orders.</summary>
public sealed partial class A_user_stream
{
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
