using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>Slices over time (spec §5.2): one in flight at a time, each a leg; what one leaves unfilled is queued again, at the end.</summary>
static class Twap
{
    /// <summary>Cuts a quantity into slices that lie on the grid and add up to it exactly; those below the smallest allowed are merged with their neighbour.</summary>
    public static ImmutableArray<Quantity> Cut(Quantity total, int slices, SliceWeights weights, LotGrid lots, decimal smallest)
    {
        var cuts = new List<Quantity>();
        decimal weight = 0, all = Enumerable.Range(1, slices).Sum(slice => WeightOf(slice, weights)), done = 0;
        for (var slice = 1; slice <= slices; slice++)
        {
            weight += WeightOf(slice, weights);
            // Cut at the running total, so that rounding never adds up.
            var upTo = slice == slices ? total.Value : lots.Floor(new Quantity(total.Value * weight / all)).Value;
            if (upTo - done < smallest || upTo == done) continue;
            cuts.Add(new Quantity(upTo - done));
            done = upTo;
        }
        var rest = total.Value - done;
        if (rest > 0 && cuts.Count > 0) cuts[^1] = new Quantity(cuts[^1].Value + rest);
        else if (rest > 0) cuts.Add(new Quantity(rest));
        return [.. cuts];
    }

    public static void Step(Draft draft, MarketView view)
    {
        var slices = Started(draft.Order);
        for (var slice = 0; slice < slices.Length; slice++) StepSlice(draft, slices[slice], slice, view);
        var (order, plan, started) = (draft.Order, draft.Order.Twap!, slices.Length);
        if (plan.IsDone || order.Entries.Any(venue => venue.IsAlive) || Started(order).Any(leg => leg.Ended is null && !LegProgress.Of(order, leg).Left.IsZero)) return;
        var left = order.OrderQty.Less(order.CumQty);
        if (order.CancelAsked || left.IsZero || started >= plan.Slices.Length || IsFlat(order)) Finish(draft, left);
        else if (plan.DueOf(order.Id, started) is var due && view.Now < due) draft.WakeAt(due);
        else if (!Pausing.Waits(draft, view)) Start(draft, plan, started, view.Now - due, left, view);
    }

    static void Start(Draft draft, TwapPlan plan, int slice, TimeSpan late, Quantity left, MarketView view)
    {
        // Late by more than a hiccup: the rest moves along, so that the gap between two starts is kept.
        if (late > plan.Gap / 10) draft.Order = draft.Order with { Twap = plan with { Shift = plan.Shift + late } };
        var qty = plan.Slices[slice].Value < left.Value ? plan.Slices[slice] : left;
        var leg = new Leg(draft.Order.Legs.Length, LegPurpose.Entry, draft.Order.Intent.Side, qty, OrderType.Market) { Patience = plan.Patience, StartedAt = view.Now };
        draft.Tell(OrderEventType.SliceSent, null, detail: $"slice {slice + 1} of {plan.Slices.Length}: {qty}");
        StepSlice(draft, draft.Start(leg), slice, view);
        // Too small to be sent at all, it has ended at once: what comes next is not waited for by anybody else.
        if (draft.Order.Legs[leg.No].Ended is not null) Step(draft, view);
    }

    static void Finish(Draft draft, Quantity left)
    {
        draft.Order = draft.Order with { Twap = draft.Order.Twap! with { IsDone = true } };
        draft.Tell(OrderEventType.TwapDone, null, detail: left.IsZero ? $"all of {draft.Order.OrderQty}" : $"{draft.Order.CumQty} of {draft.Order.OrderQty}; {left} remain");
    }

    // A slice that ends short is queued again, at the end, as often as there were slices at first.
    static void StepSlice(Draft draft, Leg before, int slice, MarketView view)
    {
        LegWork.Step(draft, before, view);
        var (leg, plan) = (draft.Order.Legs[before.No], draft.Order.Twap!);
        if (leg.Ended is null || before.Ended is not null || draft.Order.CancelAsked) return;
        var left = LegProgress.Of(draft.Order, leg).Left;
        // What is too small to be sent alone goes with the next slice; after the last one it is the remainder.
        if (leg.Why is ReasonCode.RemainderTooSmall)
        {
            if (slice + 1 < plan.Slices.Length) plan = plan with { Slices = plan.Slices.SetItem(slice + 1, new Quantity(plan.Slices[slice + 1].Value + left.Value)) };
        }
        else if (plan.Requeued < plan.Slices.Length - plan.Requeued) plan = plan with { Slices = plan.Slices.Add(left), Requeued = plan.Requeued + 1 };
        if (plan != draft.Order.Twap) draft.Order = draft.Order with { Twap = plan };
    }

    /// <summary>The slices that have not started, for whoever looks at the queue.</summary>
    public static ImmutableArray<SliceTask> Queue(Order order)
    {
        if (order.Twap is not { IsDone: false } plan || order.CancelAsked) return [];
        var started = Started(order).Length;
        return [.. Enumerable.Range(started, Math.Max(0, plan.Slices.Length - started))
            .Select(slice => new SliceTask(plan.DueOf(order.Id, slice), order.Intent.IntentId, order.Intent.Symbol, slice, plan.Slices[slice]))];
    }

    // What a slice found flat the next one would: a refused reduction is not repeated.
    static bool IsFlat(Order order) => order.Intent.ReduceOnly && order.Legs.Any(leg => leg.Why is ReasonCode.ReduceOnlyRejected);

    static Leg[] Started(Order order) => [.. order.Legs.Where(leg => leg.Purpose is LegPurpose.Entry)];

    static decimal WeightOf(int slice, SliceWeights weights) => weights is SliceWeights.Sqrt ? (decimal)Math.Sqrt(slice) : 1;
}
