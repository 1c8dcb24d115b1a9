using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class A_watch_over_a_stream
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    readonly StreamWatch watch;

    public A_watch_over_a_stream()
    {
        watch = new(new ServerClock(time), time);
        watch.Begin();
        time.Advance(TimeSpan.FromSeconds(1));
    }

    VenueOrderState Order(string progress, DateTimeOffset? at = null)
    {
        var words = progress.Split(' ');
        return new()
        {
            Symbol = "BTCUSDT", ClientOrderId = "r", VenueOrderId = words[0], Status = Enum.Parse<VenueStatus>(words[1]), CumQty = new(decimal.Parse(words[2])), Time = at ?? time.GetUtcNow(),
        };
    }

    bool IsOverdueIn(double seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        return watch.Overdue is not null;
    }

    [Fact]
    public void Waits_two_seconds_for_what_REST_told()
    {
        watch.Told(Order("1 New 0"));
        Assert.False(IsOverdueIn(1.9));
        Assert.True(IsOverdueIn(0.1));
    }

    [Theory]
    [InlineData("1 New 0             | 1 New 0             | kept up")]
    [InlineData("1 New 0             | 1 Filled 3          | kept up    it is ahead")]
    [InlineData("1 PartiallyFilled 1 | 1 New 0             | deaf")]
    [InlineData("1 PartiallyFilled 2 | 1 PartiallyFilled 1 | deaf")]
    [InlineData("1 Canceled 1        | 1 PartiallyFilled 1 | deaf")]
    [InlineData("1 Canceled 0        | 1 Expired 0         | kept up    an end is an end")]
    [InlineData("1 Canceled 1        | 1 Canceled 0        | deaf")]
    [InlineData("1 New 0             | 2 New 0             | deaf       another order")]
    public void Compares_what_was_told_with_what_was_heard_in_either_order(string row)
    {
        var (told, heard, deaf) = (row.Split('|')[0].Trim(), row.Split('|')[1].Trim(), row.Split('|')[2].Contains("deaf", StringComparison.Ordinal));
        watch.Told(Order(told));
        watch.Heard(Order(heard));
        Assert.Equal(deaf, IsOverdueIn(2));

        var other = new StreamWatch(new ServerClock(time), time);
        other.Begin();
        time.Advance(TimeSpan.FromSeconds(1));
        other.Heard(Order(heard));
        other.Told(Order(told));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(deaf, other.Overdue is not null);
    }

    [Fact]
    public void Counts_from_the_first_thing_told_and_awaits_the_last()
    {
        watch.Told(Order("1 New 0"));
        time.Advance(TimeSpan.FromSeconds(1));
        watch.Told(Order("1 Canceled 0"));
        watch.Heard(Order("1 New 0"));
        Assert.True(IsOverdueIn(1));
    }

    [Fact]
    public void Expects_nothing_of_what_happened_before_the_connection()
    {
        watch.Told(Order("1 PartiallyFilled 1", time.GetUtcNow().AddMinutes(-1)));
        Assert.False(IsOverdueIn(3));
        Assert.Equal([("BTCUSDT", "1")], watch.Alive);
        watch.Told(Order("1 PartiallyFilled 2"));
        Assert.True(IsOverdueIn(2));
    }

    [Fact]
    public void Knows_what_is_alive()
    {
        watch.Heard(Order("1 New 0"));
        watch.Heard(Order("2 New 0"));
        watch.Heard(Order("1 Canceled 0"));
        watch.Heard(Order("1 New 0"));
        Assert.Equal([("BTCUSDT", "2")], watch.Alive);
    }

    [Fact]
    public void Forgets_with_the_last_connection_and_not_before()
    {
        watch.Heard(Order("2 New 0"));
        watch.Told(Order("1 New 0"));
        watch.Begin();
        watch.End();
        Assert.True(IsOverdueIn(2));
        watch.End();
        Assert.Null(watch.Overdue);
        Assert.Empty(watch.Alive);
        watch.Told(Order("3 New 0"));
        Assert.False(IsOverdueIn(3));
    }
}
