using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Timers;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Timers;

public sealed class Timers_that_are_due : IAsyncLifetime
{
    readonly SqliteBackend backend = new();
    readonly ConcurrentQueue<(Guid? Token, ProbeDue Timer)> heard = new();
    readonly IBusControl bus;
    readonly GatewayRig rig = new();
    readonly Leaving leaving = new();

    public Timers_that_are_due() => bus = Bus.Factory.CreateUsingInMemory(memory => memory.ReceiveEndpoint("s4-orders", endpoint => endpoint.Handler<ProbeDue>(context =>
    {
        heard.Enqueue((context.GetSchedulingTokenId(), context.Message));
        return Task.CompletedTask;
    })));

    public Task InitializeAsync() => bus.StartAsync();

    public async Task DisposeAsync()
    {
        await bus.StopAsync();
        await backend.DisposeAsync();
        await rig.DisposeAsync();
    }

    async Task Deliver(BoundedSends? sends = null) => await new TimerJob(backend.Orders, sends ?? new BoundedSends(() => bus), leaving, rig.Metrics, rig.Bell, NullLogger<TimerJob>.Instance).Execute(null!, Given.Ever);
    async Task Reap() => await new TimerReapJob(backend.Orders, rig.Metrics, TimeProvider.System, NullLogger<TimerReapJob>.Instance).Execute(null!, Given.Ever);
    Task Arm(params NewTimer[] timers) => backend.Orders.Commit(Given.Step(Guid.NewGuid(), null, backend.Now) with { Arm = timers }, Given.Ever);

    NewTimer Probe(double inSeconds = 0)
    {
        var timer = new ProbeDue { OrderId = Guid.NewGuid(), TimerId = Guid.NewGuid() };
        return new NewTimer(timer.TimerId, backend.Now.AddSeconds(inSeconds), TimerBody.Write(timer));
    }

    [Fact]
    public async Task Are_delivered_once_each_with_their_token()
    {
        NewTimer[] timers = [.. Enumerable.Range(0, 20).Select(_ => Probe())];
        await Arm(timers);
        await Task.WhenAll(Deliver(), Deliver(), Deliver());
        await Eventually.True(() => heard.Count >= 20);
        Assert.Equal(timers.Select(timer => timer.Token).Order(), heard.Select(one => one.Token!.Value).Order());
        Assert.All(heard, one => Assert.Equal(one.Token, one.Timer.TimerId));
    }

    [Fact]
    public async Task Are_left_to_others_by_a_process_that_is_about_to_end()
    {
        await Arm(Probe());
        leaving.TakeNothing();
        await Deliver();
        Assert.NotNull(await backend.Orders.NextTimerDue(Given.Ever));
    }

    [Fact]
    public async Task Are_delivered_at_their_time_and_not_before()
    {
        await Arm(Probe(0.5));
        await backend.Forward(TimeSpan.FromSeconds(0.499));
        await Deliver();
        Assert.NotNull(await backend.Orders.NextTimerDue(Given.Ever));               // nobody has claimed it
        await backend.Forward(TimeSpan.FromSeconds(0.001));
        await Deliver();
        await Eventually.True(() => heard.Count == 1);
    }

    [Fact]
    public async Task Come_again_when_nobody_has_handled_them_within_their_lease()
    {
        var timer = Probe();
        await Arm(timer);
        await Deliver();
        await backend.Forward(TimeSpan.FromSeconds(9.9));
        await Reap();
        Assert.Null(await backend.Orders.NextTimerDue(Given.Ever));
        await backend.Forward(TimeSpan.FromSeconds(0.2));
        await Reap();
        await Deliver();
        await Eventually.True(() => heard.Count == 2);
        Assert.All(heard, one => Assert.Equal(timer.Token, one.Token));
    }

    [Fact]
    public async Task Are_not_lost_while_the_broker_is_away()
    {
        await Arm(Probe(), Probe());
        await Deliver(new Wire { IsDown = true }.Sends);
        Assert.Empty(heard);
        await backend.Forward(TimeSpan.FromSeconds(10));
        await Reap();
        await Deliver();
        await Eventually.True(() => heard.Count == 2);
    }

    [Theory]
    [InlineData("""{"Urn":"urn:message:s4-from-a-newer-build","Message":{}}""")]
    [InlineData("not even JSON")]
    public async Task Are_parked_when_this_build_cannot_read_them_and_hold_up_no_others(string body)
    {
        var unreadable = new NewTimer(Guid.NewGuid(), backend.Now.AddSeconds(-1), body);
        await Arm(unreadable, Probe());
        await Deliver();
        await Eventually.True(() => heard.Count == 1);
        await backend.Forward(TimeSpan.FromSeconds(10));
        await Reap();
        Assert.DoesNotContain(await Claim(), timer => timer.Token == unreadable.Token);
        Assert.Equal(1, await backend.Orders.ReturnParkedTimers(Given.Ever));            // as the next start does
        Assert.Contains(await Claim(), timer => (timer.Token, timer.Body) == (unreadable.Token, body));

        Task<IReadOnlyList<DueTimer>> Claim() => backend.Orders.ClaimDueTimers(TimeSpan.FromSeconds(1), 10, Given.Ever);
    }

    [Fact]
    public void Are_stored_under_their_frozen_name()
    {
        var timer = new ProbeDue { OrderId = Guid.NewGuid(), TimerId = Guid.NewGuid() };
        Assert.Contains("\"urn:message:s4-probe-due\"", TimerBody.Write(timer), StringComparison.Ordinal);
        Assert.True(TimerBody.TryRead(TimerBody.Write(timer), out var read, out _));
        Assert.Equal(timer, read);
    }
}
