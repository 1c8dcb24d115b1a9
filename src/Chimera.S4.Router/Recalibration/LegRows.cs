using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Recalibration;

/// <summary>The record's rows of each ended entry leg become one row to learn from.</summary>
static class LegRows
{
    const int MarkoutHorizonS = 30;
    const string Maker = "LIMIT_MAKER", AtMarket = "MARKET", Buy = "BUY";

    public static TcaReading Of(IEnumerable<RecordedOrder> orders, IEnumerable<RecordedFill> fills, IEnumerable<RecordedMarkout> markouts, IReadOnlyList<TcaRefusal> unread)
    {
        var (rows, refused) = (new List<(string, TcaRow)>(), unread.ToList());
        var (fillsOf, markoutsOf) = (fills.ToLookup(fill => fill.ClientOrderId), markouts.ToLookup(markout => markout.FillId));
        foreach (var leg in orders.Where(order => order is { Leg: not null, Purpose: "ENTRY" }).GroupBy(order => (order.IntentId, order.Leg)))
        {
            var all = leg.OrderBy(order => order.DecidedAt).ThenBy(order => order.ClientOrderId, StringComparer.Ordinal).ToArray();
            // One that is not over yet is for another day.
            if (all.Any(order => order.EndedAt is null) || !IsOver(all)) continue;
            if (all[0].MakerWaitMs is null && !all.Any(order => order.Type == AtMarket && order.FilledQty > 0)) continue;
            if (Missing(all[0]) is { } missing) refused.Add(new TcaRefusal($"intent {leg.Key.IntentId} leg {leg.Key.Leg}", missing));
            else if (Gap(all, fillsOf) is { } gap) refused.Add(new TcaRefusal($"intent {leg.Key.IntentId} leg {leg.Key.Leg}", gap));
            else rows.Add((all[0].Symbol, Row(all, fillsOf, markoutsOf)));
        }
        return TcaReading.Of(rows, refused);
    }

    // Between the last quote and the take nothing is alive, and more is to come; what protects the position may live for weeks.
    static bool IsOver(RecordedOrder[] all) => all.Any(order => order.ClosedAt is not null) || all.Sum(order => order.FilledQty) >= all[0].LegQty - 1e-9;

    static string? Missing(RecordedOrder first) => first switch
    {
        { MidAtDecide: not > 0 } => "mid_at_decide is not known",
        { SpreadAtDecide: null } => "spread_at_decide is not known",
        { BidDepthAtDecide: null } or { AskDepthAtDecide: null } => "the depth of the book is not known",
        { LegQty: not > 0 } or { Notional: null } => "leg_qty is not known",
        { DecidedAt: null } => "decided_at is not known",
        _ when !Words.TryRead<Market>(first.Market, out _) => $"market '{first.Market}' is not one of {Words.Allowed<Market>()}",
        _ => null,
    };

    static string? Gap(RecordedOrder[] all, ILookup<string, RecordedFill> fills)
    {
        foreach (var order in all)
            if (order.FilledQty - fills[order.ClientOrderId].Sum(fill => fill.Qty) is > 1e-9 and var gap) return FormattableString.Invariant($"fills of order {order.ClientOrderId} are missing: {gap:0.########} of {order.FilledQty:0.########}");
        return null;
    }

