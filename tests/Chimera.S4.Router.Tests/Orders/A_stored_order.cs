using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Orders;

public sealed class A_stored_order : IAsyncLifetime
{
    readonly SqliteBackend backend = new();

    public Task InitializeAsync() => Task.CompletedTask;
    public async Task DisposeAsync() => await backend.DisposeAsync();

    public static TheoryData<OrderStatus> Statuses => [.. Enum.GetValues<OrderStatus>()];

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Comes_back_as_it_was_in_every_status(OrderStatus status)
    {
        var (order, seed) = InStatus(status);
        var saga = new OrderSaga { CorrelationId = order.Id, Order = order, ProbeToken = order.ProbeAt is null ? null : Guid.NewGuid() };
        var commit = new OrderCommitWriter(new DispatchOptions()).Write(saga, null, new CommitBuffer { Decision = Decision.Nothing(order) })!;
        Assert.Equal(CommitOutcome.Committed, await backend.Orders.Commit(commit, Given.Ever));

        var read = OrderDocument.Read((await backend.Orders.Load(order.Id, Given.Ever))!);

        Assert.Equal((order.Id, 1, status.ToString(), saga.ProbeToken), (read.CorrelationId, read.Version, read.CurrentState, read.ProbeToken));
        // Immutable arrays compare by reference, so the text is compared, and what a decider would do next.
        Assert.True(OrderDocument.Write(saga) == OrderDocument.Write(read), $"seed {seed}");
        var (left, right) = (order, read.Order!);
        for (var step = 0; step < 5; step++) (left, right) = (Lives.Next(left, new Random(step)), Lives.Next(right, new Random(step)));
        Assert.Equal((left.Status, left.CumQty, left.Final, left.EffectSeq, left.ResultSeq, left.AvgPx), (right.Status, right.CumQty, right.Final, right.EffectSeq, right.ResultSeq, right.AvgPx));
    }

    [Fact]
    public void Is_readable_by_people_and_by_name()
    {
        var text = OrderDocument.Write(new OrderSaga { Order = InStatus(OrderStatus.PartiallyFilled).Order });
        Assert.Contains("\"status\":\"PartiallyFilled\"", text, StringComparison.Ordinal);
        Assert.Contains("\"market\":\"Spot\"", text, StringComparison.Ordinal);
        Assert.Contains("\"schema\":2", text, StringComparison.Ordinal);
    }

    /// <summary>The first random life that passes through the status.</summary>
    static (Order Order, int Seed) InStatus(OrderStatus status)
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var order = OrderDecider.Open(SagaIds.Of("i"), status is OrderStatus.Armed ? Lives.Sliced : Lives.Intent, null, Lives.Facts, "s4", new Waiter(new Uri("loopback://localhost/r"), Guid.NewGuid(), WaitsFor.Answer)).Order;
            for (var step = 0; step < 12; order = Lives.Next(order, random), step++)
                if (order.Status == status && step >= (status is OrderStatus.PendingNew or OrderStatus.Armed ? 0 : 2)) return (order, seed);
        }
        throw new InvalidOperationException($"no life passes through {status}");
    }
}
