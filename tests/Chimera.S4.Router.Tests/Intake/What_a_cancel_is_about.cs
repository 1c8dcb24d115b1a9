using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Venues;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.Intake;

public sealed class What_a_cancel_is_about : IAsyncLifetime
{
    readonly GatewayRig rig = new();
    CancelTargets targets = null!;

    public Task InitializeAsync()
    {
        targets = new CancelTargets(rig.Store, [rig.Venue], new IntakeOptions());
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Is_the_intent_that_it_names() =>
        Assert.Equal(new CancelTarget(SagaIds.Of("i"), null, null), await targets.Find(new CancelRequest { IntentId = "i" }, GatewayRig.Ever));

    [Fact]
    public async Task Is_the_intent_that_the_client_order_id_holds()
    {
        var target = await targets.Find(new CancelRequest { ClientOrderId = rig.ClientOrderId }, GatewayRig.Ever);
        Assert.Equal(new CancelTarget(rig.OrderId, null, null), target);
        Assert.Empty(rig.Venue.Calls);
    }

    [Fact]
    public async Task Says_where_an_orphan_is_when_market_and_symbol_are_told()
    {
        var target = await targets.Find(new CancelRequest { ClientOrderId = rig.ClientOrderId, Market = "SPOT", Symbol = "BTCUSDT" }, GatewayRig.Ever);
        Assert.Equal(new VenueOrderAt(Market.Spot, new OrderRef("BTCUSDT", rig.ClientOrderId)), target.AtVenue);
    }

    [Fact]
    public async Task Is_the_order_that_the_store_knows_by_its_venue_id()
    {
        await rig.Store.Commit(Given.Step(rig.OrderId, null, rig.Clock.GetUtcNow()) with { VenueOrders = [new VenueOrderKey("SPOT", "BTCUSDT", "71")] }, GatewayRig.Ever);
        Assert.Equal(rig.OrderId, (await targets.Find(new CancelRequest { OrderId = "71", Market = "SPOT", Symbol = "BTCUSDT" }, GatewayRig.Ever)).OrderId);
        Assert.Empty(rig.Venue.Calls);
    }

    [Fact]
    public async Task Is_asked_of_the_venue_where_the_store_does_not_know_the_id()
    {
        rig.Venue.OnQuery = order => Task.FromResult(order.VenueOrderId == "71" ? ScriptedVenue.Known(ScriptedVenue.State(rig.ClientOrderId, VenueStatus.New)) : ScriptedVenue.Answer(VenueOutcome.NotFound));
        var target = await targets.Find(new CancelRequest { OrderId = "71", Market = "SPOT", Symbol = "BTCUSDT" }, GatewayRig.Ever);
        Assert.Equal((rig.OrderId, rig.ClientOrderId), (target.OrderId, target.AtVenue!.Order.ClientOrderId));
    }

    [Theory]
    [InlineData("by id, no market    AmbiguousOrder  order_id needs market (SPOT, FUT) and symbol: order ids repeat between symbols")]
    [InlineData("by id, no symbol    AmbiguousOrder  order_id needs market (SPOT, FUT) and symbol: order ids repeat between symbols")]
    [InlineData("by id, unknown      OrderNotFound   no such order 72 of BTCUSDT")]
    [InlineData("by id, foreign      ForeignOrder    client order id 'web_1' does not begin with this deployment's prefix 's4' and an intent")]
    [InlineData("by client, foreign  ForeignOrder    client order id 'web_1' does not begin with this deployment's prefix 's4' and an intent")]
    public async Task Is_refused_in_words(string row)
    {
        rig.Venue.OnQuery = order => Task.FromResult(order.VenueOrderId == "71" ? ScriptedVenue.Known(ScriptedVenue.State("web_1", VenueStatus.New)) : ScriptedVenue.Answer(VenueOutcome.NotFound));
        var request = row[..18].Trim() switch
        {
            "by id, no market" => new CancelRequest { OrderId = "71", Symbol = "BTCUSDT" },
            "by id, no symbol" => new CancelRequest { OrderId = "71", Market = "SPOT" },
            "by id, unknown" => new CancelRequest { OrderId = "72", Market = "SPOT", Symbol = "BTCUSDT" },
            "by id, foreign" => new CancelRequest { OrderId = "71", Market = "SPOT", Symbol = "BTCUSDT" },
            _ => new CancelRequest { ClientOrderId = "web_1" },
        };
        var refusal = (await targets.Find(request, GatewayRig.Ever)).Refusal!;
        Assert.Equal(row[20..], $"{refusal.Reason,-15} {refusal.Message}");
        Assert.Equal(0, rig.Venue.Count("cancel"));
    }
}

public sealed class A_cancel_on_the_bus : IAsyncLifetime
{
    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    async Task<CancelReply> Ask(CancelRequest request) => (await rig.Client<CancelRequest>("s4-intents").GetResponse<CancelReply>(request)).Message;

    [Fact]
    public async Task Names_exactly_one_order()
    {
        Assert.Equal("name the order by exactly one of intent_id, client_order_id and order_id, not 0", (await Ask(new CancelRequest())).Result.Message);
        Assert.Equal("name the order by exactly one of intent_id, client_order_id and order_id, not 2", (await Ask(new CancelRequest { IntentId = "i", OrderId = "7" })).Result.Message);
    }

    [Theory]
    [InlineData("please")]
    [InlineData("TOO_LONG_A_REASON_FOR_ANY_RECORD_TO_KEEP")]
    [InlineData("")]
    public async Task Gives_a_reason_of_the_agreed_form(string reason)
    {
        var reply = await Ask(new CancelRequest { IntentId = "i", Reason = reason });
        Assert.Equal((400, $"reason '{reason}' is not of the form [A-Z_]{{1,32}}"), (reply.HttpStatus, reply.Result.Message));
    }

    [Fact]
    public async Task Leaves_a_foreign_order_alone() => Assert.Equal((403, "FOREIGN_ORDER"), await Ask(new CancelRequest { ClientOrderId = "web_1" }) is var reply ? (reply.HttpStatus, reply.Result.Code) : default);

    [Fact]
    public async Task Ends_an_orphan_at_the_venue_and_says_that_no_intent_is_stored()
    {
        var orphan = RouterRig.ClientOrderIdOf("an intent that was lost");
        rig.Spot.OnCancel = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(orphan, VenueStatus.Canceled, 0.5m)));
        var reply = await Ask(new CancelRequest { ClientOrderId = orphan, Market = "SPOT", Symbol = "BTCUSDT", Reason = "ORPHAN" });
        Assert.Equal((200, "CANCELED", 0.5m, "no intent is stored for this order"), (reply.HttpStatus, reply.Result.Status, reply.Result.FilledQty, reply.Result.Message));
        Assert.Equal([orphan], reply.Result.CanceledIds);
    }
}
