namespace Chimera.S4.Orders;

/// <summary>How probably an order that rests is filled by when: the product-limit estimate (Kaplan and Meier 1958), in which an order that was canceled counts as one that might yet have been filled.</summary>
/// <param name="Steps">At each instant of a fill: what is still unfilled after it, and Greenwood's variance of that.</param>
sealed record FillCurve(IReadOnlyList<FillCurve.Step> Steps)
{
    public readonly record struct Step(double Time, double Unfilled, double Variance);

    /// <param name="Filled">False: it was canceled then, which says that it would have been filled later, if ever.</param>
    public readonly record struct Observed(double Time, bool Filled, double Weight = 1);

    public static FillCurve Of(IEnumerable<Observed> observed)
    {
        var all = observed.OrderBy(one => one.Time).ToArray();
        var (atRisk, unfilled, greenwood, steps) = (all.Sum(one => one.Weight), 1.0, 0.0, new List<Step>());
        for (var i = 0; i < all.Length;)
        {
            var (time, fills, leave) = (all[i].Time, 0.0, 0.0);
            // Of one instant, fills come first: what is canceled then was still there to be filled.
            for (; i < all.Length && all[i].Time == time; i++)
            {
                leave += all[i].Weight;
                if (all[i].Filled) fills += all[i].Weight;
            }
            if (fills > 0)
            {
                unfilled *= 1 - fills / atRisk;
                if (atRisk > fills) greenwood += fills / (atRisk * (atRisk - fills));
                steps.Add(new Step(time, unfilled, unfilled * unfilled * greenwood));
            }
            atRisk -= leave;
        }
        return new FillCurve(steps);
    }

    /// <summary>What is unfilled after <paramref name="time"/>, and the variance of that.</summary>
    public Step At(double time)
    {
        var last = new Step(time, 1, 0);
        foreach (var step in Steps)
        {
            if (step.Time > time) break;
            last = step;
        }
        return last with { Time = time };
    }
}
