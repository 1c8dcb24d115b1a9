namespace Chimera.S4.Orders;

/// <summary>What the venue has been seen to say of one order, in rank order: a join takes the higher.</summary>
/// <remarks>Any sign of life outranks Rejected: what was refused was a repeat of the order that lives. Filled outranks Canceled: the fill was already on the wire.</remarks>
public enum VenueStatus { None, Rejected, New, PartiallyFilled, Expired, Canceled, Filled }

public static class VenueStatusRank
{
    public static bool IsTerminal(this VenueStatus status) => status is VenueStatus.Rejected or >= VenueStatus.Expired;
    public static bool IsWorking(this VenueStatus status) => status is VenueStatus.New or VenueStatus.PartiallyFilled;
}
