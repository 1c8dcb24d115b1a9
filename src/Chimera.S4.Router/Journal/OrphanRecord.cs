using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Journal;

/// <summary>How an order with our prefix that no document names goes into the record.</summary>
static class OrphanRecord
{
    public static JournalBatch Of(string clientOrderId, VenueOrderState state, string? reason, DateTimeOffset at) => new()
    {
        IntentId = clientOrderId,
        Events =
        [
            new StrategyEvent
            {
                Key = $"orphan-{clientOrderId}-{state.Status}", Type = StrategyEvents.Canceled, IntentId = clientOrderId, Seq = 0, ClientOrderId = clientOrderId, Code = "ORPHAN",
                Detail = $"{reason} order {state.VenueOrderId} of {state.Symbol}, {state.CumQty} filled".Trim(), Timestamp = at,
            },
        ],
    };
}
