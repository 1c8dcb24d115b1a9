namespace Chimera.S4.Orders;

/// <summary>Where an intent's order stands: the saga's states. Stored by name.</summary>
public enum OrderStatus
{
    /// <summary>Accepted; the venue has not been heard yet.</summary>
    PendingNew,

    /// <summary>Sent, outcome unproven. Exposure counts, cancels wait (design §3.6).</summary>
    Unknown,

    /// <summary>Accepted, and to be executed as its policy comes to it: slices that wait, exits that stand by.</summary>
    Armed,

    /// <summary>Resting at the venue.</summary>
    Working,
    PartiallyFilled,

    /// <summary>A cancel is on its way (the specification's CANCEL_REQ).</summary>
    PendingCancel,

    /// <summary>The venue says filled; the trades that prove it are not all here yet, or something of the intent is still alive.</summary>
    Filled,

    /// <summary>Filled, proven, and nothing of the intent is alive anywhere.</summary>
    Closed,
    Canceled,

    /// <summary>Denied by S4 or rejected by the venue; <see cref="Order.RejectedBy"/> says which.</summary>
    Rejected,
    Expired,
}

public static class OrderStatusWords
{
    public static bool IsTerminal(this OrderStatus status) => status >= OrderStatus.Filled;

    /// <summary>The word that others see (design §7): saga-only states are told by what the venue holds.</summary>
    public static string Wire(this Order order) => order.Status switch
    {
        OrderStatus.PendingNew or OrderStatus.Working => "NEW",
        OrderStatus.Armed => "ACCEPTED",
        OrderStatus.PendingCancel => order.CumQty.IsZero ? "NEW" : "PARTIALLY_FILLED",
        OrderStatus.Closed => "FILLED",
        var status => Words.Of(status),
    };

    /// <summary>The same of one venue order.</summary>
    public static string Wire(this VenueOrder venue) => venue.Status switch
    {
        VenueStatus.None => venue.OutcomeUnknown ? Words.Of(OrderStatus.Unknown) : "NEW",
        var status => Words.Of(status),
    };
}
