namespace Chimera.S4.Orders;

/// <summary>Asks for an order and, where it has traded, for its trades.</summary>
public sealed class QueryProtocol(QueryEffect query) : VenueProtocol
{
    static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    readonly OrderRef order = new(query.Symbol, query.ClientOrderId, query.VenueOrderId, query.CancelId, query.IsConditional);

    public override VenueCommand Start(PlacementView view) => new QueryOrder(order);

    protected override VenueCommand Next(VenueCommand asked, Reply reply, PlacementView view) => (asked, reply) switch
    {
        (QueryOrder, Answered { Answer: { Outcome: VenueOutcome.Known, Order: { } state } }) => TellWithTrades(order, state, view, query.Seq),
        (QueryOrder, Answered { Answer.Outcome: VenueOutcome.NotFound }) => new Report(Finding.Plain(Finding.Query, query.ClientOrderId, ReportKind.NothingNew).Answering(query.Seq), Finish.Reported),
        (QueryOrder, Answered { Answer: var answer }) => Finish.After(answer.RetryAfter ?? Unanswered),
        (ReadTrades read, Traded { Answer: { Outcome: VenueOutcome.Known } told }) =>
            new Report(Finding.Known(Finding.Query, query.ClientOrderId, read.State with { Trades = told.Trades }).Answering(query.Seq, view.Now), Finish.Reported),
        (ReadTrades, Traded) => Finish.After(Unanswered),
        _ => throw Nonsense(asked, reply),
    };
}
