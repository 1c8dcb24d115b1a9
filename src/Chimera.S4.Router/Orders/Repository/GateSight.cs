using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Intake;
using MassTransit;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>
/// How the gates that all replicas share stand, read beside the document and before the machine: a wait that is cut short here is a message that comes again, inside the machine it would be a failed event.
/// </summary>
public sealed class GateSight(GateBoard gates, IntentReader reader, IntentFactsSource facts)
{
    /// <summary>What opens, or what comes because a gate has moved, is judged by how it stands now; anything else by what was read a moment ago.</summary>
    public async Task Look<T>(ConsumeContext<T> context, CommitBuffer commit) where T : class =>
        commit.Gates = context.Message is OrderIntent or LookAgain ? await gates.Now(context.CancellationToken) : await gates.Lately(context.CancellationToken);

    /// <summary>Counts a new intent, after the look.</summary>
    public async Task Count<T>(ConsumeContext<T> context, Guid orderId, CommitBuffer commit) where T : class
    {
        if (context.Message is not OrderIntent asked) return;
        var (intent, malformed) = reader.Read(asked, PublishTime.Of(context));
        // Only what would be accepted counts.
        if (malformed is null && Exposure.Adds(intent) && IntentRules.Check(intent, facts.For(intent, commit)).Denial is null)
            commit.IsOverRate = !await gates.TakeOrderSlot(orderId, context.CancellationToken);
    }
}
