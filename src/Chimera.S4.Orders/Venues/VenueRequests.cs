namespace Chimera.S4.Orders;

/// <summary>A request as it will be sent, byte by byte.</summary>
/// <param name="Text">Signed query or body text, signature included; holds no secret.</param>
public sealed record SignedRequest(string Text, DateTimeOffset Timestamp, TimeSpan ReceiveWindow);

/// <summary>How an order is asked for: by venue id, else client id, else (spot, after a cancel) cancel id.</summary>
/// <param name="IsConditional">Whether it was placed to wait for a price, and is in the book of algo orders on futures; null: not known, and either book is looked into.</param>
public sealed record OrderRef(string Symbol, string ClientOrderId, string? VenueOrderId = null, string? CancelId = null, bool? IsConditional = null)
{
    /// <summary>The list that bears the client id; it is asked for as a whole. Null: a single order.</summary>
    public PlaceListEffect? List { get; init; }
}
