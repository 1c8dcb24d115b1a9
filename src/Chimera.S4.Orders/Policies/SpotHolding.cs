namespace Chimera.S4.Orders;

/// <summary>What a spot intent holds and what stands to sell it, as seen: proven purchases less the fees that were taken in them, less what was sold.</summary>
sealed record SpotHolding
{
    public required Leg Leg { get; init; }

    /// <summary>All orders of the leg, in the order of their placement.</summary>
    public required VenueOrder[] Exits { get; init; }

    /// <summary>Exact; off the grid where fees were taken in it.</summary>
    public required Quantity Held { get; init; }

    /// <summary>On the lot grid: what should be protected.</summary>
    public required Quantity Wanted { get; init; }

    /// <summary>No purchase is under way or will follow, and every one is proven.</summary>
    public required bool HasEntered { get; init; }

    /// <summary>The latest two exits that came as a list; empty: there is none.</summary>
    public required VenueOrder[] Pair { get; init; }

    /// <summary>What the pair came with; null: it was placed for what was held.</summary>
    public required VenueOrder? PairsEntry { get; init; }

    public bool IsAnyAlive => Exits.Any(exit => exit.IsAlive);

    /// <summary>The exits of an entry's list wait until it has filled wholly.</summary>
    public bool IsPairActive => PairsEntry is null or { Status: VenueStatus.Filled };

    /// <summary>The take-profit has begun to fill, which has ended its stop at the venue.</summary>
    public bool IsTakingProfit => Exits.Any(exit => exit is { Type: OrderType.LimitMaker, IsAlive: true, CumQty.IsZero: false });

    public static Leg LegOf(Order order) => order.Legs[order.Intent.ReduceOnly ? 0 : 1];

    public static IEnumerable<VenueOrder> ExitsOf(Order order)
    {
        var leg = LegOf(order).No;
        return order.VenueOrders.Where(venue => venue.Leg == leg);
    }

    public static SpotHolding Of(Order order, Instrument instrument)
    {
        VenueOrder[] exits = [.. ExitsOf(order)];
        var list = exits.LastOrDefault(exit => exit.ListId is not null)?.ListId;
        var bought = order.Intent.ReduceOnly ? order.OrderQty.Value : order.Entries.Sum(entry => entry.Trades.Sum(trade => Kept(trade, instrument)));
        var held = new Quantity(Math.Max(0, bought - exits.Sum(exit => exit.CumQty.Value)));
        return new SpotHolding
        {
            Leg = LegOf(order), Exits = exits, Held = held, Wanted = instrument.Lots.Floor(held),
            HasEntered = order.Intent.ReduceOnly || order.EntriesEnded && order.Entries.All(entry => entry is { IsAlive: false, IsProven: true }),
            Pair = list is null ? [] : [.. exits.Where(exit => exit.ListId == list)],
            PairsEntry = list is null || order.Intent.ReduceOnly ? null : order.Entries.FirstOrDefault(entry => entry.ListId == list),
        };
    }

    /// <summary>The venue itself holds a stop for what is held.</summary>
    public bool IsCovered(SpotExitTerms terms, Instrument instrument) =>
        Exits.Any(exit => exit is { Type: OrderType.Stop, CancelId: null } && exit.Status.IsWorking() && (exit.ListId is null || IsPairActive) && IsRight(exit, terms, instrument));

    /// <summary>As large as what is held; or smaller by less than an exit of its own could carry.</summary>
    public bool IsRight(VenueOrder exit, SpotExitTerms terms, Instrument instrument)
    {
        var standing = exit.OrderQty.Less(exit.CumQty);
        return standing == Wanted || standing.Value < Wanted.Value && !terms.CanRest(Wanted.Less(standing), instrument);
    }

    /// <summary>Somebody else canceled the exits at the venue: it is not for S4 to want them back.</summary>
    public bool IsTakenOver => Exits.LastOrDefault() is { } last && (last.ListId is null
        ? last is { Status: VenueStatus.Canceled, CancelId: null }
        : IsPairActive && Pair.Any(exit => exit.Status is VenueStatus.Canceled) && Pair.All(exit => exit is { IsAlive: false, CancelId: null, Status: not (VenueStatus.Filled or VenueStatus.Rejected) }));

    /// <summary>The venue has refused the pair, or one of the two, or has let both lapse.</summary>
    public bool IsPairRefused => Pair.Length > 0 && (Pair.Any(exit => exit.Status is VenueStatus.Rejected) || Pair.All(exit => exit is { Status: VenueStatus.Expired, CumQty.IsZero: true }));

    static decimal Kept(Trade trade, Instrument instrument) => trade.Qty.Value - (trade.CommissionAsset == instrument.BaseAsset ? trade.Commission : 0);
}
