using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tracing;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Venues;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Dispatch;

/// <summary>Lanes, dispatcher, workers and sweep of one process, on a file that other processes share. The store leaves records to the dispatcher.</summary>
public sealed class Effects_on_their_way : IAsyncLifetime
{
    static readonly TimeSpan Lease = new DispatchOptions().Lease;

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    readonly SqliteBackend backend;
    readonly ScriptedVenue venue;
    readonly Wire wire = new();
    readonly DispatchOptions options = new() { LaneLength = 2, VenueWorkers = 1, UrgentWorkers = 1, RecordWorkers = 1, ReplyWorkers = 1 };
    readonly EffectDispatcher dispatcher;
    readonly Leaving leaving = new();
    readonly LaneWorkers workers;
    readonly TaskCompletionSource<VenueAnswer> slow = new();
    readonly Guid id = Guid.NewGuid();
    readonly ScriptedSettings settings = new();
    int journalled;
    Func<Task> onJournal = () => Task.CompletedTask;

    public Effects_on_their_way()
    {
        backend = new SqliteBackend(holdsJournal: false, clock: clock);
        venue = new ScriptedVenue(Market.Spot, clock);
        var (lanes, sends) = (new EffectLanes(options), wire.Sends);
        dispatcher = new EffectDispatcher(lanes, backend.Orders, clock, NullLogger<EffectDispatcher>.Instance);
        var rig = new GatewayRig();
        var journal = Stub<IJournal>.Of((method, _) =>
        {
            Interlocked.Increment(ref journalled);
            return method.Name == nameof(IJournal.Write) ? onJournal() : Stub.PassOn;
        });
        var driver = new ProtocolDriver(backend.Placements, backend.Orders, rig.Facts, new ReportSender(sends), rig.Records, rig.Setup, rig.Countdowns, rig.Gates, rig.Bell, new GatewayOptions(), clock, rig.Metrics, NullLogger<ProtocolDriver>.Instance);
        var gateway = new VenueGateway([venue], driver, NullLogger<VenueGateway>.Instance);
        var records = new RecordWriter(sends, journal, new BusOptions((Uri?)null), rig.JournalMetrics, clock);
        var markouts = new MarkoutReceiver(rig.Facts, records, new MarkoutOptions(), new IntakeOptions(), [venue], clock);
        workers = new LaneWorkers(lanes, dispatcher, backend.Orders, gateway, new RecordReceiver(records), markouts, new ReplyReceiver(sends, clock, rig.Metrics, NullLogger<ReplyReceiver>.Instance), new EndIntentReceiver(sends),
            new FindExitsReceiver(new LiveDocuments(backend.Orders, NullLogger<LiveDocuments>.Instance), settings.Requests, sends), new GiveWayReceiver(sends), new IntentLookup(rig.Known, backend.Orders), NullLogger<LaneWorkers>.Instance);
    }

    public Task InitializeAsync() => workers.StartAsync(Given.Ever);

    public async Task DisposeAsync()
    {
        slow.TrySetResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
        await workers.StopAsync(Given.Ever);
        await backend.DisposeAsync();
    }

    static NewEffect Stored(Effect effect) => new(effect.Seq, EffectKinds.Of(effect), JsonSerializer.Serialize(effect, OrderDocument.Options), Lease);
    static NewEffect Place(int seq) => Stored(new PlaceEffect(seq, Market.Spot, "BTCUSDT", $"s4-{seq}") { Side = Side.Buy, Type = OrderType.Market, Qty = new(1) });
    static NewEffect Cancel(int seq) => Stored(new CancelEffect(seq, Market.Spot, "BTCUSDT", $"s4-{seq}") { CancelId = "c" });
    static NewEffect Reply(int seq) => new(seq, EffectKinds.Reply,
        JsonSerializer.Serialize(new ReplyPayload(new Uri("exchange:waiting"), Guid.NewGuid(), new IntentReply { HttpStatus = 200, Result = HttpAdapter.FakeRouter.Result("i", "FILLED") }, null), OrderDocument.Options), Lease);

