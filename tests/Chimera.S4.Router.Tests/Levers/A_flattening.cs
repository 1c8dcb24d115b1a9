using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Levers;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Venues;
using Xunit;

namespace Chimera.S4.Router.Tests.Levers;

public sealed class A_flattening : IAsyncLifetime
{
    static readonly CancelAll Futures = new() { Market = "FUT", Symbol = "BTCUSDT", Flatten = true, Reason = "r", By = "ops 12345678" };
    static readonly CancelAll Spot = Futures with { Market = "SPOT" };

    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Closes_a_position_once_however_often_and_by_how_many_it_is_carried_on()
    {
        Holds(1);
        Fills(rig.Futures);
        var asked = await Ask(Futures);
        Assert.Equal((0, null, false), (asked.Asked, asked.ToFlatten, asked.Done));

        await Until(progress => progress.Closes is [{ State: "CLOSING" }], 4);

        var name = Assert.Single((await Progress()).Closes).Intents.Single();
        await rig.Until(name, order => order is { Final: true, CumQty.Value: 1, Intent: { ReduceOnly: true, Side: Side.Sell, Type: OrderType.Market } });
        await Until(progress => progress is { Flattened: 1, ToFlatten: 1, Done: true, Closes: [{ State: "FLAT" }] }, 4);
        Assert.Single(rig.Futures.Placed);
    }

    [Fact]
    public async Task Publishes_what_another_had_stored_and_did_not_live_to_publish()
    {
        Holds(1);
        Fills(rig.Futures);
        var asked = await Ask(Futures);
        var (target, _) = Flattening.Next(FlattenTarget.OfPosition("BTCUSDT", asked.RequestId!.Value), new FlattenView
        {
            Now = rig.Clock.GetUtcNow(), AskedAt = rig.Clock.GetUtcNow(), IsSettled = true, AreExitsAsked = true, Held = 1, Instrument = rig.Facts.Instrument(Market.Fut, "BTCUSDT"),
        });
        await rig.Get<CancelAllBook>().Change(works => works.Replace(works.Of(asked.RequestId.Value)! with { Targets = [target], AreTargetsFound = true }), RouterRig.Ever);

        await Until(progress => progress.Done);

        Assert.Equal(target.Tries[0].IntentId, Assert.Single((await Progress()).Closes).Intents.Single());
        Assert.Single(rig.Futures.Placed);
    }

    [Fact]
    public async Task Is_not_undone_by_a_replica_that_slept_meanwhile()
    {
        Holds(1);
        Fills(rig.Futures);
        await Ask(Futures);
        var (asleep, awake) = (new TaskCompletionSource(), new TaskCompletionSource());
        var told = rig.Settings.OnPositions;
        rig.Settings.OnPositions = async () =>
        {
            rig.Settings.OnPositions = told;
            asleep.SetResult();
            await awake.Task;
            return await told();
        };
        var sleeper = rig.Get<CancelAllWorker>().GoOn(RouterRig.Ever);
        await asleep.Task;
        await Until(progress => progress.Done);
        await Ask(Spot);
        awake.SetResult();
        await sleeper;

        var works = (await rig.Get<CancelAllBook>().Read(RouterRig.Ever)).Works;
        Assert.Equal((1, Market.Spot), (works.Length, works[0].Market!.Value));
        Assert.Single(rig.Futures.Placed);
    }

    [Fact]
    public async Task Sells_what_a_spot_intent_has_bought_less_fees_once_for_two_requests()
    {
        await Bought("half", 0.5m);
        Fills(rig.Spot, venueOrderId: "72");
        await Ask(Spot);
        var asked = await Ask(Spot);
        Assert.Equal((1, 2), (asked.Asked, asked.UnderWay));
        await rig.Until("half", order => order.CancelAsked);
        await rig.Get<CancelAllWorker>().GoOn(RouterRig.Ever);
        Assert.Equal("WAITING", Assert.Single((await Progress()).Closes).State);
        await rig.Report("half", ScriptedVenue.State(RouterRig.ClientOrderIdOf("half"), VenueStatus.Canceled, 0.5m));
        await rig.Until("half", order => order.Final);

        await Until(progress => progress is { Done: true, UnderWay: 0, Ended: 1, Flattened: 1 });

        var sold = (await rig.Order(Assert.Single((await Progress()).Closes).Intents.Single()))!;
        Assert.Equal((0.499m, Side.Sell, true), (sold.CumQty.Value, sold.Intent.Side, sold.Intent.ReduceOnly));
        Assert.Equal(2, rig.Spot.Placed.Length);
    }

