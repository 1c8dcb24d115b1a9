using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Orders.Views;

/// <summary>The exits of an OCO as others see them: the latest list, and what has taken its place.</summary>
static class OcoLegs
{
    /// <summary>Null: it is no OCO, or has no exit yet.</summary>
    public static OcoLeg[]? Of(Order order)
    {
        if (order.Intent.Oco is null || order.IsDenied) return null;
        var exitLeg = order.Intent.ReduceOnly ? 0 : 1;
        VenueOrder[] exits = [.. order.VenueOrders.Where(venue => venue.Leg == exitLeg)];
        if (exits.Length == 0) return null;
        var list = exits.LastOrDefault(exit => exit.ListId is not null)?.ListId;
        return [.. exits.SkipWhile(exit => exit.ListId != list).Select(Leg)];
    }

    static OcoLeg Leg(VenueOrder exit) => new()
    {
        OrderId = exit.VenueOrderId, ClientOrderId = exit.ClientOrderId, Type = Words.Of(exit.Type), Price = (exit.TriggerPx ?? exit.Price)?.Value,
        Status = exit.Status is VenueStatus.None ? "PENDING_NEW" : Words.Of(exit.Status),
    };
}
