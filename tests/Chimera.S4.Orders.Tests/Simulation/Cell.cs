namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What the exchange does with the first request of an order that it has accepted (field notes §3 A).</summary>
enum CellFault
{
    DropsTheReply,
    Answers503,
    AnswersMinus1007,
    AnswersMinus1006,
    ResetsMidBody,
    AnswersAfterTheTimeout,
    FillsAtOnceAndForgetsTheId,
}

/// <summary>One cell of test matrix A: one fault, one market, one type of order.</summary>
sealed record Cell(CellFault Fault, Market Market, OrderType Type)
{
    public static readonly IReadOnlyList<(Market, OrderType)> Orders =
    [
        (Market.Spot, OrderType.Market), (Market.Fut, OrderType.Market),
        (Market.Spot, OrderType.LimitMaker), (Market.Fut, OrderType.LimitMaker),
        (Market.Spot, OrderType.Stop), (Market.Fut, OrderType.Stop),         // futures: algo orders, in a book of their own
    ];

    public static IEnumerable<Cell> All => from fault in Enum.GetValues<CellFault>() from order in Orders select new Cell(fault, order.Item1, order.Item2);

    /// <summary>What the adapter makes of it (FaultOutcomeTests), and after how many seconds.</summary>
    public (VenueOutcome Outcome, double After) Answer => Fault switch
    {
        CellFault.Answers503 => (Market is Market.Fut ? VenueOutcome.FailedVerify : VenueOutcome.Unknown, 0.05),
        CellFault.AnswersMinus1007 or CellFault.AnswersMinus1006 or CellFault.ResetsMidBody => (VenueOutcome.Unknown, 0.05),
        _ => (VenueOutcome.Unknown, 5),
    };

    /// <summary>The engine comes to it after its time-out has been told.</summary>
    public bool IsLate => Fault is CellFault.AnswersMinus1007 or CellFault.AnswersMinus1006;
    public bool FillsAtOnce => Fault is CellFault.FillsAtOnceAndForgetsTheId;
}