    [Fact]
    public async Task Ends_what_only_protects_while_a_cancel_of_everything_leaves_it()
    {
        rig.Spot.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf("stop"), VenueStatus.New)));
        await rig.Ask(RouterRig.Intent("stop", "STOP") with { Side = "SELL", TriggerPx = 90, ReduceOnly = true });
        await rig.Until("stop", order => order.Status is OrderStatus.Working);
        Assert.Equal(0, (await Ask(Spot with { Flatten = false })).Asked);
        await rig.Get<CancelAllWorker>().GoOn(RouterRig.Ever);
        Assert.False((await rig.Order("stop"))!.CancelAsked);

        Fills(rig.Spot, venueOrderId: "72");
        await Ask(Spot);
        await Eventually.True(async () =>
        {
            await rig.Get<CancelAllWorker>().GoOn(RouterRig.Ever);
            return (await rig.Order("stop"))!.CancelAsked;
        });
        Assert.Single(rig.Spot.Placed);
        await rig.Report("stop", ScriptedVenue.State(RouterRig.ClientOrderIdOf("stop"), VenueStatus.Canceled));

        await Until(progress => progress is { Done: true, Flattened: 1 });
        Assert.Equal(1, (await rig.Order(Assert.Single((await Progress()).Closes).Intents.Single()))!.CumQty.Value);
    }

    [Fact]
    public async Task Leaves_a_position_that_nobody_has_named_in_a_symbol_that_S4_never_traded()
    {
        Holds(1);
        await Ask(Futures with { Symbol = null });
        await Until(progress => progress is { Done: true, ToFlatten: 0 });
        Assert.Empty(rig.Futures.Placed);
    }

    [Fact]
    public async Task Goes_on_with_what_is_known_while_the_venue_does_not_tell_its_positions()
    {
        await Bought("half", 0.5m);
        rig.Settings.OnPositions = () => Task.FromResult(new PositionsAnswer(VenueOutcome.Unknown, []));
        await Ask(Futures with { Market = null });
        await rig.Until("half", order => order.CancelAsked);
        await rig.Report("half", ScriptedVenue.State(RouterRig.ClientOrderIdOf("half"), VenueStatus.Canceled, 0.5m));
        await rig.Until("half", order => order.Final);
        Fills(rig.Spot, venueOrderId: "72");
        await Until(progress => progress is { Done: false, ToFlatten: null, Closes: [{ Market: "SPOT", State: "FLAT" }] });

        Holds(0);
        await Until(progress => progress is { Done: true, ToFlatten: 1 });
    }

    [Fact]
    public async Task Is_told_of_when_it_is_given_up()
    {
        Holds(1);
        rig.Futures.OnPlace = _ => Task.FromResult(new VenueAnswer { Outcome = VenueOutcome.Rejected, Reason = ReasonCode.ReduceOnlyLocked });
        await Ask(Futures);
        await Until(progress =>
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(31));
            return progress is { Done: true, Flattened: 0, ToFlatten: 1, Closes: [{ State: "GIVEN_UP", Intents.Length: 10 }] };
        });
        Assert.True(rig.Get<AlertBell>().Rings.TryRead(out var ring));
        Assert.Equal((AlertCode.FlattenGivenUp, true), (ring.Code, ring.Text.Contains("FUT BTCUSDT is not flat after 10 intents", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reads_what_an_earlier_build_has_stored()
    {
        const string Stored = """
            {"schema":1,"works":[{"requestId":"0194bd6f-3a00-5000-8000-00000000000a","at":"2026-01-31T12:00:00+00:00","by":"ops 12345678","reason":"r","market":"Fut","symbol":"BTCUSDT","flatten":true,
            "intents":[{"id":"0194bd6f-3a00-5000-8000-00000000000b","market":"Fut","symbol":"BTCUSDT","isToEnd":true,"mayHold":false}],"isAsked":true,
            "targets":[{"market":"Fut","symbol":"BTCUSDT","id":"0194bd6f-3a00-5000-8000-00000000000c","tries":[{"intentId":"flatten-1","side":"Sell","qty":"0.7","isAll":true,"at":"2026-01-31T12:00:01+00:00"}],"exitsGo":true,"ended":"Flat"}],
            "areTargetsFound":true}]}
            """;
        await rig.Get<INotes>().Write("cancel-all", Stored, RouterRig.Ever);
        Assert.Equal(Stored.ReplaceLineEndings(""), (await rig.Get<CancelAllBook>().Read(RouterRig.Ever)).Write());
        var progress = await Progress();
        Assert.Equal((1, 1, 1, 1, true), (progress.Asked, progress.Ended, progress.ToFlatten, progress.Flattened, progress.Done));
    }

    void Holds(decimal amount) => rig.Settings.OnPositions = () => Task.FromResult(new PositionsAnswer(VenueOutcome.Known, [new Position("BTCUSDT", amount, 100, 100, null)]));

    /// <summary>At once and wholly, as far as such an order asks for.</summary>
    void Fills(ScriptedVenue venue, string venueOrderId = "71") => venue.OnPlace = async request =>
    {
        var name = request.Text.Split('&')[0].Split('=')[1];
        var owner = (await rig.Store.Load(Chimera.S4.Orders.Reconciliation.OwnerOf(name, "s4")!.Value, RouterRig.Ever))!;
        var qty = Router.Orders.Repository.OrderDocument.Read(owner).Order!.OrderQty;
        if (venue.Market is Market.Fut) Holds(0);
        var trade = ScriptedVenue.Trade(9) with { Qty = qty, CommissionAsset = "USDT" };
        return ScriptedVenue.Known(ScriptedVenue.State(name, VenueStatus.Filled, venueOrderId: venueOrderId) with { CumQty = qty, CumQuote = qty.Value * 100, Trades = [trade] });
    };

    async Task Bought(string id, decimal filled)
    {
        rig.Spot.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(RouterRig.ClientOrderIdOf(id), VenueStatus.PartiallyFilled, filled)));
        await rig.Ask(RouterRig.Intent(id, "LIMIT", 100));
        await rig.Until(id, order => order.Status is OrderStatus.PartiallyFilled && order.VenueOrders[0].PlaceSeq is null);
    }

    async Task<CancelAllProgress> Ask(CancelAll all) => (await rig.Client<CancelAll>("s4-queries").GetResponse<CancelAllProgress>(all)).Message;
    async Task<CancelAllProgress> Progress() => (await rig.Client<GetCancelAll>("s4-queries").GetResponse<CancelAllProgress>(new GetCancelAll())).Message;

    /// <summary>Every look is a step of as many replicas at once.</summary>
    Task Until(Func<CancelAllProgress, bool> holds, int replicas = 1) => Eventually.True(async () =>
    {
        await Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => rig.Get<CancelAllWorker>().GoOn(RouterRig.Ever)));
        return holds(await Progress());
    });
}
