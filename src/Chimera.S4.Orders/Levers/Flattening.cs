namespace Chimera.S4.Orders;

/// <summary>
/// How something that is held is closed once: by ordinary reduce-only intents under ids that follow from what they close, so that the promise covers each. A try is stored before its intent is
/// published; whoever comes to it then publishes the same. Another follows only when the last is final, for what is left.
/// </summary>
public static class Flattening
{
    public const int MostTries = 10;

    /// <summary>What is there already does not wait longer than this for an intent whose outcome is open.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The target as it is to be stored, and the try whose intent is to be published then; null: none is.</summary>
    public static (FlattenTarget Target, FlattenTry? Publish) Next(FlattenTarget target, FlattenView view)
    {
        if (target.Ended is not null) return (target, null);
        if (target.Tries is [.., var last])
        {
            // Stored, and not known yet: whoever stored it may have died before it was published.
            if (view.Last is not { } known) return (target, last);
            if (!known.Final) return (target, null);
            if (known.Reason is ReasonCode.ReduceOnlyLocked) target = target with { ExitsGo = true };
            if (known.Reason is ReasonCode.BelowMinNotional or ReasonCode.QtyBelowMin or ReasonCode.QtyBelowStep) return End(target, view, FlattenEnd.TooSmall);
            if (last.IsAll && known.CumQty == last.Qty) return End(target, view, FlattenEnd.Flat);
            if (known.CumQty != last.Qty && view.Now < last.At + Pause(target.Tries.Length)) return (target, null);
        }
        if (!view.IsSettled && (target.Holder is not null || view.Now < view.AskedAt + Patience)) return (target, null);
        if (view is not { Held: { } held, Instrument: { } instrument }) return (target, null);
        return Close(target, view, held, instrument.LotsFor(OrderType.Market));
    }

    static (FlattenTarget, FlattenTry?) Close(FlattenTarget target, FlattenView view, decimal held, LotGrid lots)
    {
        var all = lots.Floor(new Quantity(Math.Abs(held)));
        var qty = lots.MaxQty > 0 && all.Value > lots.MaxQty ? lots.Floor(new Quantity(lots.MaxQty)) : all;
        if (qty.IsZero || qty.Value < lots.MinQty)
            return !view.IsSettled ? (target, null) : End(target, view, held != 0 ? FlattenEnd.TooSmall : target.Tries.IsEmpty ? FlattenEnd.NothingHeld : FlattenEnd.Flat);
        if (target.Tries.Length >= MostTries) return (target with { Ended = FlattenEnd.GivenUp }, null);
        var next = new FlattenTry($"flatten-{target.Id:N}-{target.Tries.Length + 1}", held > 0 ? Side.Sell : Side.Buy, qty, view.IsSettled && qty == all, view.Now);
        return (target with { Tries = target.Tries.Add(next) }, next);
    }

    // What protected it would reduce the next position, which is nobody's wish.
    static (FlattenTarget, FlattenTry?) End(FlattenTarget target, FlattenView view, FlattenEnd how) =>
        (target with { ExitsGo = true, Ended = view.AreExitsAsked ? how : null }, null);

    static TimeSpan Pause(int tries) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries - 1), LongestPause.TotalSeconds));
}
