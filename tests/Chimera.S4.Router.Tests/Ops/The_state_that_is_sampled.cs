using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Venues;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Ops;

public sealed class The_state_that_is_sampled : IAsyncLifetime
{
    RouterRig rig = null!;
    Measured measured = null!;

    public async Task InitializeAsync()
    {
        rig = await RouterRig.Start();
        measured = new Measured(rig.Get<IMeterFactory>());
    }

    public async Task DisposeAsync()
    {
        measured.Dispose();
        await rig.DisposeAsync();
    }

    StateSampler Sampler() => new(rig.Store, rig.Get<GateBoard>(), rig.Get<IEnumerable<IVenue>>(), rig.Get<NakedOrders>(), rig.Get<StateMetrics>(), rig.Get<RouterMetrics>(), rig.Get<OrderMetrics>(), rig.Clock, NullLogger<StateSampler>.Instance);

    [Fact]
    public async Task Tells_how_many_are_unproven_and_since_when()
    {
        await Sampler().Look(RouterRig.Ever);
        Assert.Equal((0, 0), (measured["s4.unknown.orders"], measured["s4.unknown.age"]));

        await rig.Ask(RouterRig.Intent("i"));                                       // unscripted: nobody knows
        await rig.Until("i", order => order.Status is OrderStatus.Unknown && order.VenueOrders[0].SentAt is not null);
        rig.Clock.Advance(TimeSpan.FromSeconds(40));
        await Sampler().Look(RouterRig.Ever);
        Assert.Equal((1, 40, 0, 1), (measured["s4.unknown.orders"], measured["s4.unknown.age"], measured["s4.needs_review.orders"], measured["s4.orders.live"]));
    }

    [Fact]
    public async Task Tells_the_gates_and_takes_an_unreadable_switch_for_one_that_is_on()
    {
        await Sampler().Look(RouterRig.Ever);
        Assert.Equal((0, 0), (measured["s4.kill_switch"], measured["s4.breaker.state SPOT"]));
        await rig.Get<IGateStore>().SetKillSwitch(true, RouterRig.Ever);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await Sampler().Look(RouterRig.Ever);
        Assert.Equal(1, measured["s4.kill_switch"]);
        rig.Get<StateMetrics>().Gates(GateState.Unreadable);
        Assert.Equal((1, -1), (measured["s4.kill_switch"], measured["s4.breaker.state FUT"]));
    }

    /// <summary>The commit that ended it may have been another replica's.</summary>
    [Fact]
    public async Task Forgets_a_naked_order_that_another_replica_has_covered()
    {
        await rig.Ask(RouterRig.Intent("i", "LIMIT", 100));
        await rig.Until("i", _ => true);
        rig.Get<NakedOrders>().Note((await rig.Order("i"))! with { NakedSince = rig.Clock.GetUtcNow() });
        await Sampler().Look(RouterRig.Ever);
        Assert.Equal(0, measured["s4.naked.orders"]);                               // the scan of a start reads all

        var sampler = Sampler();
        await sampler.Look(RouterRig.Ever);
        rig.Get<NakedOrders>().Note((await rig.Order("i"))! with { NakedSince = rig.Clock.GetUtcNow() });
        rig.Clock.Advance(TimeSpan.FromSeconds(4));
        await sampler.Look(RouterRig.Ever);
        Assert.Equal((1, 4), (measured["s4.naked.orders"], measured["s4.naked.age"]));
        rig.Clock.Advance(TimeSpan.FromSeconds(4));
        await sampler.Look(RouterRig.Ever);
        Assert.Equal((0, 0), (measured["s4.naked.orders"], measured["s4.naked.age"]));
    }
}
