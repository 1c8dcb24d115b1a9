using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Algo orders as the watch over a stream holds them: among the ordinary orders, under ids that no ordinary order has, and as far as the stream has to tell of them.</summary>
static class WatchedAlgos
{
    const string Mark = "algo ";

    public static bool IsAlgo(string orderId) => orderId.StartsWith(Mark, StringComparison.Ordinal);

    public static string IdOf(string orderId) => orderId[Mark.Length..];

    public static VenueOrderState AsWatched(this AlgoOrderState algo)
    {
        var order = algo.AsOrder();
        return order with
        {
            VenueOrderId = Mark + algo.AlgoId,
            Status = algo.Status switch
            {
                AlgoStatus.Triggering or AlgoStatus.Triggered => VenueStatus.PartiallyFilled,      // further than waiting: a trigger that the stream keeps to itself is what is looked for
                AlgoStatus.Finished => VenueStatus.Filled,
                _ => order.Status,
            },
        };
    }
}
