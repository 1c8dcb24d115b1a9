using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using Xunit;

namespace Chimera.S4.Router.Tests.Orders;

/// <summary>Design §7 <c>replaces</c>, with the answer of one intent on its way to the next: what all of them fill together is what was asked for.</summary>
public sealed class A_chain_of_replacements_on_the_bus : IAsyncLifetime
{
    RouterRig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await RouterRig.Start();
        rig.Spot.OnPlace = request => Task.FromResult(ScriptedVenue.Known(State(request.Text.Split('=', '&')[1], VenueStatus.New)));
        rig.Spot.OnCancel = _ => Task.FromResult(ScriptedVenue.Answer(VenueOutcome.Unknown));      // what became of the order is told by the stream
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    static OrderIntent Limit(string id, string? replaces = null) => RouterRig.Intent(id, "LIMIT", 90, qty: 2) with { Replaces = replaces is null ? null : new IntentHeader { IntentId = replaces } };

    async Task Rests(OrderIntent intent)
    {
        await rig.Ask(intent);
        await Sent(intent.IntentId!, 2);
    }

    /// <summary>It goes out with so much, and rests.</summary>
    async Task Sent(string id, decimal qty)
    {
        await rig.Until(id, order => order.VenueOrders.Length == 1);
        Assert.Equal(qty, (await rig.Order(id))!.VenueOrders[0].OrderQty.Value);
        await rig.Until(id, order => order.Status is OrderStatus.Working);
    }

    /// <summary>It is asked to go, and does.</summary>
    async Task Gone(string id, decimal filled)
    {
        await rig.Until(id, order => order.Status is OrderStatus.PendingCancel);
        await rig.Report(id, State((await rig.Order(id))!.VenueOrders[0].ClientOrderId, VenueStatus.Canceled, filled));
    }

    static VenueOrderState State(string clientOrderId, VenueStatus status, decimal filled = 0) => ScriptedVenue.State(clientOrderId, status, filled, venueOrderId: $"{clientOrderId.GetHashCode(StringComparison.Ordinal)}");

    [Fact]
    public async Task Fills_no_more_than_was_asked_for()
    {
        await Rests(Limit("first"));
        await rig.Ask(Limit("second", "first"));
        await Gone("first", filled: 0.5m);
        await Sent("second", 1.5m);
        await rig.Ask(Limit("third", "second"));
        await Gone("second", filled: 0.5m);
        await Sent("third", 1);
    }

    /// <summary>The second is taken back while it still waits for the end of the first.</summary>
    [Fact]
    public async Task Counts_the_first_where_the_second_was_never_sent()
    {
        await Rests(Limit("first"));
        await rig.Ask(Limit("second", "first"));
        await rig.Until("first", order => order.Status is OrderStatus.PendingCancel);
        await rig.Ask(Limit("third", "second"));
        await rig.Until("second", order => order.CancelAsked);
        await Gone("first", filled: 0.5m);
        await Sent("third", 1.5m);
        await rig.Until("second", order => order is { Status: OrderStatus.Canceled, Final: true });
    }

    [Fact]
    public async Task Sells_as_asked_where_the_other_had_bought()
    {
        await Rests(Limit("bought"));
        await rig.Ask(Limit("sold", "bought") with { Side = "SELL", Price = 110 });
        await Gone("bought", filled: 0.5m);
        await Sent("sold", 2);
    }
}
