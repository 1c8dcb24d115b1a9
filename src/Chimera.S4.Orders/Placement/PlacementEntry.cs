namespace Chimera.S4.Orders;

/// <summary>The journal of one placement (design §3.5), written before anything is sent and kept while its outcome is unproven.</summary>
public sealed record PlacementEntry
{
    public required string ClientOrderId { get; init; }

    /// <summary>From 1. Moves only by compare-and-set, and only after absence is proven or nothing was sent: whoever moves it may send, nobody else.</summary>
    public required int Epoch { get; init; }

    /// <summary>The exact signed request of this epoch; sending it again is sending the same thing, and the venue refuses it once its time stamp is old.</summary>
    public required string Request { get; init; }

    /// <summary>The signed time stamp, exchange clock.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>How long the venue accepts the request after <see cref="Timestamp"/>.</summary>
    public required TimeSpan ReceiveWindow { get; init; }

    /// <summary>When this epoch was journalled, router clock.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Middle of the book when the order was sent, and its best three levels; null where unknown.</summary>
    public decimal? MidAtSend { get; init; }
    public string? BookTop3 { get; init; }

    /// <summary>This epoch is known not to have been executed (no byte written; clock or rate limit refused it): the next epoch may go without waiting for proof.</summary>
    public bool NotExecuted { get; init; }

    /// <summary>How many times the venue has been asked about this epoch.</summary>
    public int Probes { get; init; }

    /// <summary>First and latest round of looks that were all empty and that count as proof; null: none yet.</summary>
    public DateTimeOffset? FirstEmptyAt { get; init; }
    public DateTimeOffset? LastEmptyAt { get; init; }

    /// <summary>True after 15 minutes without proof either way: an operator has been alerted.</summary>
    public bool NeedsReview { get; init; }

    /// <summary>What is known, once it is: the report to publish, serialised by the Router. Null while unproven.</summary>
    public string? Resolution { get; init; }
}
