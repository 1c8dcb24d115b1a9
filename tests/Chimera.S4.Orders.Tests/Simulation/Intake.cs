namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>One handling of one message: load, decide, commit, hand off, and only then acknowledge.</summary>
sealed class Intake(World world, Replica replica)
{
    public IEnumerable<double> Handle(Delivery delivery, Action ack)
    {
        var message = delivery.Message;
        while (true)
        {
            yield return replica.Hop();
            var (version, order) = world.Store.Load(message.OrderId);
            yield return replica.Hop();
            if (message.Intent is not null && order is { Final: true }) world.Count("replay of an ended intent");
            if (message.Timer is not null) world.Count("timer");
            if (order is null && message is { Cancel: true, For: { } asks }) replica.Publish(new Message(asks) { Replaced = new ReplacedEnd(Quantity.Zero, Unknown: true) });
            if (Decide(order is null ? null : world.Ports.Seen(order), message) is not { } made) break;
            var decision = order is null ? made : world.Ports.Decided(order, made);
            // What changed nothing costs no commit.
            if (decision.Order == order && decision.Done.IsEmpty && decision.Replies.IsEmpty && message.Timer is null) break;
            var committed = world.Store.Commit(version, decision, message.Timer?.Token);
            world.Touch(message.OrderId);
            if (committed && decision.Order.NeedsReview && order is { NeedsReview: false }) world.Count("needs review");
            if (committed && world.Tell is not null) replica.Tell($"{message} -> {decision.Order.Status} {decision.Order.CumQty}{(decision.Order.Final ? " final" : "")} [{string.Join(", ", decision.Effects)}]");
            yield return replica.Hop();
            if (!committed)
            {
                world.Count("conflict");
                continue;
            }
            replica.HandOff(world.Store.PendingOf(message.OrderId).Where(effect => decision.Effects.Any(made => made.Seq == effect.Id.Seq)
                || decision.Replies.Any(reply => reply.Seq == effect.Id.Seq) || decision.RecordEffect == effect.Id.Seq), hasWaited: false);
            break;
        }
        // A redelivered message may have been committed by a process that died before it dispatched.
        if (delivery.Redelivered) replica.HandOff(world.Store.PendingOf(message.OrderId), hasWaited: true);
        yield return replica.Hop();
        ack();
    }

    /// <summary>Null: the message is ignored.</summary>
    Decision? Decide(Order? order, Message message)
    {
        var now = replica.Clock;
        var facts = world.Facts(message.Intent ?? order?.Intent, now);
        if (message.Intent is { } intent)
        {
            var waiter = new Waiter(Caller, message.OrderId, WaitsFor.Answer);
            return order is null
                ? OrderDecider.Open(message.OrderId, intent, null, facts, Sample.Prefix, waiter)
                : OrderDecider.OnIntent(order, intent, waiter, now);
        }
        if (order is null) return null;
        if (message.Price is { } sight) return OrderDecider.OnPrice(order, sight.Mid, world.At(sight.At) + replica.Ahead, facts.View);
        if (message.Report is { } report) return OrderDecider.OnReport(order, report, facts.View);
        if (message.Cancel) return OrderDecider.OnCancel(order, message.For, message.For is null ? "story" : Replaced, message.For is { } asks ? new Waiter(Caller, asks, WaitsFor.Cancel) : null, facts.View);
        if (message.Replaced is { } end) return OrderDecider.OnReplaced(order, end, facts.View);
        // The machine ignores a flat position and a timer in these states, but takes it out all the same.
        if (order.Status is OrderStatus.Closed or OrderStatus.Rejected) return Decision.Nothing(order);
        if (message.FlatAt is { } seenAt) return OrderDecider.OnFlat(order, seenAt, facts.View);
        return message.Timer!.IsProbe ? OrderDecider.OnProbe(order, facts.View) : OrderDecider.OnWake(order, facts.View);
    }

    public const string Replaced = "REPLACED";
    static readonly Uri Caller = new("loopback://localhost/caller");
}
