namespace Chimera.S4.Orders.Tests;

/// <summary>Every state that an order of two lots can reach, explored to the end: all events in all states, until nothing new is found.</summary>
/// <remarks>States that differ only in times and sequence numbers are one. No chance is involved, so the tables drawn from it change only when the decider does.</remarks>
static class Lives
{
    /// <param name="Group">The column of the transition table.</param>
    public sealed record Happening(string Group, string Name, Func<Order, Decision> Decide);

    public sealed record Move(Order From, Happening By, Decision Decision);

    static readonly Lazy<IReadOnlyList<Move>> All = new(Explore);
    public static IReadOnlyList<Move> Moves => All.Value;

    /// <summary>One order for each state.</summary>
    public static IEnumerable<Order> Orders => Moves.Where(move => move.By == Alphabet[0]).Select(move => move.From);

    /// <summary>The newborn ones: an accepted order and a denied one.</summary>
    public static IReadOnlyList<Order> Born => [Sample.Open().Order, Sample.Open(malformed: new Denial(ReasonCode.MalformedField, "qty is no number")).Order];

    public static readonly IReadOnlyList<Happening> Alphabet =
    [
        new("intent again", "same content", order => OrderDecider.OnIntent(order, order.Intent, null, Now(order))),
        new("intent again", "other content", order => OrderDecider.OnIntent(order, order.Intent with { ContentHash = "0ther" }, null, Now(order))),
        new("cancel asked", "cancel", order => OrderDecider.OnCancel(order, null, "BY_HAND", null, MarketView.At(Now(order)))),
        new("probe due", "probe", order => OrderDecider.OnProbe(order, MarketView.At(Now(order)))),
        Report("new", "stream", order => order.Says(VenueStatus.New)),
        Report("new", "answer", order => order.Says(VenueStatus.New, answers: Placed)),
        Report("partial fill", "stream, first lot", order => order.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1)),
        Report("partial fill", "answer, first lot", order => order.Says(VenueStatus.PartiallyFilled, 0.5m, Placed, 1)),
        Report("partial fill", "look without trades", order => order.Says(VenueStatus.PartiallyFilled, 0.5m)),
        Report("partial fill", "a trade and nothing else", order => order.Says(VenueStatus.None, 0, null, 1)),
        Report("full fill", "stream, second lot", order => order.Says(VenueStatus.Filled, 1, null, 2)),
        Report("full fill", "answer with trades", order => order.Says(VenueStatus.Filled, 1, Placed, 1, 2)),
        Report("full fill", "look without trades", order => order.Says(VenueStatus.Filled, 1)),
        Report("full fill", "query", order => order.Says(VenueStatus.Filled, 1, Asked(order), 1, 2)),
        Report("canceled", "empty", order => order.Says(VenueStatus.Canceled)),
        Report("canceled", "answer, first lot missing", order => order.Says(VenueStatus.Canceled, 0.5m, Placed)),
        Report("canceled", "with the first lot", order => order.Says(VenueStatus.Canceled, 0.5m, Canceling(order), 1)),
        Report("expired", "empty", order => order.Says(VenueStatus.Expired)),
        Report("expired", "answer, empty", order => order.Says(VenueStatus.Expired, answers: Placed)),
        Report("expired", "first lot missing", order => order.Says(VenueStatus.Expired, 0.5m)),
        Report("rejected", "answer", order => order.Comes(ReportKind.Rejected, Placed, ReasonCode.WouldTake, "would take")),
        Report("rejected", "stream", order => order.Says(VenueStatus.Rejected)),
        Report("outcome unknown", "unknown", order => order.Comes(ReportKind.Unknown)),
        Report("nothing new", "query", order => order.Comes(ReportKind.NothingNew, Asked(order))),
    ];

    const int Placed = 1;   // the placement is the first effect of every order

    static int? Asked(Order order) => order.VenueOrders.LastOrDefault()?.QuerySeq;
    static int? Canceling(Order order) => order.VenueOrders.LastOrDefault()?.CancelSeq;
    static Happening Report(string group, string name, Func<Order, Observation> seen) => new(group, $"{group}: {name}", order => OrderDecider.OnReport(order, seen(order), MarketView.At(Now(order))));
    static DateTimeOffset Now(Order order) => order.UpdatedAt.AddSeconds(1);

    static List<Move> Explore()
    {
        var (moves, queue) = (new List<Move>(), new Queue<Order>(Born));
        var known = queue.Select(Outcome.Future).ToHashSet();
        while (queue.TryDequeue(out var order))
        {
            // Some 400 today. Endless growth means that an order counts something that repeats.
            if (known.Count > 3000) throw new InvalidOperationException($"an order of two lots has more than {known.Count} states, among them\n{Shape.Of(order)}");
            foreach (var by in Alphabet)
            {
                var decision = by.Decide(order);
                moves.Add(new Move(order, by, decision));
                if (known.Add(Outcome.Future(decision.Order))) queue.Enqueue(decision.Order);
            }
        }
        return moves;
    }
}
