using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chimera.S4.Router.Tests.Levers;

public sealed class An_operators_word : IAsyncLifetime
{
    const string Id = "unproven";
    static readonly string Name = RouterRig.ClientOrderIdOf(Id);

    readonly ConcurrentQueue<StrategyEvent> events = new();
    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start(services => services.AddSingleton(Stub<IJournal>.Of((_, args) =>
    {
        foreach (var told in ((IReadOnlyList<JournalBatch>)args[0]!).SelectMany(batch => batch.Events)) events.Enqueue(told);
        return Task.CompletedTask;
    })));

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task That_it_is_absent_sends_the_same_placement_again_once_and_is_in_the_record()
    {
        await InReview();

        var reply = await Resolve();

        Assert.Equal((200, "SENT_AGAIN"), (reply.HttpStatus, Assert.Single(reply.Result.Placements).Outcome));
        rig.Spot.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(Name, VenueStatus.New)));
        await Eventually.True(async () =>
        {
            // Whoever looked just now may still put it off.
            rig.Clock.Advance(TimeSpan.FromSeconds(31));
            await rig.Sweep();
            return await rig.Order(Id) is { Status: OrderStatus.Working, NeedsReview: false };
        });
        Assert.Equal(2, rig.Spot.Placed.Length);
        Assert.All(rig.Spot.Placed, placed => Assert.Contains(Name, placed.Text, StringComparison.Ordinal));
        Assert.Equal([("OPS_RESOLVE", "ABSENT", Id), ("OPS_RESOLVED", "SENT_AGAIN", Id)], events.Select(told => (told.Type, told.Code, told.IntentId)));
        Assert.All(events, told => Assert.Equal("by ops 12345678: not in history", told.Detail));
        Assert.Equal((409, "NOT_IN_REVIEW"), Told(await Resolve()));
    }

    [Fact]
    public async Task That_it_is_absent_ends_what_had_been_canceled_and_a_late_sighting_is_a_correction()
    {
        await InReview();
        await rig.Send(new CancelOrder { OrderId = SagaIds.Of(Id), Reason = "RISK" });
        await rig.Until(Id, order => order.CancelAsked);

        Assert.Equal("ENDED", Assert.Single((await Resolve()).Result.Placements).Outcome);

        await rig.Until(Id, order => order is { Final: true, Code: ReasonCode.RuledAbsent });
        var told = (await rig.Order(Id))!.ResultSeq;
        await rig.Report(Id, ScriptedVenue.State(Name, VenueStatus.Filled, 1));
        await rig.Until(Id, order => order is { Status: OrderStatus.Closed, Final: true });
        var lines = (await rig.Store.Results(new ListResults(), RouterRig.Ever)).Items;
        Assert.Equal(("FILLED", told), (lines[^1].Status, lines[^1].Corrects));
        Assert.Single(rig.Spot.Placed);
    }

    [Fact]
    public async Task Yields_to_what_the_venue_shows()
    {
        await InReview();
        rig.Spot.OnLook = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(Name, VenueStatus.Filled, 1)));

        Assert.Equal("FOUND", Assert.Single((await Resolve()).Result.Placements).Outcome);

        await rig.Until(Id, order => order is { Status: OrderStatus.Closed, Final: true });
        Assert.Single(rig.Spot.Placed);
    }

    [Fact]
    public async Task That_it_is_this_order_is_looked_up_and_merged()
    {
        await InReview();
        rig.Spot.OnQuery = asked => Task.FromResult(asked.VenueOrderId == "71" ? ScriptedVenue.Known(ScriptedVenue.State(Name, VenueStatus.Canceled, 0.5m)) : ScriptedVenue.Answer(VenueOutcome.NotFound));

        Assert.Equal((422, "ORDER_NOT_FOUND"), Told(await Resolve("72")));
        Assert.Equal("FOUND", Assert.Single((await Resolve("71")).Result.Placements).Outcome);

        await rig.Until(Id, order => order is { Status: OrderStatus.Canceled, CumQty.Value: 0.5m });
    }

    [Fact]
    public async Task Is_refused_where_nothing_needs_it()
    {
        Assert.Equal((404, "ORDER_NOT_FOUND"), Told(await Resolve()));
        await rig.Ask(RouterRig.Intent(Id, "LIMIT", 100));
        await rig.Until(Id, order => order.Status is OrderStatus.Unknown);
        Assert.Equal((409, "NOT_IN_REVIEW"), Told(await Resolve()));
        Assert.Empty(events);
        Assert.Single(rig.Spot.Placed);
    }

    [Fact]
    public async Task To_cancel_all_reaches_every_live_intent_that_it_concerns_once()
    {
        foreach (var id in new[] { "one", "two" })
        {
            rig.Spot.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf(id), VenueStatus.New)));
            await rig.Ask(RouterRig.Intent(id, "LIMIT", 100));
            await rig.Until(id, order => order.Status is OrderStatus.Working);
        }
        var all = rig.Client<CancelAll>("s4-queries");
        var none = (await all.GetResponse<CancelAllProgress>(new CancelAll { Market = "FUT", Reason = "r", By = "ops 12345678" })).Message;
        Assert.Equal((0, 0), (none.Asked, none.Ended));

        var asked = (await all.GetResponse<CancelAllProgress>(new CancelAll { Market = "SPOT", Symbol = "BTCUSDT", Reason = "r", By = "ops 12345678" })).Message;

        Assert.Equal(2, asked.Asked);
        foreach (var id in new[] { "one", "two" })
        {
            await rig.Until(id, order => order is { CancelAsked: true, CancelReason: "CANCEL_ALL" });
            await rig.Report(id, ScriptedVenue.State(RouterRig.ClientOrderIdOf(id), VenueStatus.Canceled));
            await rig.Until(id, order => order is { Final: true, Status: OrderStatus.Canceled });
        }
        var left = (await rig.Client<GetCancelAll>("s4-queries").GetResponse<CancelAllProgress>(new GetCancelAll())).Message;
        Assert.Equal((asked.RequestId, 2, 2, true), (left.RequestId, left.Asked, left.Ended, left.Done));
        Assert.Equal(["ALL", "BTCUSDT"], events.Where(told => told.Type == "OPS_CANCEL_ALL").Select(told => told.Code!.Split(' ')[1]));
    }

    /// <summary>Sent, not heard of, and looked for in vain for a quarter of an hour: the venue does not answer.</summary>
    async Task InReview()
    {
        rig.Spot.OnLook = _ => Task.FromResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
        await rig.Ask(RouterRig.Intent(Id, "LIMIT", 100));
        await rig.Until(Id, order => order.Status is OrderStatus.Unknown);
        rig.Clock.Advance(TimeSpan.FromMinutes(16));
        await Eventually.True(async () =>
        {
            await rig.Sweep();
            return await rig.Order(Id) is { NeedsReview: true };
        });
    }

    async Task<ResolveReply> Resolve(string? orderId = null) =>
        (await rig.Client<ResolveIntent>("s4-queries").GetResponse<ResolveReply>(new ResolveIntent { IntentId = Id, OrderId = orderId, Reason = "not in history", By = "ops 12345678" })).Message;

    static (int, string?) Told(ResolveReply reply) => (reply.HttpStatus, reply.Result.Code);
}
