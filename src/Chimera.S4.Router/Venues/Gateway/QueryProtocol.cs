using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Orders;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Asks for an order and, where it has traded, for its trades.</summary>
public sealed class QueryProtocol(ReportSender reports, TimeProvider clock)
{
    static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1), TradesSince = TimeSpan.FromDays(1);

    public async Task<Handled> Run(IVenue venue, Guid orderId, QueryEffect effect, CancellationToken cancel)
    {
        var order = new OrderRef(effect.Symbol, effect.ClientOrderId, effect.VenueOrderId, effect.CancelId, effect.IsConditional);
        var answer = await venue.Query(order, cancel);
        if (answer is { Outcome: VenueOutcome.Known, Order: { } state })
        {
            if (await WithTrades(venue, order, state, cancel) is not { } proven) return Handled.After(Unanswered);
            await reports.Send(VenueReports.Known(orderId, effect.ClientOrderId, "QUERY", proven) with { EffectSeq = effect.Seq, AnsweredAt = clock.GetUtcNow() }, cancel);
            return Handled.Reported;
        }
        if (answer.Outcome is not VenueOutcome.NotFound) return Handled.After(answer.RetryAfter ?? Unanswered);
        await reports.Send(VenueReports.Plain(orderId, effect.ClientOrderId, "QUERY", ReportKind.NothingNew) with { EffectSeq = effect.Seq }, cancel);
        return Handled.Reported;
    }

    /// <summary>The state with the trades behind its cumulative quantity; null: they could not be read.</summary>
    public async Task<VenueOrderState?> WithTrades(IVenue venue, OrderRef order, VenueOrderState state, CancellationToken cancel)
    {
        if (state.CumQty.IsZero || state.Trades.Sum(trade => trade.Qty.Value) == state.CumQty.Value) return state;
        var answer = await venue.Trades(order with { VenueOrderId = state.VenueOrderId }, clock.GetUtcNow() - TradesSince, cancel);
        return answer.Outcome is VenueOutcome.Known ? state with { Trades = answer.Trades } : null;
    }
}
