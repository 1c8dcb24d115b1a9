using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class What_the_user_stream_hears : IAsyncLifetime
{
    readonly GatewayRig rig = new();
    readonly StartupGate gate = new();
    UserStreamSink sink = null!;

    public Task InitializeAsync()
    {
        gate.MarkBusStarted();
        sink = new UserStreamSink(new ReportSender(rig.Wire.Sends), rig.Store, () => [rig.Venue], rig.Driver(), new IntakeOptions(), gate, rig.Countdowns, rig.Metrics, NullLogger<UserStreamSink>.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Goes_to_the_order_that_its_id_names()
    {
        await sink.Heard(Market.Spot, State(rig.ClientOrderId, VenueStatus.PartiallyFilled, 0.5m), GatewayRig.Ever);
        Assert.Equal((rig.OrderId, "STREAM", "PartiallyFilled", 1), (rig.Wire.Only.OrderId, rig.Wire.Only.Source, rig.Wire.Only.Status, rig.Wire.Only.Trades.Length));
        Assert.Null(rig.Wire.Only.EffectSeq);
    }

    [Theory]
    [InlineData("web_8f1a")]
    [InlineData("x1AAAAAAAAAAAAAAAAAAAAAA0000")]
    [InlineData("")]
    public async Task Is_left_alone_when_it_is_foreign(string clientOrderId)
    {
        await sink.Heard(Market.Spot, State(clientOrderId, VenueStatus.New), GatewayRig.Ever);
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Is_not_taken_when_the_broker_does_not_confirm()
    {
        rig.Wire.IsDown = true;
        await Assert.ThrowsAsync<TimeoutException>(() => sink.Heard(Market.Spot, State(rig.ClientOrderId, VenueStatus.New), GatewayRig.Ever));
    }

    [Fact]
    public async Task Waits_for_the_bus()
    {
        var early = new UserStreamSink(new ReportSender(rig.Wire.Sends), rig.Store, () => [rig.Venue], rig.Driver(), new IntakeOptions(), new StartupGate(), rig.Countdowns, rig.Metrics, NullLogger<UserStreamSink>.Instance);
        using var impatient = new CancellationTokenSource();
        var heard = early.Heard(Market.Spot, State(rig.ClientOrderId, VenueStatus.New), impatient.Token);
        Assert.False(heard.IsCompleted);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => heard);
        Assert.Empty(rig.Wire.Reports);
    }

    // ---- algo orders ----

    AlgoOrderState Algo(AlgoStatus status, string? child = null) => new() { Symbol = "BTCUSDT", ClientAlgoId = rig.ClientOrderId, AlgoId = "9", Status = status, ChildOrderId = child, Remark = "words" };

    [Theory]
    [InlineData(AlgoStatus.New, null, "New")]
    [InlineData(AlgoStatus.Triggering, null, "New")]
    [InlineData(AlgoStatus.Triggered, "71", "New")]
    [InlineData(AlgoStatus.Canceled, null, "Canceled")]
    [InlineData(AlgoStatus.Expired, null, "Expired")]
    [InlineData(AlgoStatus.Rejected, null, "Expired")]
    public async Task Of_an_algo_order_goes_to_the_order(AlgoStatus status, string? child, string told)
    {
        await sink.Heard(Market.Spot, Algo(status, child), GatewayRig.Ever);
        Assert.Equal((rig.OrderId, rig.ClientOrderId, "STREAM", told, "words"), (rig.Wire.Only.OrderId, rig.Wire.Only.ClientOrderId, rig.Wire.Only.Source, rig.Wire.Only.Status, rig.Wire.Only.VenueText));
        Assert.Empty(rig.Venue.Calls);
    }

    [Theory]
    [InlineData(AlgoStatus.Finished)]
    [InlineData(AlgoStatus.Canceled)]
    public async Task Of_an_algo_order_that_ended_as_its_child_is_asked_for(AlgoStatus status)
    {
        OrderRef? asked = null;
        await Store(VenueStatus.New, trigger: 90);
        rig.Venue.OnQuery = order => Task.FromResult(Known(State((asked = order).ClientOrderId, VenueStatus.Filled, 1)));
        await sink.Heard(Market.Spot, Algo(status, "71"), GatewayRig.Ever);
        Assert.True(asked!.IsConditional);
        Assert.Equal((rig.OrderId, "Filled", 2), (rig.Wire.Only.OrderId, rig.Wire.Only.Status, rig.Wire.Only.Trades.Length));
    }

    [Fact]
    public async Task Of_an_algo_order_is_not_taken_while_its_child_is_not_answered()
    {
        await Store(VenueStatus.New, trigger: 90);
        rig.Venue.OnQuery = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        await Assert.ThrowsAsync<VenueUnansweredException>(() => sink.Heard(Market.Spot, Algo(AlgoStatus.Finished, "71"), GatewayRig.Ever));
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Of_a_foreign_algo_order_is_left_alone()
    {
        await sink.Heard(Market.Spot, Algo(AlgoStatus.New) with { ClientAlgoId = "web_1" }, GatewayRig.Ever);
        Assert.Empty(rig.Wire.Reports);
    }

    // ---- reconciliation ----

    [Theory]
    [InlineData("New 0              open New 0               -> open                   nothing differs")]
    [InlineData("New 0              open PartiallyFilled 0.5 -> open                   told PartiallyFilled")]
    [InlineData("PartiallyFilled 0  open New 0               -> open                   told New")]
    [InlineData("New 0              gone Filled 1            -> open query             told Filled")]
    [InlineData("New 0              gone Canceled 0          -> open query             told Canceled")]
    [InlineData("New 0              gone NotFound            -> open query             stays as it is")]
    [InlineData("New 0              gone Unknown             -> open query             throws")]
    [InlineData("Canceled 0         gone NotFound            -> open                   ended and proven")]
    [InlineData("None 0             gone NotFound            -> open                   the placement looks for it by itself")]
    [InlineData("None 0             open New 0               -> open                   told New")]
    public async Task Is_held_against_the_venue_after_a_gap(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await Store(Enum.Parse<VenueStatus>(words[0]));
        var (isOpen, venueSays, arrow) = (words[2] == "open", words[3], Array.IndexOf(words, "->"));
        var state = Enum.TryParse<VenueStatus>(venueSays, out var status) ? State(rig.ClientOrderId, status, decimal.Parse(words[4])) : null;
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, isOpen ? [state!] : []));
        rig.Venue.OnQuery = _ => Task.FromResult(state is null ? Answer(Enum.Parse<VenueOutcome>(venueSays)) : Known(state));

        var end = string.Join(' ', words[(arrow + 1)..]);
        var reconciled = sink.Reconcile(Market.Spot, GatewayRig.Ever);
        if (end.EndsWith("throws", StringComparison.Ordinal)) await Assert.ThrowsAsync<VenueUnansweredException>(() => reconciled);
        else await reconciled;

        Assert.StartsWith(string.Join(' ', rig.Venue.Calls), end, StringComparison.Ordinal);
        Assert.Equal(words[^2] == "told" ? words[^1] : null, rig.Wire.Reports.SingleOrDefault()?.Status);
    }

    [Fact]
    public async Task Is_not_reconciled_while_open_orders_are_not_answered()
    {
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Unknown, []));
        await Assert.ThrowsAsync<VenueUnansweredException>(() => sink.Reconcile(Market.Spot, GatewayRig.Ever));
    }

    [Fact]
    public async Task Is_not_reconciled_while_trades_are_not_answered()
    {
        await Store(VenueStatus.New);
        rig.Venue.OnQuery = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1, withTrades: false)));
        rig.Venue.OnTrades = _ => Task.FromResult(new TradesAnswer(VenueOutcome.Unknown, []));
        await Assert.ThrowsAsync<VenueUnansweredException>(() => sink.Reconcile(Market.Spot, GatewayRig.Ever));
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Leaves_foreign_open_orders_and_the_other_market_alone()
    {
        await Store(VenueStatus.New, "FUT");
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, [State("web_1", VenueStatus.New), State("web_2", VenueStatus.New)]));
        await sink.Reconcile(Market.Spot, GatewayRig.Ever);
        Assert.Equal(["open"], rig.Venue.Calls);
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Is_held_against_the_venue_for_all_others_where_one_document_is_damaged()
    {
        await Store(VenueStatus.New);
        var damaged = SagaIds.Of("a damaged one");
        await rig.Store.Commit(Given.Step(damaged, null, rig.Clock.GetUtcNow(), market: "SPOT", document: "{ damaged"), GatewayRig.Ever);
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, [State(new ClientOrderId("s4", damaged, 0, 0).ToString(), VenueStatus.New)]));
        rig.Venue.OnQuery = order => Task.FromResult(Known(State(order.ClientOrderId, VenueStatus.Canceled)));
        await sink.Reconcile(Market.Spot, GatewayRig.Ever);
        Assert.Equal("Canceled", rig.Wire.Only.Status);
        Assert.Equal(["open", "query"], rig.Venue.Calls);          // it has a document, so it is no orphan to cancel
    }

    [Fact]
    public async Task Is_canceled_and_recorded_when_it_is_open_under_our_prefix_and_no_document_names_it()
    {
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, [State(rig.ClientOrderId, VenueStatus.New)]));
        rig.Venue.OnCancel = cancel => Task.FromResult(Known(State(cancel.ClientOrderId, VenueStatus.Canceled)));
        await sink.Reconcile(Market.Spot, GatewayRig.Ever);
        Assert.Equal(["open", "cancel"], rig.Venue.Calls);
        var recorded = rig.Wire.Sent<JournalBatch>().SelectMany(batch => batch.Events).ToArray();
        Assert.All(recorded, happened => Assert.Equal(("ORPHAN", rig.ClientOrderId), (happened.Code, happened.ClientOrderId)));
        Assert.Equal([$"orphan-{rig.ClientOrderId}-New", $"orphan-{rig.ClientOrderId}-Canceled"], recorded.Select(happened => happened.Key));
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Does_not_hold_up_the_start_when_an_orphan_cannot_be_canceled()
    {
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, [State(rig.ClientOrderId, VenueStatus.New)]));
        rig.Venue.OnCancel = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        await sink.Reconcile(Market.Spot, GatewayRig.Ever);
        Assert.Equal(["open", "cancel", "query"], rig.Venue.Calls);
        Assert.Single(rig.Wire.Sent<JournalBatch>());
    }

    [Fact]
    public async Task Goes_to_its_document_when_that_has_ended_without_knowing_it()
    {
        await Store(VenueStatus.Rejected, final: true);
        rig.Venue.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, [State(rig.ClientOrderId, VenueStatus.New)]));
        await sink.Reconcile(Market.Spot, GatewayRig.Ever);
        Assert.Equal(["open"], rig.Venue.Calls);
        Assert.Equal("New", rig.Wire.Only.Status);
    }

    [Fact]
    public async Task Is_held_against_the_venue_for_a_thousand_live_orders()
    {
        for (var number = 0; number < 1000; number++) await Store(VenueStatus.New, intentId: $"intent {number}");
        rig.Venue.OnQuery = order => Task.FromResult(Known(State(order.ClientOrderId, VenueStatus.Canceled)));
        await sink.Reconcile(Market.Spot, GatewayRig.Ever);
        Assert.Equal(1000, rig.Wire.Reports.Select(report => report.OrderId).Distinct().Count());
    }

    /// <summary>A symbol may be flat with every second fill, while hundreds of intents wait that hold nothing of it.</summary>
    [Fact]
    public async Task Is_a_flat_position_to_those_whose_exits_it_ends()
    {
        var told = new[] { ("protected", "FUT", "BTCUSDT", "LIMIT", "TWAP+POST_FILL_ACTIONS"), ("stop", "FUT", "BTCUSDT", "STOP", null), ("profit", "FUT", "BTCUSDT", "TAKE_PROFIT", null) };
        var untold = new[] { ("waits", "FUT", "BTCUSDT", "LIMIT", (string?)"TWAP"), ("plain", "FUT", "BTCUSDT", "MARKET", null), ("elsewhere", "FUT", "ETHUSDT", "STOP", null), ("spot", "SPOT", "BTCUSDT", "STOP", null) };
        foreach (var (intentId, market, symbol, type, policy) in told.Concat(untold))
        {
            var step = Given.Step(SagaIds.Of(intentId), null, rig.Clock.GetUtcNow(), market: market);
            await rig.Store.Commit(step with { Line = step.Line with { Summary = step.Line.Summary with { Symbol = symbol, Type = type, Policy = policy } } }, GatewayRig.Ever);
        }
        var at = rig.Clock.GetUtcNow();
        await sink.Flat(symbol => symbol == "BTCUSDT", at, GatewayRig.Ever);
        Assert.Equal(told.Select(one => (SagaIds.Of(one.Item1), at)).Order(), rig.Wire.Sent<PositionFlat>().Select(flat => (flat.OrderId, flat.SeenAt)).Order());
    }

    async Task Store(VenueStatus status, string market = "SPOT", string intentId = "an intent", bool final = false, decimal? trigger = null)
    {
        var (id, now) = (SagaIds.Of(intentId), rig.Clock.GetUtcNow());
        var order = new Order
        {
            Id = id, Status = OrderStatus.Working, CreatedAt = now, UpdatedAt = now,
            Intent = new Intent { IntentId = intentId, Market = market == "SPOT" ? Market.Spot : Market.Fut, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(1), Type = OrderType.Limit, PublishedAt = now, ReceivedAt = now, ContentHash = "" },
            VenueOrders = [new VenueOrder { ClientOrderId = new ClientOrderId("s4", id, 0, 0).ToString(), Type = OrderType.Limit, OrderQty = new(1), TriggerPx = trigger is { } px ? new Price(px) : null, Status = status, VenueOrderId = status is VenueStatus.None ? null : "71" }],
        };
        await rig.Store.Commit(Given.Step(id, null, now, market: market, document: JsonSerializer.Serialize(new OrderDocument(order, null), OrderDocument.Options)) with { TombstoneTtl = final ? Given.Week : null }, GatewayRig.Ever);
    }
}
