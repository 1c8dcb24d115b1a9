using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

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
