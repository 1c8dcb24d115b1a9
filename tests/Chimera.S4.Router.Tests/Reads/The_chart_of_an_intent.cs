using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using MassTransit;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Reads;

public sealed class The_chart_of_an_intent : IAsyncLifetime
{
    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    static OrderIntent Sliced => RouterRig.Intent("i1", qty: 3) with { ExecPolicy = new() { Twap = new() { Slices = 3, GapMs = 60_000 } } };

    async Task<IntentChart> Chart() => (await rig.Client<GetIntentChart>("s4-queries").GetResponse<IntentChart>(new GetIntentChart { IntentId = "i1" })).Message;

    async Task FillTheFirstSlice()
    {
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(RouterRig.ClientOrderIdOf("i1"), VenueStatus.Filled, 1)));
        await rig.Ask(Sliced);
        await rig.Until("i1", order => order.CumQty.Value == 1 && order.VenueOrders.All(venue => venue.PlaceSeq is null));
    }

    [Fact]
    public async Task Shows_its_orders_and_fills()
    {
        await FillTheFirstSlice();

        var chart = await Chart();

        Assert.Equal("ENTRY BUY FILLED 1/1", Assert.Single(chart.Orders) is var order ? $"{order.Purpose} {order.Side} {order.Status} {order.FilledQty}/{order.Qty}" : "");
        Assert.NotNull(chart.Orders[0].Until);
        Assert.Equal(["BUY 0.5 at 100", "BUY 0.5 at 100"], chart.Fills.Select(fill => $"{fill.Side} {fill.Qty} at {fill.Price}"));
    }

    [Fact]
    public async Task Shows_which_slices_are_done_and_when_the_others_are_due()
    {
        await FillTheFirstSlice();

        var slices = (await Chart()).Slices;

        Assert.Equal(["1 DONE 1/1", "2 WAITING 0/1", "3 WAITING 0/1"], slices.Select(slice => $"{slice.No} {slice.State} {slice.FilledQty}/{slice.Qty}"));
        Assert.Equal(TimeSpan.FromSeconds(60), slices[2].At - slices[1].At);
    }

    [Fact]
    public async Task Shows_slices_that_a_cancel_has_ended_as_skipped()
    {
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(RouterRig.ClientOrderIdOf("i1"), VenueStatus.New)));
        await rig.Ask(Sliced);
        await rig.Until("i1", order => order.VenueOrders.Any(venue => venue.Status is VenueStatus.New));
        await rig.Send(new CancelRequest { IntentId = "i1" }, "s4-intents");
        await rig.Until("i1", order => order.CancelAsked);

        Assert.Equal(["WORKING", "SKIPPED", "SKIPPED"], (await Chart()).Slices.Select(slice => slice.State));
    }

    [Fact]
    public async Task Shows_the_market_as_it_was_from_its_beginning_on()
    {
        await FillTheFirstSlice();
        for (var second = 1; second <= 4; second++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            rig.Facts.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(99 + second, 1)], [new BookLevel(101 + second, 1)], rig.Clock.GetUtcNow()));
        }

        var mids = (await Chart()).Mids;

        Assert.Equal([100m, 101m, 102m, 103m, 104m], mids.Select(seen => seen.Mid).Distinct());
        Assert.Equal(mids.Select(seen => seen.At).Order(), mids.Select(seen => seen.At));
    }

    [Fact]
    public async Task Is_of_a_known_intent_or_of_none() =>
        Assert.True((await rig.Client<GetIntentChart>("s4-queries").GetResponse<IntentChart, IntentNotFound>(new GetIntentChart { IntentId = "nobody" })).Is(out Response<IntentNotFound>? _));

    [Fact]
    public async Task Stands_beside_a_line_that_names_policy_and_mid()
    {
        await FillTheFirstSlice();

        var line = (await rig.Client<ListIntents>("s4-queries").GetResponse<IntentPage>(new ListIntents())).Message.Items.Single();

        Assert.Equal(("TWAP", 100m), (line.Policy, line.MidAtSend));
    }

    [Fact]
    public async Task Comes_with_queues_that_are_none_in_memory()
    {
        var queues = (await rig.Client<GetQueues>("s4-queries").GetResponse<QueuesView>(new GetQueues())).Message;

        Assert.Equal(("MEMORY", 0, null), (queues.Bus, queues.Queues.Length, queues.Problem));
    }
}
