using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Xunit;

namespace Chimera.S4.Router.Tests.Sweep;

public class A_sweep_of_a_market
{
    internal static readonly string Lost = new ClientOrderId("s4", SagaIds.Of("an intent that nobody knows any more"), 0, 0).ToString();

    [Fact]
    public async Task Ends_what_nobody_owns_and_nothing_else()
    {
        await using var rig = await RouterRig.Start();
        var resting = await Resting(rig, "resting");
        var open = new List<VenueOrderState> { State(rig, resting), State(rig, "web_1"), State(rig, "s5" + Lost[2..]), State(rig, Lost) };
        rig.Spot.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, open));
        var canceled = new List<string>();
        rig.Spot.OnCancel = cancel =>
        {
            canceled.Add(cancel.ClientOrderId);
            return Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(cancel.ClientOrderId, VenueStatus.Canceled)));
        };
        rig.Clock.Advance(TimeSpan.FromMinutes(10));

        var found = await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);

        Assert.Equal([Lost], canceled);
        Assert.Equal((2, 1, 1, 1, 2, 1, 1), (found!.Open, found.BelievedOpen, found.Agreed, found.Disputed, found.Foreign, found.Orphans, found.Canceled));
        Assert.Equal(0.5m, found.Jaccard);
        Assert.Equal(0.5m, (await rig.Client<GetReconciliation>("s4-queries").GetResponse<ReconciliationReport>(new GetReconciliation())).Message.Jaccard);
    }

    /// <summary>A placement is committed before it is sent: whoever reads the documents first takes an order for an orphan that has been placed in between.</summary>
    [Fact]
    public async Task Reads_the_documents_after_the_open_orders()
    {
        await using var rig = await RouterRig.Start();
        var name = RouterRig.ClientOrderIdOf("late");
        rig.Spot.OnOpenOrders = async () =>
        {
            var seen = State(rig, name) with { Time = rig.Clock.GetUtcNow().AddMinutes(-5) };
            await Resting(rig, "late");
            return new OpenOrdersAnswer(VenueOutcome.Known, [seen]);
        };
        var found = await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);
        Assert.Equal((0, 0), (found!.Orphans, rig.Spot.Count("cancel")));
    }

    [Fact]
    public async Task Tells_an_order_what_it_has_not_heard_of_itself()
    {
        await using var rig = await RouterRig.Start();
        var (grown, gone) = (await Resting(rig, "grown"), await Resting(rig, "gone"));
        rig.Spot.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, [ScriptedVenue.State(grown, VenueStatus.PartiallyFilled, 0.5m)]));
        rig.Spot.OnQuery = asked => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(asked.ClientOrderId, VenueStatus.Canceled)));
        rig.Clock.Advance(TimeSpan.FromMinutes(10));

        var found = await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);

        Assert.Equal((1, 1, 0), (found!.Told, found.Missing, found.Orphans));
        await rig.Until("grown", order => order.CumQty.Value == 0.5m);
        await rig.Until("gone", order => order is { Status: OrderStatus.Canceled, Final: true });
    }

    [Fact]
    public async Task Wakes_a_policy_whose_timer_never_came()
    {
        await using var rig = await RouterRig.Start();
        rig.Spot.OnPlace = placed => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf("sliced"), VenueStatus.Filled, 0.5m)));
        await rig.Ask(RouterRig.Intent("sliced") with { ExecPolicy = new ExecPolicy { Twap = new Twap { Slices = 2, GapMs = 1000 } } });
        await rig.Until("sliced", order => order is { WakeAt: not null, CumQty.Value: 0.5m });
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        rig.Facts.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(99, 1)], [new BookLevel(101, 1)], rig.Clock.GetUtcNow()));

        var found = await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);

        Assert.Equal(1, found!.Overdue);
        await rig.Until("sliced", order => order.VenueOrders.Length == 2);
    }

    [Fact]
    public async Task Says_nothing_where_the_venue_is_silent()
    {
        await using var rig = await RouterRig.Start();
        rig.Spot.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Unknown, []));
        Assert.Null(await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever));
        Assert.Null((await rig.Client<GetReconciliation>("s4-queries").GetResponse<ReconciliationReport>(new GetReconciliation())).Message.Jaccard);
    }

    internal static async Task<string> Resting(RouterRig rig, string intentId)
    {
        var name = RouterRig.ClientOrderIdOf(intentId);
        rig.Spot.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(name, VenueStatus.New)));
        await rig.Ask(RouterRig.Intent(intentId, "LIMIT", 100));
        await rig.Until(intentId, order => order.Status is OrderStatus.Working);
        return name;
    }

    internal static VenueOrderState State(RouterRig rig, string name) => ScriptedVenue.State(name, VenueStatus.New) with { Time = rig.Clock.GetUtcNow() };
}
