using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>One exchange market as the gateway uses it. Every call returns a value for whatever the venue or the network did; it throws only for a programmer's mistake or when canceled.</summary>
public interface IVenue
{
    Market Market { get; }

    /// <summary>The venue's clock, from its own <c>/time</c>, aged monotonically and biased late.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Since when the user stream has been up and reconciled without a gap; null: it is not.</summary>
    DateTimeOffset? StreamReconciledSince { get; }

    /// <summary>Signs a placement for the venue's present time. Pure: nothing is sent.</summary>
    SignedRequest Sign(PlaceEffect placement);

    /// <summary>Sends exactly the signed bytes, once.</summary>
    Task<VenueAnswer> Place(SignedRequest request, CancellationToken cancel);

    Task<VenueAnswer> Cancel(CancelEffect cancel, CancellationToken stop);

    /// <summary>The order by venue id, else client id, else (spot, after a cancel) cancel id. <see cref="VenueOutcome.NotFound"/>: this look shows none; that alone proves nothing.</summary>
    Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel);

    /// <summary>The order's trades. Needs the venue id; without one, trades of the symbol since <paramref name="since"/> that belong to the client id.</summary>
    Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel);

    /// <summary>One round of the absence proof: order by id, open orders, all orders since, trades since. <see cref="VenueOutcome.NotFound"/> only if every look was answered and empty.</summary>
    Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel);

    /// <summary>All open orders of the account, ours and foreign.</summary>
    Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel);
}

/// <summary>A request as it will be sent, byte by byte.</summary>
/// <param name="Text">Signed query or body text, signature included; holds no secret.</param>
public sealed record SignedRequest(string Text, DateTimeOffset Timestamp, TimeSpan ReceiveWindow);

/// <param name="IsConditional">Whether it was placed to wait for a price, which futures keep in another book; null: not known, and either is looked into.</param>
public sealed record OrderRef(string Symbol, string ClientOrderId, string? VenueOrderId = null, string? CancelId = null, bool? IsConditional = null);

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
    public ReasonCode? Reason { get; init; }
    public int? HttpStatus { get; init; }
    public int? VenueCode { get; init; }

    /// <summary>The venue's own words, at most 500 characters.</summary>
    public string? VenueText { get; init; }
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>One order as the venue told it, on whichever channel.</summary>
public sealed record VenueOrderState
{
    public required string Symbol { get; init; }

    /// <summary>The id that the order was placed with, also after spot renamed it to a cancel's id where the venue still tells it.</summary>
    public required string ClientOrderId { get; init; }
    public required string VenueOrderId { get; init; }

    /// <summary>It was placed to wait for a price in a book of its own (futures), and is canceled and looked for there.</summary>
    public bool IsConditional { get; init; }
    public required VenueStatus Status { get; init; }
    public required Quantity CumQty { get; init; }
    public decimal? CumQuote { get; init; }
    public IReadOnlyList<Trade> Trades { get; init; } = [];
    public DateTimeOffset? Time { get; init; }

    /// <summary>Why it expired or was refused, in the venue's words; null where there is nothing to say.</summary>
    public string? Remark { get; init; }
}

public sealed record TradesAnswer(VenueOutcome Outcome, IReadOnlyList<Trade> Trades);

public sealed record OpenOrdersAnswer(VenueOutcome Outcome, IReadOnlyList<VenueOrderState> Orders);
