using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using MassTransit;
using MassTransit.Scheduling;
using MassTransit.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Orders;

public sealed class One_handling_of_a_message : IAsyncLifetime
{
    readonly SqliteBackend backend = new();
    readonly EffectLanes lanes = new(new DispatchOptions());
    readonly EffectDispatcher dispatcher;
    readonly CommitBuffer buffer = new();
    readonly ArmedGuards guards = new();
    readonly GatewayRig parts = new();

    public One_handling_of_a_message() => dispatcher = new EffectDispatcher(lanes, backend.Orders, new FakeTimeProvider(), NullLogger<EffectDispatcher>.Instance);

    public Task InitializeAsync() => Task.CompletedTask;
    public async Task DisposeAsync() => await backend.DisposeAsync();

    OrderSession Session(EffectDispatcher? other = null) => new(backend.Orders, new OrderCommitWriter(new DispatchOptions()), other ?? dispatcher, guards, parts.Bell, parts.Metrics, parts.Notes, buffer);

    static ConsumeContext Message(bool redelivered = false, Guid? timer = null)
    {
        var headers = new DictionarySendHeaders();
        if (timer is { } token) headers.Set(MessageHeaders.SchedulingTokenId, token.ToString("D"));
        var received = Stub<ReceiveContext>.Of((method, _) => method.Name == "get_Redelivered" ? redelivered : Stub.PassOn);
        return Stub<ConsumeContext>.Of((method, _) => method.Name switch
        {
            "get_ReceiveContext" => received, "get_CancellationToken" => CancellationToken.None, "get_Headers" => headers, _ => Stub.PassOn,
        });
    }

    async Task<OrderSaga> Opened()
    {
        buffer.Reset();
        buffer.Decision = OrderDecider.Open(SagaIds.Of("i"), Lives.Intent, null, Lives.Facts, "s4", null);
        var saga = new OrderSaga { CorrelationId = SagaIds.Of("i"), Order = buffer.Decision.Order };
        await Session().Commit(saga, Message());
        buffer.Reset();
        return saga;
    }

    [Fact]
    public async Task Hands_the_effects_over_once_they_are_stored()
    {
        var saga = await Opened();
        Assert.Equal(["place"], (await backend.Orders.PendingEffects(saga.CorrelationId, Given.Ever)).Select(effect => effect.Kind));
        Assert.True(lanes[Lane.Spot].TryRead(out var handed));
        Assert.IsType<PlaceEffect>(handed.Venue);
    }

    [Fact]
    public async Task Hands_over_again_what_a_dead_process_stored_when_the_message_comes_again()
    {
        await Opened();
        var heirLanes = new EffectLanes(new DispatchOptions());
        var session = Session(new EffectDispatcher(heirLanes, backend.Orders, new FakeTimeProvider(), NullLogger<EffectDispatcher>.Instance));
        var saga = (await session.Load(SagaIds.Of("i"), Given.Ever))!;
        buffer.Decision = Decision.Nothing(saga.Order!);
        await session.Commit(saga, Message(redelivered: true));
        Assert.True(heirLanes[Lane.Spot].TryRead(out var handed));
        Assert.Equal("place", handed.Pending.Kind);
        Assert.Equal(1, (await backend.Orders.Load(saga.CorrelationId, Given.Ever))!.Version);      // and commits nothing
    }

    [Fact]
    public async Task Leaves_alone_what_is_pending_when_the_message_is_new()
    {
        await Opened();
        var otherLanes = new EffectLanes(new DispatchOptions());
        var session = Session(new EffectDispatcher(otherLanes, backend.Orders, new FakeTimeProvider(), NullLogger<EffectDispatcher>.Instance));
        var saga = (await session.Load(SagaIds.Of("i"), Given.Ever))!;
        buffer.Decision = Decision.Nothing(saga.Order!);
        await session.Commit(saga, Message());
        Assert.False(otherLanes[Lane.Spot].TryRead(out _));
    }