    async Task<OrderCommit> Commit(params NewEffect[] effects)
    {
        var commit = Given.Step(id, null, clock.GetUtcNow()) with { Effects = effects, Record = GivenRecord.Batch(1), RecordSeq = 100 };
        await backend.Orders.Commit(commit, Given.Ever);
        return commit;
    }

    async Task<int[]> Pending() => [.. (await backend.Orders.PendingEffects(id, Given.Ever)).Select(effect => effect.Seq)];
    Task<IReadOnlyList<PendingEffect>> ClaimByAnother() => backend.Orders.ClaimDueEffects(Lease, 100, Given.Ever);
    async Task Sweep() => await new OutboxSweepJob(backend.Orders, dispatcher, options, leaving, NullLogger<OutboxSweepJob>.Instance).Execute(null!, Given.Ever);

    /// <summary>Straight from its commit an order is sent without a second look at the document; what has waited is asked for first.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Are_looked_at_again_once_they_have_waited(bool hasWaited, int placed)
    {
        var now = clock.GetUtcNow();
        var order = new Order
        {
            Id = id, Status = OrderStatus.PendingNew, CreatedAt = now, UpdatedAt = now, CancelAsked = true,
            Intent = new Intent { IntentId = "i", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(1), Type = OrderType.Market, PublishedAt = now, ReceivedAt = now, ContentHash = "" },
            VenueOrders = [new VenueOrder { ClientOrderId = "s4-1", Type = OrderType.Market, OrderQty = new(1), PlaceSeq = 1 }],
        };
        venue.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State("s4-1", VenueStatus.New)));
        var commit = Given.Step(id, null, now, document: JsonSerializer.Serialize(new OrderDocument(order, null), OrderDocument.Options)) with { Effects = [Place(1)] };
        await backend.Orders.Commit(commit, Given.Ever);
        if (!hasWaited) dispatcher.HandOff(commit);
        else
        {
            clock.Advance(Lease);
            await Sweep();
        }
        await Eventually.True(() => wire.Reports.Length == 1);
        Assert.Equal(placed, venue.Count("place"));
    }

    [Fact]
    public async Task Are_not_kept_back_by_one_that_cannot_be_read()
    {
        venue.OnCancel = _ => Task.FromResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
        await Commit(new NewEffect(1, EffectKinds.Place, """{"kind":"of a newer build","seq":1}""", Lease), Cancel(2));
        dispatcher.HandOff(await backend.Orders.PendingEffects(id, Given.Ever));
        await Eventually.True(() => Task.FromResult(venue.Count("cancel") == 1));
        await Eventually.True(() => Task.FromResult(dispatcher.InHand == 0));
        Assert.Contains(1, await Pending());
    }

    [Fact]
    public async Task Are_left_to_others_by_a_process_that_is_about_to_end()
    {
        await Commit(Cancel(1));
        clock.Advance(TimeSpan.FromMinutes(1));
        leaving.TakeNothing();
        await Sweep();
        Assert.Equal(0, dispatcher.InHand);
        Assert.Equal([1, 100], (await ClaimByAnother()).Select(effect => effect.Seq).Order());
    }

    void VenueHangs() => venue.OnPlace = _ => slow.Task;

    [Fact]
    public async Task Leave_the_document_when_record_and_reply_are_taken()
    {
        dispatcher.HandOff(await Commit(Reply(1)));
        await Eventually.True(async () => (await Pending()).Length == 0);
        Assert.Equal(("FILLED", 1), (wire.Sent<IntentReply>().Single().Result.Status, journalled));
        await Eventually.True(() => dispatcher.InHand == 0);
    }

    [Fact]
    public async Task Hold_up_nobody_behind_a_slow_and_full_venue_lane()
    {
        VenueHangs();
        venue.OnCancel = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State("s4-8", VenueStatus.Canceled)));
        dispatcher.HandOff(await Commit([.. Enumerable.Range(1, 7).Select(Place), Cancel(8), Reply(9)]));
        await Eventually.True(async () => !(await Pending()).Intersect([9, 100]).Any());            // reply and record are done
        await Eventually.True(() => wire.Reports.Length == 1);                                      // the cancel is told
        await Eventually.True(() => venue.Count("place") == 1);                                     // one worker, and it hangs there
        Assert.Equal((8, "Canceled"), (wire.Reports[0].EffectSeq, wire.Reports[0].Status));
    }

    [Fact]
    public async Task Wait_in_the_store_for_the_sweep_when_their_lane_is_full()
    {
        VenueHangs();
        dispatcher.HandOff(await Commit([.. Enumerable.Range(1, 7).Select(Place)]));
        await Eventually.True(() => venue.Count("place") == 1);
        Assert.InRange(dispatcher.InHand, 2, 4);
        slow.SetResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            await Sweep();
            return venue.Count("place") == 7;
        });
        Assert.Equal(7, venue.Placed.Select(request => request.Text[..request.Text.IndexOf('&')]).Distinct().Count());
    }

    [Fact]
    public async Task Are_not_taken_twice_while_they_are_in_hand()
    {
        VenueHangs();
        var commit = await Commit(Place(1));
        dispatcher.HandOff(commit);
        await Eventually.True(() => venue.Count("place") == 1);
        for (var again = 0; again < 10; again++) dispatcher.HandOff(await backend.Orders.PendingEffects(id, Given.Ever));
        Assert.InRange(dispatcher.InHand, 1, 2);                                                    // the record may still be on its way
        slow.SetResult(ScriptedVenue.Answer(VenueOutcome.Unknown));
        await Eventually.True(() => dispatcher.InHand == 0);
        Assert.Equal(["place"], venue.Calls);
    }

    [Fact]
    public async Task Keep_their_lease_while_they_are_in_hand_however_long_that_takes()
    {
        VenueHangs();
        dispatcher.HandOff(await Commit(Place(1)));
        await Eventually.True(() => venue.Count("place") == 1);
        await Eventually.True(async () => (await Pending()) is [1]);
        for (var second = 0; second < 30; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Empty(await ClaimByAnother());                                                   // before our own sweep, which would take up what has lapsed
            await Sweep();
        }
    }

    [Fact]
    public async Task Pass_to_another_when_their_process_dies()
    {
        await Commit(Place(1));
        clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(await ClaimByAnother(), effect => effect.Seq == 1);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains(await ClaimByAnother(), effect => effect.Seq == 1);
    }

    [Fact]
    public async Task Are_tried_again_a_second_after_their_receiver_failed()
    {
        onJournal = () => throw new StoreUnavailableException("away");
        dispatcher.HandOff(await Commit());
        await Eventually.True(() => journalled == 1 && dispatcher.InHand == 0);
        clock.Advance(TimeSpan.FromMilliseconds(999));
        await Sweep();
        Assert.Equal(1, journalled);
        onJournal = () => Task.CompletedTask;
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await Sweep();
        await Eventually.True(async () => (await Pending()).Length == 0);
        Assert.Equal(2, journalled);
    }

    [Fact]
    public async Task Stay_until_their_reply_has_gone_out()
    {
        wire.IsDown = true;
        dispatcher.HandOff(await Commit(Reply(1)));
        await Eventually.True(() => dispatcher.InHand == 0);
        Assert.Contains(1, await Pending());
        wire.IsDown = false;
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Sweep();
            return (await Pending()).Length == 0;
        });
        Assert.Single(wire.Sent<IntentReply>());
    }

    [Fact]
    public async Task Are_looked_at_when_their_protocol_says_so_and_not_before()
    {
        dispatcher.HandOff(await Commit(Place(1)));                                                  // unknown: look in 0.5 s
        await Eventually.True(() => venue.Count("place") == 1 && dispatcher.InHand == 0);
        clock.Advance(TimeSpan.FromMilliseconds(499));
        await Sweep();
        await Eventually.True(() => dispatcher.InHand == 0);
        Assert.Equal(["place"], venue.Calls);
        // It is out of hand a moment before its next look is written, which may have been after the clock moved.
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Sweep();
            return venue.Count("look") == 1;
        });
    }
}
