using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>How far an order has come: enough to tell whether the stream has kept up with what REST says. Neither status nor filled quantity ever goes back.</summary>
readonly record struct Progress(VenueStatus Status, Quantity CumQty)
{
    public static Progress Of(VenueOrderState order) => new(order.Status, order.CumQty);

    /// <summary>One end is as good as another: which one it was is the orders' business, not the stream's.</summary>
    public bool IsAtLeast(Progress other) => CumQty.Value >= other.CumQty.Value && (Status.IsTerminal() || Status >= other.Status);

    public Progress Join(Progress other) => new((VenueStatus)Math.Max((int)Status, (int)other.Status), Quantity.Max(CumQty, other.CumQty));
}