    [Fact]
    public async Task Throws_a_conflict_and_hands_nothing_over_when_another_committed_first()
    {
        var saga = await Opened();
        lanes[Lane.Spot].TryRead(out _);
        var session = Session();
        await session.Load(saga.CorrelationId, Given.Ever);
        await backend.Orders.Commit(Given.Step(saga.CorrelationId, 1, backend.Now), Given.Ever);
        buffer.Decision = OrderDecider.OnReport(saga.Order!, new Observation { ClientOrderId = saga.Order!.VenueOrders[0].ClientOrderId, Kind = ReportKind.Known, Status = VenueStatus.New }, MarketView.At(Lives.Now));
        saga.Order = buffer.Decision.Order;
        await Assert.ThrowsAsync<OrderConflictException>(() => session.Commit(saga, Message()));
        Assert.False(lanes[Lane.Spot].TryRead(out _));
    }

    [Fact]
    public async Task Takes_the_delivered_timer_out_with_its_commit_even_where_the_machine_ignored_it()
    {
        var saga = await Opened();
        var token = Guid.NewGuid();
        await backend.Orders.Commit(Given.Step(Guid.NewGuid(), null, backend.Now) with { Arm = [new NewTimer(token, backend.Now, "{}")] }, Given.Ever);
        var session = Session();
        saga = (await session.Load(saga.CorrelationId, Given.Ever))!;
        await session.Commit(saga, Message(timer: token));                                         // no decision: ignored
        Assert.Null(await backend.Orders.NextTimerDue(Given.Ever));
        Assert.Equal(2, (await backend.Orders.Load(saga.CorrelationId, Given.Ever))!.Version);
    }

    [Fact]
    public async Task Schedules_into_its_commit_and_nowhere_else()
    {
        var provider = new BufferingScheduleProvider(buffer);
        ScheduleTokenId.UseTokenId<ProbeDue>(timer => timer.TimerId);
        var timer = new ProbeDue { OrderId = Guid.NewGuid(), TimerId = Guid.NewGuid() };
        var due = new DateTime(2026, 11, 22, 8, 0, 1, DateTimeKind.Utc);
        var scheduled = await provider.ScheduleSend(new Uri("loopback://localhost/s4-orders"), due, timer, Pipe.Empty<SendContext<ProbeDue>>(), Given.Ever);
        await provider.CancelScheduledSend(timer.OrderId, Given.Ever);

        Assert.Equal(timer.TimerId, scheduled.TokenId);
        Assert.Equal((timer.TimerId, new DateTimeOffset(due)), (buffer.Arm.Single().Token, buffer.Arm.Single().Due));
        Assert.Equal([timer.OrderId], buffer.Disarm);
        Assert.Null(await backend.Orders.NextTimerDue(Given.Ever));
    }

    [Fact]
    public void Does_not_disarm_the_timer_that_it_arms()
    {
        var order = OrderDecider.Open(SagaIds.Of("i"), Lives.Intent, null, Lives.Facts, "s4", null);
        var (stays, goes) = (Guid.NewGuid(), Guid.NewGuid());
        buffer.Decision = order;
        buffer.Arm.Add(new NewTimer(stays, Lives.Now, "{}"));
        buffer.Disarm.AddRange([stays, goes]);
        var commit = new OrderCommitWriter(new DispatchOptions()).Write(new OrderSaga { CorrelationId = order.Order.Id, Order = order.Order }, null, buffer)!;
        Assert.Equal([stays], commit.Arm.Select(timer => timer.Token));
        Assert.Equal([goes], commit.Disarm);
    }

    [Fact]
    public void Keeps_a_final_order_for_a_week_and_a_live_one_without_limit()
    {
        var writer = new OrderCommitWriter(new DispatchOptions());
        var open = OrderDecider.Open(SagaIds.Of("i"), Lives.Intent, null, Lives.Facts, "s4", null);
        var denied = OrderDecider.Open(SagaIds.Of("i"), Lives.Intent, new Denial(ReasonCode.UnknownWord, "no"), Lives.Facts, "s4", null);
        Assert.Null(writer.Write(new OrderSaga { CorrelationId = open.Order.Id, Order = open.Order }, null, new CommitBuffer { Decision = open })!.TombstoneTtl);
        Assert.Equal(TimeSpan.FromDays(7), writer.Write(new OrderSaga { CorrelationId = open.Order.Id, Order = denied.Order }, null, new CommitBuffer { Decision = denied })!.TombstoneTtl);
    }
}
