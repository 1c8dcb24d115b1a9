using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Chimera.S4.Router.Tests.Venues.Rig;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>How it comes back, and how one connection relieves another.</summary>
public sealed partial class A_user_stream
{
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

    /// <summary>Whole, and told that its venue is about to shut down.</summary>
    async Task<(StubSocket Socket, DateTimeOffset? Since)> AboutToShutDown()
    {
        var socket = await Spot();
        await Accept(socket);
        await sink.Next();
        await Until(() => rig.Spot.StreamReconciledSince is not null);
        var since = rig.Spot.StreamReconciledSince;
        await socket.Send("""{"e":"serverShutdown","E":1763800000000}""");
        return (socket, since);
    }

    [Fact]
    public async Task Is_relieved_without_a_gap_when_the_venue_is_about_to_shut_down()
    {
        var (old, since) = await AboutToShutDown();
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
        var (old, since) = await AboutToShutDown();
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
}
