using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Venues;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Chimera.S4.Router.Tests.Sweep.A_sweep_of_a_market;

namespace Chimera.S4.Router.Tests.Sweep;

public sealed class The_alerts_of_a_sweep : IAsyncLifetime
{
    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Tell_once_of_all_orders_of_a_market_that_nobody_owns_and_how_many_of_them_are_gone()
    {
        var stubborn = Lost[..^1] + "1";
        var resting = await Resting(rig, "resting");
        Open([State(rig, resting), State(rig, "web_1"), State(rig, Lost), State(rig, stubborn)]);
        rig.Spot.OnCancel = cancel => Task.FromResult(cancel.ClientOrderId == Lost ? ScriptedVenue.Known(ScriptedVenue.State(Lost, VenueStatus.Canceled)) : ScriptedVenue.Answer(VenueOutcome.Unknown));
        rig.Clock.Advance(TimeSpan.FromMinutes(10));

        await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);

        var ring = Assert.Single(Rings());
        Assert.Equal((AlertCode.OrphanOrder, "SPOT"), (ring.Code, ring.About));
        Assert.StartsWith("2 open orders of SPOT carry our prefix", ring.Text);
        Assert.EndsWith("1 of them are canceled", ring.Text);
        Assert.Contains(Lost[..^1], ring.Text);
    }

    [Fact]
    public async Task Say_nothing_of_what_is_ours_or_foreign_or_too_young()
    {
        var resting = await Resting(rig, "resting");
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        Open([State(rig, resting), State(rig, "web_1"), State(rig, Lost)]);

        var found = await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);

        Assert.Equal((1, 1, 0), (found!.Foreign, found.Young, found.Orphans));
        Assert.Empty(Rings());
    }

    [Fact]
    public async Task Tell_of_a_document_that_nobody_can_read()
    {
        var id = Guid.NewGuid();
        await rig.Store.Commit(Given.Step(id, null, rig.Clock.GetUtcNow(), document: "no document"), RouterRig.Ever);

        await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);

        var ring = Assert.Single(Rings());
        Assert.Equal((AlertCode.DocumentUnreadable, $"{id}"), (ring.Code, ring.About));
    }

    /// <summary>Positions and documents are read one after the other: what fills in between is short once.</summary>
    [Fact]
    public async Task Tell_of_a_position_that_is_short_in_two_sweeps_in_a_row()
    {
        rig.Futures.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf("held"), VenueStatus.PartiallyFilled, 0.5m)));
        await rig.Ask(RouterRig.Intent("held", "LIMIT", 100) with { Market = "FUT" });
        await rig.Until("held", order => order.CumQty.Value == 0.5m);
        var sweep = rig.Get<PositionSweep>();

        await Look(0.25m);
        Assert.Empty(Rings());
        await Look(0.5m);
        await Look(0.25m);
        Assert.Empty(Rings());
        await Look(0.25m);

        var ring = Assert.Single(Rings());
        Assert.Equal((AlertCode.PositionMismatch, "BTCUSDT"), (ring.Code, ring.About));
        Assert.Contains("hold 0.5 of BTCUSDT, and the account 0.25", ring.Text);

        async Task Look(decimal amount)
        {
            rig.Settings.OnPositions = () => Task.FromResult(new PositionsAnswer(VenueOutcome.Known, [new Position("BTCUSDT", amount, 100, 100, null)]));
            Assert.True(await sweep.Run(RouterRig.Ever));
        }
    }

    [Theory]
    [InlineData("orders", "the venue does not tell the open orders of SPOT")]
    [InlineData("positions", "the venue does not tell the futures positions")]
    [InlineData("a failure", "the line is dead")]
    public async Task Tell_of_sweeps_that_are_not_completed_when_it_is_the_third_in_a_row(string what, string why)
    {
        using var loop = ActivatorUtilities.CreateInstance<SweepLoop>(rig.Get<IServiceProvider>());
        await Sweeps(2, isWhole: false);
        await Sweeps(1, isWhole: true);
        await Sweeps(2, isWhole: false);
        Assert.Empty(Rings());
        await Sweeps(1, isWhole: false);

        var ring = Assert.Single(Rings());
        Assert.Equal(AlertCode.SweepFailed, ring.Code);
        Assert.Equal($"3 residual sweeps in a row were not completed: {why}", ring.Text);

        async Task Sweeps(int count, bool isWhole)
        {
            var outcome = isWhole ? VenueOutcome.Known : VenueOutcome.Unknown;
            rig.Spot.OnOpenOrders = () => what is "a failure" && !isWhole ? throw new InvalidOperationException(why) : Task.FromResult(new OpenOrdersAnswer(what is "orders" ? outcome : VenueOutcome.Known, []));
            rig.Settings.OnPositions = () => Task.FromResult(new PositionsAnswer(what is "positions" ? outcome : VenueOutcome.Known, []));
            for (; count > 0; count--) await loop.Once(RouterRig.Ever);
        }
    }

    void Open(IReadOnlyList<VenueOrderState> orders) => rig.Spot.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, orders));

    List<AlertBell.Ring> Rings()
    {
        var rings = new List<AlertBell.Ring>();
        while (rig.Get<AlertBell>().Rings.TryRead(out var ring)) rings.Add(ring);
        return rings;
    }
}
