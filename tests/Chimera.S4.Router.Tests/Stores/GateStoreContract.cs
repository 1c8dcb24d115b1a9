using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>What every store of the gates and of the alerts keeps.</summary>
public abstract class GateStoreContract : IAsyncLifetime
{
    private protected IStoreBackend Backend { get; private set; } = null!;
    private protected IGateStore Gates => Backend.Gates;
    private protected IAlertStore Alerts => Backend.Alerts;
    private protected abstract Task<IStoreBackend> Open();

    public async Task InitializeAsync() => Backend = await Open();
    public async Task DisposeAsync() => await Backend.DisposeAsync();

    [Fact]
    public async Task Has_the_switch_off_and_no_breaker_before_anybody_has_spoken()
    {
        var read = await Gates.Read(Given.Ever);
        Assert.Equal((null, null, null), (read.KillSwitch, read.Spot, read.Fut));
        Assert.InRange(read.Now, Backend.Now - TimeSpan.FromMinutes(1), Backend.Now + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Keeps_the_switch_as_it_was_set_last()
    {
        await Gates.SetKillSwitch(true, Given.Ever);
        Assert.Equal("ON", (await Gates.Read(Given.Ever)).KillSwitch);
        await Gates.SetKillSwitch(false, Given.Ever);
        Assert.Equal("OFF", (await Gates.Read(Given.Ever)).KillSwitch);
    }

    [Fact]
    public async Task Lets_one_of_two_replicas_change_a_breaker()
    {
        BreakerFigures figures = new(BreakerState.Closed, 1, 0, Backend.Now);
        Assert.True(await Gates.TrySetBreaker(Market.Spot, null, "a", figures, Given.Ever));
        Assert.False(await Gates.TrySetBreaker(Market.Spot, null, "b", figures, Given.Ever));
        Assert.True(await Gates.TrySetBreaker(Market.Spot, "a", "c", figures, Given.Ever));
        Assert.False(await Gates.TrySetBreaker(Market.Spot, "a", "d", figures, Given.Ever));
        Assert.Equal(("c", null), ((await Gates.Read(Given.Ever)).Spot, (await Gates.Read(Given.Ever)).Fut));
    }

    [Fact]
    public async Task Counts_an_intent_once_however_often_it_asks()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        for (var again = 0; again < 3; again++) Assert.True(await Gates.TakeOrderSlot(first, 2, Given.Ever));
        Assert.True(await Gates.TakeOrderSlot(second, 2, Given.Ever));
        Assert.False(await Gates.TakeOrderSlot(Guid.NewGuid(), 2, Given.Ever));
        Assert.True(await Gates.TakeOrderSlot(first, 2, Given.Ever));
    }

    [Fact]
    public async Task Keeps_an_alert_once_for_each_condition_and_reads_them_in_order()
    {
        Assert.True(await Alerts.Append(Alert("one", "i-1"), "a", TimeSpan.FromMinutes(10), Given.Ever));
        Assert.False(await Alerts.Append(Alert("again"), "a", TimeSpan.FromMinutes(10), Given.Ever));
        Assert.True(await Alerts.Append(Alert("two"), "b", TimeSpan.FromMinutes(10), Given.Ever));

        var first = await Alerts.Alerts(new ListAlerts { Limit = 1 }, Given.Ever);
        var rest = await Alerts.Alerts(new ListAlerts { After = first.NextAfter }, Given.Ever);
        Assert.Equal(("one", "i-1", "FATAL"), (Assert.Single(first.Items).Text, first.Items[0].IntentId, first.Items[0].Level));
        Assert.Equal(("two", null), (Assert.Single(rest.Items).Text, rest.Items[0].IntentId));
        Assert.Empty((await Alerts.Alerts(new ListAlerts { After = rest.NextAfter }, Given.Ever)).Items);
    }

    private protected static Alert Alert(string text, string? intentId = null) => new()
    {
        AlertId = Guid.NewGuid(), Level = "FATAL", Code = "NEEDS_REVIEW", IntentId = intentId, Text = text, Runbook = "infra/runbooks/NEEDS_REVIEW.md", Ts = new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero),
    };
}
