namespace Chimera.S4.Orders.Tests;

/// <summary>Spot: order lists as reference binance §1.4 has them, and fees that are taken in what is bought.</summary>
sealed partial class VenueOfOneIntent
{
    /// <summary>It cuts nothing down to what is held: what is sold too much is sold of what others hold.</summary>
    public bool IsSpot { get; init; }

    /// <summary>BTC: a thousandth of what is bought is kept; anything else costs nothing of it.</summary>
    public string? FeeAsset { get; init; }

    public decimal Fees => Orders.Values.Where(order => order.Placed.Side is Side.Buy).Sum(order => Fee(order, order.Cum));

    /// <summary>What sells at this instant, of a list the larger one once.</summary>
    public decimal Selling => Sells.Where(order => order is { IsAlive: true, IsPending: false }).GroupBy(order => order.List ?? order.Placed.ClientOrderId).Sum(one => one.Max(order => order.Placed.Qty.Value - order.Cum));
    public decimal Sold => Sells.Sum(order => order.Cum);
    IEnumerable<Held> Sells => Orders.Values.Where(order => order.Placed.Side is Side.Sell);

    decimal Fee(Held held, decimal qty) => FeeAsset == "BTC" && held.Placed.Side is Side.Buy ? qty * 0.001m : 0;

    void PlaceList(PlaceListEffect list, DateTimeOffset now)
    {
        string[] ids = [.. list.Entry is null ? Array.Empty<string>() : [list.Entry.ClientOrderId], list.Above.ClientOrderId, list.Below.ClientOrderId];
        if (!IsKind && random.Chance(0.1 * faults)) said.AddRange(ids.Select(id => new Observation { ClientOrderId = id, Kind = ReportKind.Unknown }));
        if (!IsKind && random.Chance(0.2 * faults))
        {
            var reason = random.Pick(ReasonCode.VenueRejected, ReasonCode.InsufficientBalance, ReasonCode.WouldTrigger, ReasonCode.WouldTake);
            foreach (var id in ids) said.Add(new Observation { ClientOrderId = id, Kind = ReportKind.Rejected, Reason = reason, EffectSeq = id == ids[^1] ? list.Seq : null });
            return;
        }
        PlaceEffect Of(string id, OrderType type, Side side, Quantity qty, Price? price, Price? trigger) =>
            new(list.Seq, list.Market, list.Symbol, id) { Side = side, Type = type, Qty = qty, Price = price, TriggerPx = trigger, ReduceOnly = side is Side.Sell };
        if (list.Entry is { } entry) Orders[entry.ClientOrderId] = new Held(Of(entry.ClientOrderId, entry.Type, entry.Side, entry.Qty, entry.Price, null)) { List = list.ClientOrderId };
        foreach (var exit in new[] { list.Above, list.Below })
            Orders[exit.ClientOrderId] = new Held(Of(exit.ClientOrderId, exit.Type, list.Side, list.Qty, exit.Price, exit.TriggerPx)) { List = list.ClientOrderId, IsPending = list.Entry is not null };
        // One of the two may be refused, though the list was taken.
        if (!IsKind && list.Entry is null && random.Chance(0.05 * faults))
        {
            var refused = random.Pick(ids);
            Orders.Remove(refused);
            said.Add(new Observation { ClientOrderId = refused, Kind = ReportKind.Rejected, Reason = ReasonCode.VenueFilter, EffectSeq = list.Seq });
            ids = [.. ids.Where(id => id != refused)];
        }
        foreach (var id in ids) Say(id, id == ids[^1] ? list.Seq : null, now);
    }

    void End(Held held, VenueStatus how, DateTimeOffset now)
    {
        if (!held.IsAlive) return;
        held.Status = how;
        foreach (var other in Others(held).ToArray())
        {
            other.Status = how;
            Say(other.Placed.ClientOrderId, null, now);
        }
    }

    // The first trade of one exit ends the other; the last one of the entry sets both off, or fails to.
    void Follow(Held traded, DateTimeOffset now)
    {
        if (!traded.IsExit && traded.Status is not VenueStatus.Filled) return;
        var fails = !traded.IsExit && !IsKind && random.Chance(0.15 * faults);
        foreach (var other in Others(traded).ToArray())
        {
            other.IsPending = false;
            if (traded.IsExit || fails) other.Status = fails ? random.Pick(VenueStatus.Expired, VenueStatus.Rejected) : VenueStatus.Expired;
            Say(other.Placed.ClientOrderId, null, now);
        }
    }

    IEnumerable<Held> Others(Held one) => one.List is null ? [] : Orders.Values.Where(order => order != one && order.List == one.List && order.IsAlive);
}
