namespace Chimera.S4.Orders;

/// <summary>What an answer (or its absence) means: reference binance §5.</summary>
public enum VenueOutcome
{
    /// <summary>The venue told the order's state.</summary>
    Known,

    /// <summary>Refused for good; <see cref="VenueAnswer.Reason"/> says why.</summary>
    Rejected,

    /// <summary>No byte was written: it may be sent again.</summary>
    NotSent,

    /// <summary>The venue says it did not execute it (clock, rate limit): it may be signed and sent again, after <see cref="VenueAnswer.RetryAfter"/>.</summary>
    NotExecuted,

    /// <summary>An open order has this id already: adopt it.</summary>
    Exists,

    /// <summary>The venue says it failed (503 B or C), yet such orders have been seen to exist: looked for at once, and proven absent like any other (decision 11).</summary>
    FailedVerify,

    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>Cancel: not open (any more, or yet). Query for why.</summary>
    NotOpen,

    /// <summary>Query: this look shows no such order.</summary>
    NotFound,

    /// <summary>One half of a cancel-and-place happened, the other did not: both ids are to be queried.</summary>
    Partial,
}

/// <summary>The answer to one request about one order.</summary>
public sealed record VenueAnswer
{
    public required VenueOutcome Outcome { get; init; }

    /// <summary>The order as the venue told it; set with <see cref="VenueOutcome.Known"/>.</summary>
    public VenueOrderState? Order { get; init; }

    /// <summary>Where the answer is about a list: its orders as the venue told them, in no certain order. Empty for a single order.</summary>
    public IReadOnlyList<VenueOrderState> Legs { get; init; } = [];
    public ReasonCode? Reason { get; init; }
    public int? HttpStatus { get; init; }
    public int? VenueCode { get; init; }

    /// <summary>The venue's own words, at most 500 characters.</summary>
    public string? VenueText { get; init; }
    public TimeSpan? RetryAfter { get; init; }
}

public sealed record TradesAnswer(VenueOutcome Outcome, IReadOnlyList<Trade> Trades);

public sealed record OpenOrdersAnswer(VenueOutcome Outcome, IReadOnlyList<VenueOrderState> Orders);
