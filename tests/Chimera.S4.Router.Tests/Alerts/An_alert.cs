using Chimera.S4.Contracts;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Alerts;

public sealed class An_alert : IAsyncLifetime
{
    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    AlertDesk Desk(IAlertStore? store = null) => new(rig.Get<AlertBell>(), store ?? rig.Get<IAlertStore>(), rig.Store, rig.Get<BoundedSends>(), rig.Clock, rig.Get<RouterMetrics>(), NullLogger<AlertDesk>.Instance);

    async Task<Alert[]> Kept() => (await rig.Get<IAlertStore>().Alerts(new ListAlerts(), RouterRig.Ever)).Items;

    [Fact]
    public async Task Is_kept_once_for_a_condition_with_its_level_and_its_runbook()
    {
        AlertBell.Ring ring = new(AlertCode.GuardBlind, "BTCUSDT", "no price", null);
        await Desk().Tell(ring, RouterRig.Ever);
        await Desk().Tell(ring, RouterRig.Ever);                     // another replica notices it as well
        await Desk().Tell(ring with { About = "ETHUSDT" }, RouterRig.Ever);

        var kept = await Kept();
        Assert.Equal(2, kept.Length);
        Assert.All(kept, alert => Assert.Equal(("FATAL", "GUARD_BLIND", "infra/runbooks/GUARD_BLIND.md"), (alert.Level, alert.Code, alert.Runbook)));
    }

    [Fact]
    public async Task Names_the_intent_of_its_order()
    {
        await rig.Ask(RouterRig.Intent("i"));
        await rig.Until("i", _ => true);
        await Desk().Tell(new(AlertCode.ProtectionRefused, "o", "refused", Chimera.S4.Orders.SagaIds.Of("i")), RouterRig.Ever);
        Assert.Equal("i", Assert.Single(await Kept()).IntentId);
    }

    [Fact]
    public async Task That_nobody_can_keep_holds_nothing_up_and_is_told_on_the_bus_all_the_same()
    {
        var heard = new TaskCompletionSource<Alert>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handle = rig.Bus.ConnectReceiveEndpoint("listener", endpoint => endpoint.Handler<Alert>(context =>
        {
            heard.TrySetResult(context.Message);
            return Task.CompletedTask;
        }));
        await handle.Ready;
        var dead = Stub<IAlertStore>.Of((_, _) => throw new StoreUnavailableException("down"));
        await Desk(dead).Tell(new(AlertCode.BreakerOpen, "SPOT", "it fails", null), RouterRig.Ever);
        Assert.Equal("BREAKER_OPEN", (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).Code);
    }

    [Fact]
    public void Is_counted_as_lost_where_more_wait_than_may()
    {
        var bell = new AlertBell(rig.Get<RouterMetrics>());
        for (var ring = 0; ring < 2000; ring++) bell.Raise(AlertCode.KillSwitch, "switch", "on");   // returns, whoever does not read
        Assert.Equal(1024, bell.Rings.Count);
    }

    [Fact]
    public void Has_a_page_in_the_runbooks_as_those_of_Prometheus_have_and_no_page_is_without_its_alert()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "runbooks"), "*.md").Select(page => Path.GetFileNameWithoutExtension(page)!).Where(page => page != "README");
        Assert.Equal(Enum.GetValues<AlertCode>().Select(code => code.Text()).Union(The_rules_of_prometheus.Alerts).Order(), pages.Order());
    }
}
