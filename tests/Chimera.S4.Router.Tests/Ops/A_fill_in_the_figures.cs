using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Ops;

/// <summary>One BTC bought at 100 in a market whose middle is 100.</summary>
public sealed class A_fill_in_the_figures : IAsyncLifetime
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

    async Task Bought(params (decimal Fee, string? Asset, bool? Maker)[] trades)
    {
        Trade Trade((decimal Fee, string? Asset, bool? Maker) of, int number) => new($"{number}", new Quantity(1m / trades.Length), new Price(100), of.Fee, of.Asset, of.Maker, rig.Clock.GetUtcNow());
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(RouterRig.ClientOrderIdOf("i"), VenueStatus.Filled, 1) with { Trades = [.. trades.Select(Trade)] }));
        await rig.Ask(RouterRig.Intent("i"));
        await rig.Until("i", order => order.Status is OrderStatus.Closed);
        await Eventually.True(() => measured["slippage.bps SPOT"] is not null);
    }

    [Fact]
    public async Task Pays_its_fee_in_USDT_at_the_middle()
    {
        await Bought((0.25m, "USDT", false), (0.001m, "BTC", true));
        Assert.Equal((0.35, 50, 50), (Math.Round(measured["fee.usdt SPOT"]!.Value, 9), measured["s4.fills.notional_usdt SPOT taker"], measured["s4.fills.notional_usdt SPOT maker"]));
        Assert.Null(measured["fee.unpriced BTC"]);
    }

    [Fact]
    public async Task Is_told_apart_where_the_fee_has_no_price_or_is_a_rebate()
    {
        await Bought((0.002m, "BNB", false), (-0.5m, "USDT", true));
        Assert.Equal((0.002, 0.5, null), (measured["fee.unpriced BNB"], measured["fee.rebate.usdt SPOT"], measured["fee.usdt SPOT"]));
    }

    [Fact]
    public async Task Is_counted_once_however_often_it_is_told()
    {
        await Bought((0.25m, "USDT", false));
        var order = (await rig.Order("i"))!.VenueOrders[0];
        for (var again = 0; again < 3; again++) await rig.Report("i", State(order.ClientOrderId, VenueStatus.Filled, 1) with { Trades = order.Trades });
        await rig.Ask(RouterRig.Intent("i"));
        await rig.Ask(RouterRig.Intent("dust", qty: 0.0001m));
        await rig.Until("dust", denied => denied.Final);
        await Eventually.True(() => measured["s4.intents SPOT denied QTY_BELOW_STEP"] == 1);
        Assert.Equal((0.25, 1, 100, 1), (measured["fee.usdt SPOT"], measured["s4.intents SPOT accepted "], measured["s4.fills.notional_usdt SPOT taker"], measured["s4.placements SPOT Known"]));
    }

    [Fact]
    public async Task That_the_venue_refuses_counts_by_its_code()
    {
        rig.Spot.OnPlace = _ => Task.FromResult(Answer(Chimera.S4.Orders.VenueOutcome.Rejected) with { Reason = ReasonCode.InsufficientBalance });
        await rig.Ask(RouterRig.Intent("i"));
        await rig.Until("i", order => order.Status is OrderStatus.Rejected);
        Assert.Equal((1, 1), (measured["s4.rejections SPOT INSUFFICIENT_BALANCE"], measured["s4.placements SPOT Rejected"]));
    }
}
