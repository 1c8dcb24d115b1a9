using System.Collections.Immutable;

namespace Chimera.S4.Orders.Tests;

/// <summary>A life that a venue could give an order, and every copy that the channels make of it: stream, answers, looks, stale ones among them.</summary>
/// <param name="Order">The order as it was opened.</param>
/// <param name="Told">In the order in which a perfect channel would tell it. All together they tell the whole life.</param>
/// <param name="End">Where the order then stands, if no cancel was asked for.</param>
sealed record VenueLife(Order Order, ImmutableArray<Observation> Told, OrderStatus End, ImmutableArray<Trade> Trades)
{
    sealed record Point(VenueStatus Status, decimal Cum, ImmutableArray<Trade> Trades);

    public static VenueLife Any(Random random)
    {
        var intent = Sample.Intent with { IntentId = $"life-{random.Next()}", Qty = new(random.Chance(0.2) ? 1.0004m : 1m) };
        var order = Sample.Open(intent).Order;
        if (random.Chance(0.12)) return Refused(order, random);

        var end = random.Pick(VenueStatus.Filled, VenueStatus.Filled, VenueStatus.Canceled, VenueStatus.Expired, VenueStatus.New);
        var trades = Fills(random, all: end is VenueStatus.Filled);
        var late = end is VenueStatus.Canceled && trades.Length > 0 && random.Chance(0.4);
        var points = Points(end, trades, late);
        var told = Tell(order, points, trades, late, random);
        var status = end switch
        {
            VenueStatus.Filled => OrderStatus.Closed, VenueStatus.Canceled => OrderStatus.Canceled, VenueStatus.Expired => OrderStatus.Expired,
            _ => trades.IsEmpty ? OrderStatus.Working : OrderStatus.PartiallyFilled,
        };
        return new VenueLife(order, told, status, trades);
    }

    static VenueLife Refused(Order order, Random random)
    {
        List<Observation> told = [order.Comes(ReportKind.Rejected, order.Placing(), ReasonCode.WouldTake, "Order would immediately match and take.")];
        if (random.Chance(0.5)) told.Insert(0, order.Comes(ReportKind.Unknown));
        return new VenueLife(order, [.. told], OrderStatus.Rejected, []);
    }

    static ImmutableArray<Trade> Fills(Random random, bool all)
    {
        var (left, fills) = (1000, new List<Trade>());
        for (var count = random.Next(all ? 1 : 0, 6); count > 0; count--)
        {
            var lots = all && count == 1 ? left : random.Next(1, left / (count + 1) + 1);
            left -= lots;
            fills.Add(new Trade($"t{fills.Count + 1}", new(lots / 1000m), new(50_000m + random.Next(9)), 0.01m, "BNB", random.Chance(0.5), Sample.Start.AddSeconds(fills.Count)));
        }
        return [.. fills];
    }

    static List<Point> Points(VenueStatus end, ImmutableArray<Trade> trades, bool late)
    {
        List<Point> points = [new(VenueStatus.New, 0, [])];
        foreach (var trade in trades)
        {
            // The venue says canceled, and only then counts a fill that was already on the wire.
            if (late && trade == trades[^1]) points.Add(new(VenueStatus.Canceled, points[^1].Cum, points[^1].Trades));
            var cum = points[^1].Cum + trade.Qty.Value;
            points.Add(new(cum == 1m ? VenueStatus.Filled : VenueStatus.PartiallyFilled, cum, points[^1].Trades.Add(trade)));
        }
        if (end is VenueStatus.Canceled or VenueStatus.Expired) points.Add(points[^1] with { Status = end });
        return points;
    }

    static ImmutableArray<Observation> Tell(Order order, List<Point> points, ImmutableArray<Trade> trades, bool late, Random random)
    {
        var told = new List<Observation>();
        var (lossy, answeredAt) = (random.Chance(0.4), random.Next(points.Count));
        for (var at = 0; at < points.Count; at++)
        {
            var point = points[at];
            var fresh = at == 0 ? [] : point.Trades.Except(points[at - 1].Trades).ToImmutableArray();
            if (!lossy || random.Chance(0.5)) told.Add(Says(order, point, fresh));                              // the stream: one event, one trade
            if (random.Chance(0.3)) told.Add(Says(order, point, []));                                           // a look without trades
            if (random.Chance(0.2)) told.Add(Says(order, point, point.Trades));                                 // a look with all so far
            if (at == answeredAt)
            {
                if (random.Chance(0.3)) told.Add(order.Comes(ReportKind.Unknown, text: "time-out"));
                // The placement's answer: the order's state; or the refusal of a repeat, because the first one lives.
                told.Add(random.Chance(0.2)
                    ? order.Comes(ReportKind.Rejected, order.Placing(), ReasonCode.VenueRejected, "Duplicate order sent.")
                    : Says(order, point, random.Chance(0.5) ? point.Trades : []) with { EffectSeq = order.Placing() });
            }
        }
        if (random.Chance(0.3)) told.Add(order.Comes(ReportKind.NothingNew));
        // What a lossy stream or a late fill leaves out, a last look brings.
        if (lossy || late) told.Add(Says(order, points[^1], trades));
        return [.. told];
    }

    static Observation Says(Order order, Point point, ImmutableArray<Trade> trades) =>
        order.Says(point.Status, point.Cum) with { Trades = trades, CumQuote = point.Trades.Sum(trade => trade.Qty.Value * trade.Px.Value) };
}
