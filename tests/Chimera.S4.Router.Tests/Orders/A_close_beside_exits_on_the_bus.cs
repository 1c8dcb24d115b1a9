using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Orders;

/// <summary>Two intents of one futures symbol, and what they have to tell each other: who is asked, what is looked up for it, and what becomes of it where somebody is gone.</summary>
public sealed class A_close_beside_exits_on_the_bus : IAsyncLifetime
{
    RouterRig rig = null!;

    /// <summary>While true the venue refuses the close: the exits promise all of the position.</summary>
    volatile bool isLocked = true;

    public async Task InitializeAsync()
    {
        rig = await RouterRig.Start();
        rig.Futures.OnPlace = request =>
        {
            var id = request.Text["newClientOrderId=".Length..request.Text.IndexOf('&', StringComparison.Ordinal)];
            Assert.True(ClientOrderId.TryParse(id, "s4", out var parsed));
            if (parsed.SagaId == SagaIds.Of("close")) return Task.FromResult(isLocked ? ScriptedVenue.Answer(VenueOutcome.Rejected) with { Reason = ReasonCode.ReduceOnlyLocked } : Known(id, VenueStatus.Filled, 0.5m));
            return Task.FromResult(parsed.Leg == 0 ? Known(id, VenueStatus.Filled, 1) : Known(id, VenueStatus.New));
        };
        rig.Futures.OnCancel = cancel => Task.FromResult(Known(cancel.ClientOrderId, VenueStatus.Canceled));
        await rig.Ask(RouterRig.Intent("held") with
        {
            Market = "FUT", PostFillActions = new PostFillActions { StopLoss = new ProtectiveTrigger { TriggerPx = 90 }, TakeProfit = [new ProtectiveTrigger { TriggerPx = 110 }] },
        });
        await rig.Until("held", order => Standing(order) is "Stop 1, TakeProfit 1");
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    static VenueAnswer Known(string id, VenueStatus status, decimal filled = 0) => ScriptedVenue.Known(ScriptedVenue.State(id, status, filled, venueOrderId: id[^4..]));

    static string Standing(Order order) => string.Join(", ", order.VenueOrders.Where(venue => venue.Status is VenueStatus.New).Select(venue => $"{venue.Type} {venue.OrderQty}"));

    Task Closes() => rig.Ask(RouterRig.Intent("close", qty: 0.5m) with { Market = "FUT", Side = "SELL", ReduceOnly = true });

    async Task Passes(TimeSpan time)
    {
        rig.Clock.Advance(time);
        await rig.Sweep();
        await rig.DeliverTimers();
    }

    [Fact]
    public async Task Gets_its_room_and_the_exits_follow_what_is_left()
    {
        rig.Settings.OnPositions = () => Task.FromResult(new PositionsAnswer(VenueOutcome.Known, [new Position("ETHUSDT", 7, 0, 0, null), new Position("BTCUSDT", 0.5m, 100, 100, null)]));
        await Closes();
        await rig.Until("held", order => Standing(order) is "Stop 1");
        Assert.DoesNotContain("positions", rig.Settings.Calls);                                       // a close that waits does not wait for that
        isLocked = false;
        await Eventually.True(async () =>
        {
            await Passes(TimeSpan.FromMilliseconds(50));
            return await rig.Order("close") is { Status: OrderStatus.Closed };
        });
        await rig.Until("held", order => Standing(order) is "Stop 0.5, TakeProfit 0.5");
        Assert.DoesNotContain("find-exits", await rig.Pending("close"));
    }

    /// <summary>Nothing that was withdrawn waits for whoever asked: the timer is the owner's own.</summary>
    [Fact]
    public async Task Leaves_the_exits_as_they_were_where_it_is_never_heard_of_again()
    {
        await rig.Send(new GiveWay { OrderId = SagaIds.Of("held"), To = "a close whose router is gone", Seq = 3 });
        await rig.Until("held", order => Standing(order) is "Stop 1");
        await Passes(TimeSpan.FromSeconds(14));
        Assert.Equal("Stop 1", Standing((await rig.Order("held"))!));
        await Passes(TimeSpan.FromSeconds(1.1));
        await rig.Until("held", order => Standing(order) is "Stop 1, TakeProfit 1");
    }

    [Fact]
    public async Task Asks_again_until_the_venue_tells_the_position()
    {
        isLocked = false;
        var answers = 0;
        rig.Settings.OnPositions = () => Task.FromResult(++answers < 3 ? new PositionsAnswer(VenueOutcome.Unknown, []) : new PositionsAnswer(VenueOutcome.Known, [new Position("BTCUSDT", 0.5m, 100, 100, null)]));
        await Closes();
        await rig.Until("close", order => order is { Status: OrderStatus.Closed, Final: true });
        Assert.Equal("Stop 1, TakeProfit 1", Standing((await rig.Order("held"))!));
        await Eventually.True(async () =>
        {
            await Passes(TimeSpan.FromMilliseconds(200));
            return Standing((await rig.Order("held"))!) is "Stop 0.5, TakeProfit 0.5";
        });
        Assert.Equal(3, answers);
    }
}
