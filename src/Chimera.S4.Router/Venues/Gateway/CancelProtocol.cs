using System.Collections.Concurrent;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Orders;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Cancels until a terminal state is seen. Repeating is safe: the cancel has one id, and a canceled order stays canceled.</summary>
public sealed class CancelProtocol(ReportSender reports, TimeProvider clock, ILogger<CancelProtocol> log)
{
    // Only the pace of repeats: losing it with the process costs a repeat that comes sooner.
    readonly ConcurrentDictionary<(Guid, int), int> tries = new();

    public async Task<Handled> Run(IVenue venue, Guid orderId, CancelEffect effect, CancellationToken cancel)
    {
        var answer = await venue.Cancel(effect, cancel);
        // Anything but a clear answer is settled by looking: filled, expired, canceled before, or not visible yet.
        if (answer.Outcome is not VenueOutcome.Known && answer.Outcome is not (VenueOutcome.NotSent or VenueOutcome.NotExecuted))
            answer = await venue.Query(new OrderRef(effect.Symbol, effect.ClientOrderId, effect.VenueOrderId, effect.CancelId, effect.IsConditional), cancel);
        if (answer.Order is { } order && order.Status.IsTerminal())
        {
            tries.TryRemove((orderId, effect.Seq), out _);
            await reports.Send(VenueReports.Known(orderId, effect.ClientOrderId, "CANCEL", order) with { EffectSeq = effect.Seq, AnsweredAt = clock.GetUtcNow() }, cancel);
            return Handled.Reported;
        }
        var made = tries.AddOrUpdate((orderId, effect.Seq), 1, (_, count) => count + 1);
        log.LogWarning("Cancel of {ClientOrderId} is unproven after {Tries} tries ({Outcome} {VenueCode} {VenueText})", effect.ClientOrderId, made, answer.Outcome, answer.VenueCode, answer.VenueText);
        return Handled.After(answer.RetryAfter ?? Probing.Delay(made - 1));
    }
}
