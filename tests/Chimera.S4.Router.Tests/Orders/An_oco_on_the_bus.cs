using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.Orders;

/// <summary>Spec §11, <c>/orders</c> (SPOT OCO): both legs stand → ACCEPTED with its legs. What the venue does with a list is the gateway's; here its reports are given.</summary>
public sealed class An_oco_on_the_bus : IAsyncLifetime
{
    RouterRig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await RouterRig.Start();
        rig.Facts.SetInstruments(Market.Spot, [rig.Facts.Instrument(Market.Spot, "BTCUSDT")! with { Features = Features.Oco | Features.Oto }]);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    static OrderIntent Held => RouterRig.Intent("o") with { Side = "SELL", ReduceOnly = true, ExecPolicy = new ExecPolicy { Oco = new Oco { TpPx = 110, SlPx = 90 } } };

    async Task Standing()
    {
        await rig.Ask(Held);
        await rig.Until("o", order => order.VenueOrders.Length == 2);
        foreach (var leg in (await rig.Order("o"))!.VenueOrders) await Says(leg, VenueStatus.New);
        await rig.Until("o", order => order.Status is OrderStatus.Armed);
    }

    Task Says(VenueOrder leg, VenueStatus status, decimal filled = 0) => rig.Report("o", ScriptedVenue.State(leg.ClientOrderId, status, filled, venueOrderId: $"7{leg.ClientOrderId[^1]}"));

    async Task<OrderResult> Seen() => (await rig.Client<GetIntent>("s4-queries").GetResponse<IntentView>(new GetIntent { IntentId = "o" })).Message.Result;

    [Fact]
    public async Task Is_accepted_with_its_legs_when_both_stand()
    {
        await Standing();
        var result = await Seen();
        Assert.Equal(("ACCEPTED", false, null), (result.Status, result.Final, result.OrderId));
        Assert.Equal([("LIMIT_MAKER", 110m, "NEW", "71"), ("STOP", 90m, "NEW", "72")], result.OcoLegs!.Select(leg => (leg.Type, leg.Price ?? 0, leg.Status, leg.OrderId!)));
    }

    [Fact]
    public async Task Is_filled_by_either_leg_and_final_when_the_other_is_gone()
    {
        await Standing();
        var legs = (await rig.Order("o"))!.VenueOrders;
        await Says(legs[0], VenueStatus.Filled, 1);
        await rig.Until("o", order => order.Status is OrderStatus.Filled);
        Assert.Equal(["cancel"], (await rig.Pending("o")).Except(["place-list", "record", "markout"]));
        await Says(legs[1], VenueStatus.Expired);
        await Eventually.True(async () => await Seen() is { Status: "FILLED", FilledQty: 1, Final: true });
        Assert.Equal(["FILLED", "EXPIRED"], (await Seen()).OcoLegs!.Select(leg => leg.Status));
    }

    [Fact]
    public async Task Is_not_parted_by_a_cancel()
    {
        await Standing();
        var reply = (await rig.Client<CancelRequest>("s4-intents").GetResponse<CancelReply>(new CancelRequest { IntentId = "o", CascadeOco = false })).Message;
        Assert.Equal((422, "POLICY_NOT_SUPPORTED"), (reply.HttpStatus, reply.Result.Code));
        Assert.Contains("cascade_oco", reply.Result.Message);
    }
}
