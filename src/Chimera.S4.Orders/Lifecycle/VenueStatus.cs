namespace Chimera.S4.Orders;

/// <summary>What the venue has been seen to say of one order, in rank order: a join takes the higher. Filled outranks Canceled, because the fill was already on the wire.</summary>
public enum VenueStatus { None, New, PartiallyFilled, Rejected, Expired, Canceled, Filled }

public static class VenueStatusRank
{
    public static bool IsTerminal(this VenueStatus status) => status >= VenueStatus.Rejected;
    public static bool IsWorking(this VenueStatus status) => status is VenueStatus.New or VenueStatus.PartiallyFilled;
}
