using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class A_venues_clock
{
    static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    readonly FakeTimeProvider time = new(Start);

    /// <summary>The venue is <paramref name="ahead"/> of the router and answers half way through the round trip.</summary>
    Func<CancellationToken, Task<DateTimeOffset?>> Venue(TimeSpan ahead, params int[] roundTripsMs)
    {
        var asked = 0;
        return _ =>
        {
            var half = TimeSpan.FromMilliseconds(roundTripsMs[asked++] / 2.0);
            time.Advance(half);
            DateTimeOffset? shown = time.GetUtcNow() + ahead;
            time.Advance(half);
            return Task.FromResult(shown);
        };
    }

    [Fact]
    public void Is_the_routers_until_the_venue_was_asked() => Assert.Equal(Start, new ServerClock(time).Now);

    [Fact]
    public async Task Is_late_by_half_a_round_trip_and_never_early()
    {
        var clock = new ServerClock(time);
        Assert.True(await clock.Sync(Venue(TimeSpan.FromDays(5), 80), default));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromDays(5) - TimeSpan.FromMilliseconds(40), clock.Now);
    }

    [Fact]
    public async Task Ages_by_the_monotonic_clock()
    {
        var clock = new ServerClock(time);
        await clock.Sync(Venue(TimeSpan.Zero, 0), default);
        var before = clock.Now;
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.FromMinutes(15), clock.Now - before);
    }

    [Fact]
    public async Task Believes_the_quickest_of_three_slow_answers()
    {
        var clock = new ServerClock(time);
        await clock.Sync(Venue(TimeSpan.FromSeconds(7), 900, 300, 600), default);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(7) - TimeSpan.FromMilliseconds(150), clock.Now);
    }

    [Fact]
    public async Task Keeps_its_reading_when_the_venue_does_not_answer()
    {
        var clock = new ServerClock(time);
        await clock.Sync(Venue(TimeSpan.FromHours(1), 0), default);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await clock.Sync(_ => Task.FromResult<DateTimeOffset?>(null), default));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(1), clock.Now);
    }

    [Theory]
    [InlineData("SPOT", -1021)]
    [InlineData("FUT", -1021)]
    [InlineData("FUT", -5028)]
    public async Task Is_set_anew_when_the_venue_refuses_a_time_stamp(string market, int code)
    {
        var serverTime = TimeProvider.System.GetUtcNow().AddDays(-3).ToUnixTimeMilliseconds();
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(stub.Rest);
        stub.Answer = request => request.Path.EndsWith("/time", StringComparison.Ordinal) ? (200, $$"""{"serverTime":{{serverTime}}}""") : (400, Samples.Error(code, "Timestamp"));
        await rig.Venue(market).Place(rig.Venue(market).Sign(Rig.Placement(market)), default);
        Assert.InRange(rig.Venue(market).Sign(Rig.Placement(market)).Timestamp.ToUnixTimeMilliseconds(), serverTime, serverTime + 10_000);
        var other = market is "SPOT" ? rig.FuturesApi : rig.SpotApi;
        Assert.True(other.Clock.IsInDoubt, "each venue has its own clock");
    }
}
