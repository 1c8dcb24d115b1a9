using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues;

/// <summary>The answer to a <see cref="VenueRequest"/>: what <see cref="VenueAnswer"/> says, and the parts that the request was about.</summary>
public sealed record RequestAnswer(VenueAnswer Answer)
{
    public VenueOutcome Outcome => Answer.Outcome;

    /// <summary>Every order that the venue told of.</summary>
    public IReadOnlyList<VenueOrderState> Orders { get; init; } = [];
    public OrderListState? List { get; init; }
    public AlgoOrderState? Algo { get; init; }

    /// <summary>cancelReplace: what became of either half; null: the venue did not say, or did not try.</summary>
    public VenueAnswer? Cancel { get; init; }
    public VenueAnswer? Place { get; init; }
}

/// <summary>An order list as the venue told it.</summary>
/// <param name="Orders">Its legs; an entry that waits is among them.</param>
/// <param name="Remark">The venue's own word where it is not known.</param>
public sealed record OrderListState(
    string Symbol, string ListClientOrderId, string VenueListId, OrderListStatus Status, IReadOnlyList<(string ClientOrderId, string VenueOrderId)> Orders, string? Remark = null);

/// <summary>None: a word that is not known.</summary>
public enum OrderListStatus { None, Executing, AllDone, Rejected }

/// <summary>An algo order as the venue told it.</summary>
public sealed record AlgoOrderState
{
    public required string Symbol { get; init; }
    public required string ClientAlgoId { get; init; }

    /// <summary>Counted per symbol: unique with it only.</summary>
    public required string AlgoId { get; init; }
    public required AlgoStatus Status { get; init; }

    /// <summary>The ordinary order that it became; null before it triggered. Its fills are told of that order, and may come before this does.</summary>
    public string? ChildOrderId { get; init; }
    public DateTimeOffset? Time { get; init; }

    /// <summary>Why it was refused, or the venue's own word where it is not known.</summary>
    public string? Remark { get; init; }
}

public static class AlgoOrders
{
    /// <summary>The algo order as an order of the venue, as far as it can tell by itself. What its child has done it cannot: see <see cref="IsToldByChild"/>.</summary>
    /// <remarks>
    /// Rejected means that the engine refused the child, at the trigger: the order had been taken and had waited, so it has expired. (Rejected is for what never was, and any sign of life outranks it.)
    /// </remarks>
    public static VenueOrderState AsOrder(this AlgoOrderState algo) => new()
    {
        Symbol = algo.Symbol, ClientOrderId = algo.ClientAlgoId, VenueOrderId = algo.AlgoId, IsConditional = true, CumQty = default, Time = algo.Time, Remark = algo.Remark,
        Status = algo.Status switch
        {
            AlgoStatus.None => VenueStatus.None,
            AlgoStatus.Canceled => VenueStatus.Canceled,
            AlgoStatus.Expired or AlgoStatus.Rejected => VenueStatus.Expired,
            _ => VenueStatus.New,
        },
    };

    /// <summary>It has ended, and how is its child's to say.</summary>
    public static bool IsToldByChild(this AlgoOrderState algo) => algo.Status is AlgoStatus.Finished || algo.Status.IsTerminal() && algo.ChildOrderId is not null;
}

/// <summary>In the order of its life. Finished: its child has ended. None: a word that is not known.</summary>
public enum AlgoStatus { None, New, Triggering, Triggered, Finished, Canceled, Rejected, Expired }

public static class AlgoStatusRank
{
    public static bool IsTerminal(this AlgoStatus status) => status >= AlgoStatus.Finished;
}
