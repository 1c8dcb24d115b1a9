using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_repeated_intent
{
    /// <summary>In every state that an order can be in.</summary>
    [Fact]
    public void Places_nothing_and_changes_nothing() => Assert.All(Lives.Orders, order =>
    {
        var decision = OrderDecider.OnIntent(order, order.Intent, null, order.UpdatedAt.AddSeconds(5));
        Assert.Empty(decision.Effects);
        Assert.True(order == decision.Order);
    });

    [Fact]
    public void Waits_for_the_same_answer_as_the_first_and_each_is_answered_once()
    {
        Waiter[] waiters = [.. Enumerable.Range(1, 5).Select(number => Sample.Waiter(WaitsFor.Answer, number))];
        var order = Sample.Open(waiter: waiters[0]).Order;
        foreach (var waiter in waiters.Concat(waiters)) order = OrderDecider.OnIntent(order, order.Intent, waiter, Sample.Start).Order;
        Assert.Equal(waiters, order.Waiters);

        order = order.Then(order.Says(VenueStatus.New)).Order;
        var end = order.Then(order.Says(VenueStatus.Filled, 1, order.Placing(), 1, 2));
        Assert.Equal(waiters, end.Replies.Select(reply => reply.To));
        Assert.All(end.Replies, reply => Assert.Null(reply.Refused));
        Assert.Empty(end.Order.Then(end.Order.Says(VenueStatus.Filled, 1, 1, 1, 2)).Replies);
    }

    [Fact]
    public void After_the_end_is_answered_at_once()
    {
        var order = Sample.Open(malformed: new Denial(ReasonCode.MalformedField, "no")).Order;
        var again = OrderDecider.OnIntent(order, order.Intent, Sample.Waiter(WaitsFor.Answer), Sample.Start);
        Assert.Null(Assert.Single(again.Replies).Refused);
        Assert.Equal((order.Status, order.Reason), (again.Order.Status, again.Order.Reason));
    }

    [Fact]
    public void With_other_content_is_refused_recorded_and_changes_nothing_else() => Assert.All(Lives.Orders, order =>
    {
        var waiter = Sample.Waiter(WaitsFor.Answer);
        var decision = OrderDecider.OnIntent(order, order.Intent with { ContentHash = "0ther" }, waiter, order.UpdatedAt);
        var reply = Assert.Single(decision.Replies);
        Assert.Equal((waiter, ReasonCode.IntentIdReused), (reply.To, reply.Refused!.Reason));
        Assert.Equal(ReasonCode.IntentIdReused, Assert.Single(decision.Events).Code);
        Assert.Empty(decision.Effects);
        Assert.Null(decision.Result);
        Assert.Equal(Shape.Of(order), Shape.Of(decision.Order with { EffectSeq = order.EffectSeq, RecordSeq = order.RecordSeq, Timeline = order.Timeline }));
    });

    /// <summary>A caller that retries for ever must not grow the document for ever.</summary>
    [Fact]
    public void Keeps_at_most_32_waiters_and_the_latest_of_them()
    {
        var order = Sample.Open().Order;
        for (var number = 1; number <= 40; number++) order = OrderDecider.OnIntent(order, order.Intent, Sample.Waiter(WaitsFor.Answer, number), Sample.Start).Order;
        Assert.Equal(Enumerable.Range(9, 32).Select(number => Sample.Waiter(WaitsFor.Answer, number)), order.Waiters);
    }
}
