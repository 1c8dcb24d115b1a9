namespace Chimera.S4.Orders;

/// <summary>An order intent as intake understood it: words are types, defaults are filled in.</summary>
public sealed record Intent
{
    public required string IntentId { get; init; }
    public required Market Market { get; init; }
    public required string Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>As asked, before rounding to the lot grid.</summary>
    public required Quantity Qty { get; init; }
    public required OrderType Type { get; init; }
    public Price? Price { get; init; }

    /// <summary>Of stops and take-profits; null for all others.</summary>
    public Price? TriggerPx { get; init; }

    /// <summary>Null for market and post-only orders.</summary>
    public TimeInForce? TimeInForce { get; init; }
    public bool ReduceOnly { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The publisher's time stamp, else the time of receipt.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>SHA-256 over the normalised content, hex: what "the same intent again" means.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The intent that this one takes the place of; null: none.</summary>
    public string? Replaces { get; init; }
    public MakerTerms? Maker { get; init; }
    public TwapTerms? Twap { get; init; }
    public ProtectionTerms? Protection { get; init; }
    public OcoTerms? Oco { get; init; }
    public GuardTerms? Guard { get; init; }

    /// <summary>The execution policy as asked, canonical JSON; null where none was. Kept for the record.</summary>
    public string? ExecPolicy { get; init; }
}