    static TcaRow Row(RecordedOrder[] all, ILookup<string, RecordedFill> fillsOf, ILookup<string, RecordedMarkout> markoutsOf)
    {
        var (first, mid) = (all[0], all[0].MidAtDecide!.Value);
        var (isBuy, begun) = (first.Side == Buy, first.DecidedAt!.Value);
        var market = Words.TryRead<Market>(first.Market, out var known) ? known : default;
        var makers = all.Where(order => order.Type == Maker).ToArray();
        var takers = all.Where(order => order.Type != Maker && (first.MakerWaitMs is not null || order.Type == AtMarket)).ToArray();
        var made = makers.SelectMany(order => fillsOf[order.ClientOrderId].Select(fill => (Order: order, Fill: fill))).ToArray();
        var taken = takers.SelectMany(order => fillsOf[order.ClientOrderId]).ToArray();
        var largest = takers.Where(order => order is { FilledQty: > 0, AvgPrice: not null }).MaxBy(order => order.FilledQty);
        var share = Math.Min(1, made.Sum(one => one.Fill.Qty) / first.LegQty!.Value);
        var asked = Asked(first.ExecPolicy);
        // A window in which nothing could be quoted was none; and one that its sender chose tells of the sender's reasons, which may be why it was filled or not.
        var waitMs = (first.MakerWaitMs > 0 && makers.Length == 0) || asked?.MakerThenTaker?.WaitMs is not null ? null : (int?)first.MakerWaitMs;

        var worth = made.Select(one => (one.Fill.Qty, Cost: Away(one.Fill.Price) + RecordedFees.Bps(one.Fill, first.Symbol, market, made: true) + Adverse(one.Order, one.Fill))).Where(one => one.Cost is not null).ToArray();
        return new TcaRow
        {
            Market = market, At = begun, Notional = first.Notional!.Value, SpreadBps = first.SpreadAtDecide!.Value / mid * 1e4, Depth = (isBuy ? first.BidDepthAtDecide : first.AskDepthAtDecide)!.Value * mid,
            WaitMs = waitMs, Propensity = first.ExplorePropensity is > 0 and <= 1 and var chance ? chance : 1, Rev = first.RcuRev, MadeShare = share,
            MadeMs = made.Length == 0 ? 0 : made.Sum(one => one.Fill.Qty * Math.Max(0, (one.Fill.Timestamp - begun).TotalMilliseconds)) / made.Sum(one => one.Fill.Qty),
            RestedMs = waitMs is null or 0 || share >= 1 ? 0 : makers.Max(order => Math.Max(0, (order.EndedAt!.Value - begun).TotalMilliseconds)),
            MakerBps = worth.Length == 0 ? null : worth.Sum(one => one.Qty * one.Cost!.Value) / worth.Sum(one => one.Qty),
            TakerBps = taken.Length == 0 ? null : taken.Sum(fill => fill.Qty * (Away(fill.Price) + RecordedFees.Bps(fill, first.Symbol, market, made: false))) / taken.Sum(fill => fill.Qty),
            TakenNotional = largest is null ? null : largest.FilledQty * largest.AvgPrice, TakenSlipBps = largest?.SlippageBps,
            SigmaBps = Sigma(made.Select(one => one.Fill).Concat(taken), markoutsOf), GapMs = asked?.Twap?.GapMs, IsExcluded = all.Any(order => order.Code is "KILL_SWITCH" or "BREAKER_OPEN"),
            Lost = Lost(all, [.. made.Select(one => (one.Fill, true)), .. taken.Select(fill => (fill, false))], isBuy, market),
        };

        double Away(double price) => (isBuy ? 1e4 : -1e4) * (price - mid) / mid;

        // From the middle that it rested beside to the middle half a minute later: what a fill tells of those who came. Null: nobody knows.
        double? Adverse(RecordedOrder order, RecordedFill fill) =>
            markoutsOf[fill.FillId].FirstOrDefault(one => one.HorizonS == MarkoutHorizonS)?.MarkoutBps is { } gained ? (order.SpreadAtDecide ?? first.SpreadAtDecide!.Value) / (order.MidAtDecide ?? mid) * 0.5e4 - gained : null;
    }

    static Shortfall? Lost(RecordedOrder[] all, (RecordedFill Fill, bool Made)[] fills, bool isBuy, Market market)
    {
        var (first, last) = (all[0], all[^1]);
        if (first is not { MidAtPublish: > 0 and var decided, MidAtArrival: { } arrived, MidAtSend: { } sent } || (last.MidAtSend ?? last.MidAtDecide) is not { } end) return null;
        var filled = fills.Sum(one => one.Fill.Qty);
        var fees = fills.Sum(one => RecordedFees.Bps(one.Fill, first.Symbol, market, one.Made) / 1e4 * one.Fill.Qty * one.Fill.Price);
        return Shortfall.Of(isBuy ? Side.Buy : Side.Sell, decided, arrived, sent, end, filled == 0 ? sent : fills.Sum(one => one.Fill.Qty * one.Fill.Price) / filled, filled, Math.Max(filled, first.LegQty!.Value), fees);
    }

    // From how far the middle went between one horizon and the next, in the minute after the first fill whose minute was watched.
    static double? Sigma(IEnumerable<RecordedFill> fills, ILookup<string, RecordedMarkout> markoutsOf)
    {
        foreach (var fill in fills)
        {
            var mids = markoutsOf[fill.FillId].Where(one => one.Mid is > 0).OrderBy(one => one.HorizonS).ToArray();
            if (mids.Length < 2) continue;
            var squares = mids.Zip(mids.Skip(1)).Sum(step => Math.Pow(1e4 * Math.Log(step.Second.Mid!.Value / step.First.Mid!.Value), 2));
            return Math.Sqrt(squares / (mids[^1].HorizonS - mids[0].HorizonS));
        }
        return null;
    }

    static ExecPolicy? Asked(string? execPolicy)
    {
        if (execPolicy is null) return null;
        try
        {
            return JsonSerializer.Deserialize<ExecPolicy>(execPolicy);
        }
        catch (JsonException)
        {
            return null;      // of another build
        }
    }
}
