using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Every_reachable_order
{
    [Fact]
    public void Is_met_in_every_status_but_that_of_policies() => Assert.Equal(Enum.GetValues<OrderStatus>().Except([OrderStatus.Armed]), Lives.Moves.Select(move => move.From.Status).Distinct().Order());

    [Fact]
    public void Decides_purely_and_keeps_the_invariants() => Assert.All(Lives.Moves, move =>
    {
        try { Invariants.DecidePurely(move.From, move.By.Decide); }
        catch (Exception broken) { Assert.Fail($"{move.By.Name} in\n{Shape.Of(move.From)}{broken.Message}"); }
    });

    /// <summary>The second of two equal reports adds nothing, in every state.</summary>
    [Fact]
    public void Hears_a_report_only_once() => Assert.All(Lives.Moves.Where(move => move.By.Name.Contains(':')), move =>
    {
        // A look's answer belongs to that look: by the second time it answers nothing.
        var again = move.By.Decide(move.Decision.Order);
        if (move.By.Name.Contains("query") || move.By.Name.Contains("with the first lot")) return;
        Assert.True(again.Order == move.Decision.Order, $"{move.By.Name} twice in\n{Shape.Of(move.From)}{Shape.Differ(Shape.Of(move.Decision.Order), Shape.Of(again.Order))}");
    });

    /// <summary>Any two reports may swap, in every state: which is what makes every longer shuffle harmless.</summary>
    [Fact]
    public void Hears_two_reports_in_either_order()
    {
        var reports = Lives.Alphabet.Where(by => by.Name.Contains(':')).ToArray();
        foreach (var order in Lives.Orders.Where(order => order.VenueOrders.All(venue => venue.QuerySeq is null)))
        {
            Order[] after = [.. reports.Select(report => report.Decide(order).Order)];
            for (var first = 0; first < reports.Length; first++)
                for (var second = 0; second < first; second++)
                {
                    var (one, other) = (Heard(reports[second].Decide(after[first]).Order), Heard(reports[first].Decide(after[second]).Order));
                    if (!one.Equals(other)) Assert.Fail($"{reports[first].Name}, {reports[second].Name}: {one} ≠ {other} from\n{Shape.Of(order)}");
                }
        }
    }

    // What was published on the way, in which words, and whether a cancel still went out, depends on the order of arrival and may.
    static object Heard(Order order)
    {
        var venue = order.VenueOrders.LastOrDefault();
        return (order.Status, order.Final, order.CumQty, order.RejectedBy, order.ProbeAt is null, order.AvgPx,
            (venue?.Status, venue?.CumQuote, venue?.OutcomeUnknown, venue?.VenueOrderId, venue?.PlaceSeq, string.Join(' ', (venue?.Trades ?? []).Select(trade => trade.TradeId).Order())));
    }

    [Fact]
    public void Can_still_end_final_and_proven() => Assert.All(Lives.Orders, order =>
    {
        // Everything there is to know of a life that filled, as answers to whatever is pending.
        var end = order.VenueOrders.IsEmpty ? order : order.Then(order.Says(VenueStatus.Filled, 1, order.Placing(), 1, 2)).Order;
        Assert.True(end.Final);
    });
}
