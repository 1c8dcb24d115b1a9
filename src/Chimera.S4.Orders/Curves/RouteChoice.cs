namespace Chimera.S4.Orders;

/// <summary>What the curves say about one intent: taken once, at the decision, and kept in its legs.</summary>
/// <param name="Wait">Null: the intent tells it itself, or no curve does.</param>
/// <param name="Slices"><inheritdoc cref="Wait" path="/summary"/></param>
/// <param name="Propensity">The chance that this wait had of being taken, where chance had a say; null: it had none.</param>
sealed record RouteChoice(TimeSpan? Wait, int? Slices, decimal? Propensity)
{
    /// <summary>The waits that are tried and compared, in milliseconds.</summary>
    public static ReadOnlySpan<int> WaitGrid => [0, 100, 250, 500, 1000, 2000, 3000];

    // An estimate at the mid of now; a slice must still be worth its minimum a little later.
    const decimal NotionalMargin = 0.98m;

    public static readonly RouteChoice None = new(null, null, null);

    public static RouteChoice Of(Order order, RouteCurves? curves, PolicyLimits limits, MarketView view)
    {
        var intent = order.Intent;
        if (curves is null || intent is { Maker: null, Twap: null } || BookSight(intent.Side, view) is not var (mid, spreadBps, depth)) return None;
        var total = order.OrderQty.Value * mid;
        var slices = intent.Twap is { } twap && PolicyPlans.SlicesOf(twap, order.OrderQty) is null && curves.Slices(intent.Market, total) is { } cut ? Cut(cut, total, limits, view) : (int?)null;
        if (intent.Maker is { Wait: not null }) return new RouteChoice(null, slices, null);
        var pieces = intent.Twap is null ? 1 : slices ?? PolicyPlans.SlicesOf(intent.Twap, order.OrderQty) ?? limits.TwapMaxSlices;
        var notional = total / pieces;
        if (curves.WaitMs(intent.Market, notional, spreadBps, depth) is not { } waitMs) return new RouteChoice(null, slices, null);
        var own = Math.Min(waitMs, (int)limits.MakerMaxWait.TotalMilliseconds);
        var (wait, propensity) = IsToExplore(intent, notional, curves) ? Draw(order.Id, own, curves, limits) : (own, (decimal?)null);
        return new RouteChoice(TimeSpan.FromMilliseconds(wait), slices, propensity);
    }

    static int Cut(int asked, decimal total, PolicyLimits limits, MarketView view)
    {
        var most = view.Instrument?.MinNotional is > 0 and var min ? (int)Math.Min(int.MaxValue, total / min * NotionalMargin) : int.MaxValue;
        return Math.Max(1, Math.Min(asked, Math.Min(most, limits.TwapMaxSlices)));
    }

    // One who closes is in a hurry, and slices are told by their intent's gap.
    static bool IsToExplore(Intent intent, decimal notional, RouteCurves curves) =>
        curves.Explore is { Share: > 0 } explore && notional < explore.NotionalTo && intent is { Twap: null, ReduceOnly: false, Protection: null };

    // From the order's own id: wherever and however often it is decided, chance falls the same.
    static (int WaitMs, decimal? Propensity) Draw(Guid orderId, int own, RouteCurves curves, PolicyLimits limits)
    {
        Span<byte> chance = stackalloc byte[16];
        SagaIds.Derive(orderId, $"explore:{curves.Rev}").TryWriteBytes(chance);
        int[] arms = [.. WaitGrid.ToArray().Where(arm => arm <= limits.MakerMaxWait.TotalMilliseconds)];
        var (share, each) = (curves.Explore!.Share, curves.Explore.Share / arms.Length);
        var wait = BitConverter.ToUInt32(chance) < share * (1m + uint.MaxValue) ? arms[BitConverter.ToUInt32(chance[8..]) % arms.Length] : own;
        return (wait, (wait == own ? 1 - share : 0) + (arms.Contains(wait) ? each : 0));
    }

    static (decimal Mid, decimal SpreadBps, decimal Depth)? BookSight(Side side, MarketView view)
    {
        if (view.Quote is not { Mid: > 0 and var mid } quote) return null;
        var near = side is Side.Buy ? quote.Bids : quote.Asks;
        return (mid, (quote.Asks[0].Price - quote.Bids[0].Price) / mid * 10_000, near.Sum(level => level.Price * level.Qty));
    }
}
