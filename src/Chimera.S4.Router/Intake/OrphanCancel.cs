using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Orders.Views;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Intake;

/// <summary>An order with our prefix and no document: canceled at the venue, then recorded (design §7).</summary>
public sealed class OrphanCancel(IEnumerable<IVenue> venues, RecordWriter records, TimeProvider clock)
{
    public async Task<CancelReply> Cancel(VenueOrderAt orphan, string? reason, CancellationToken cancel)
    {
        var venue = venues.First(candidate => candidate.Market == orphan.Market);
        var (symbol, clientOrderId) = (orphan.Order.Symbol, orphan.Order.ClientOrderId);
        var isConditional = orphan.Order.IsConditional ?? (await venue.Query(orphan.Order, cancel)).Order?.IsConditional ?? false;
        var effect = new CancelEffect(0, orphan.Market, symbol, clientOrderId) { VenueOrderId = orphan.Order.VenueOrderId, IsConditional = isConditional, CancelId = ClientOrderId.CancelId(clientOrderId, 0) };
        var answer = await venue.Cancel(effect, cancel);
        var state = answer.Order ?? (await venue.Query(orphan.Order with { CancelId = effect.CancelId, IsConditional = isConditional }, cancel)).Order;
        if (state is null) return OrderViews.CancelRefused(ReasonCode.OrderNotFound, $"the venue shows no order {clientOrderId}", "NOT_FOUND");
        if (state.Status is VenueStatus.Filled) return OrderViews.CancelRefused(ReasonCode.NothingAlive, $"order {clientOrderId} is filled", Words.Of(OrderStatus.Filled));
        await records.Write(OrphanRecord.Of(clientOrderId, state, reason, clock.GetUtcNow()), cancel);
        return new CancelReply
        {
            HttpStatus = state.Status.IsTerminal() ? 200 : 202,
            Result = new CancelResult { Status = Words.Of(state.Status), CanceledIds = [clientOrderId], FilledQty = state.CumQty.Value, Message = "no intent is stored for this order" },
        };
    }
}
