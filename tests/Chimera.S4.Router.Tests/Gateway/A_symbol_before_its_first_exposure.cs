using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class A_symbol_before_its_first_exposure : IAsyncLifetime
{
    static readonly VenueAnswer Held = new() { Outcome = VenueOutcome.Rejected, Reason = ReasonCode.VenueRejected, VenueCode = -4048, VenueText = "there exists position." };

    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    PlaceEffect Buy => new(GatewayRig.Seq, Market.Fut, "BTCUSDT", rig.ClientOrderId) { Side = Side.Buy, Type = OrderType.Market, Qty = new(1) };

    /// <summary>Places, and says what the venue was asked and the order was told.</summary>
    async Task<string> Placed(PlaceEffect? place = null)
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.New)));
        await rig.Driver().Run(new PlacementProtocol(place ?? Buy), rig.Venue, rig.OrderId, default);
        return $"{string.Join(' ', rig.Settings.Calls.Concat(rig.Venue.Calls))} -> {string.Join(' ', rig.Wire.Reports.Select(told => told.Reason ?? told.Kind))}";
    }

    [Theory]
    [InlineData(true, 20, "read place -> Known")]
    [InlineData(false, 20, "read isolated place -> Known")]
    [InlineData(true, 10, "read 20x place -> Known")]
    [InlineData(false, 125, "read isolated 20x place -> Known")]
    public async Task Is_read_and_set_only_where_it_differs(bool isolated, int leverage, string asked)
    {
        rig.Settings.Now = new(VenueOutcome.Known, isolated, leverage);
        Assert.Equal(asked, await Placed());
    }

    [Fact]
    public async Task Is_looked_at_once_per_process()
    {
        for (var times = 0; times < 3; times++) await rig.Setup.Prepare(Buy, default);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.Setup.Prepare(Buy with { Symbol = "ETHUSDT" }, default)));
        Assert.Equal(["read", "read"], rig.Settings.Calls);
    }

    [Fact]
    public async Task That_cannot_be_changed_takes_no_exposure()
    {
        (rig.Settings.Now, rig.Settings.OnSet) = (new(VenueOutcome.Known, false, 20), _ => Held);
        Assert.Equal("read isolated -> MarginSetupConflict", await Placed());
        Assert.Equal((ReasonCodes.Router, 422), (ReasonCodes.Of(ReasonCode.MarginSetupConflict).By, ReasonCodes.Of(ReasonCode.MarginSetupConflict).HttpStatus));
        Assert.Equal("BTCUSDT cannot be made ISOLATED at 20×: there exists position.", rig.Wire.Only.VenueText);
        Assert.NotNull((await rig.Entry())!.Resolution);
    }

    [Fact]
    public async Task That_could_not_be_changed_is_tried_again_with_the_next_placement()
    {
        (rig.Settings.Now, rig.Settings.OnSet) = (new(VenueOutcome.Known, false, 20), _ => Held);
        await rig.Setup.Prepare(Buy, default);
        Assert.Equal(VenueOutcome.Rejected, rig.Setup.Refusal(Buy)!.Outcome);
        rig.Settings.OnSet = _ => new() { Outcome = VenueOutcome.Known };
        await rig.Setup.Prepare(Buy, default);
        Assert.Null(rig.Setup.Refusal(Buy));
    }

    [Theory]
    [InlineData(VenueOutcome.Unknown)]
    [InlineData(VenueOutcome.NotExecuted)]
    public async Task That_is_not_answered_for_holds_the_placement_back(VenueOutcome outcome)
    {
        (rig.Settings.Now, rig.Settings.OnSet) = (new(VenueOutcome.Known, false, 20), _ => new() { Outcome = outcome, RetryAfter = TimeSpan.FromSeconds(7) });
        Assert.Equal("read isolated -> ", await Placed());
        Assert.True((await rig.Entry())!.NotExecuted);
        rig.Settings.Now = new(VenueOutcome.Known, true, 20);                 // it had been set after all
        Assert.Equal("read isolated read place -> Known", await Placed());
    }

    [Theory]
    [InlineData(Market.Fut, true)]
    [InlineData(Market.Spot, false)]
    public async Task Does_not_hold_up_what_reduces_nor_the_other_market(Market market, bool reduceOnly)
    {
        (rig.Settings.Now, rig.Settings.OnSet) = (new(VenueOutcome.Unknown, null, null), _ => Held);
        Assert.Equal("place -> Known", await Placed(new(GatewayRig.Seq, market, "BTCUSDT", rig.ClientOrderId) { Side = Side.Sell, Type = OrderType.Market, Qty = new(1), ReduceOnly = reduceOnly }));
    }
}
