using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Intake;

/// <summary>The figures of an execution policy as types. Whether they make sense is for the rules to say.</summary>
static class PolicyReader
{
    public static MakerTerms Maker(MakerThenTaker asked) => new(Ms(asked.WaitMs), asked.MinFillRatio);

    public static TwapTerms Twap(Twap asked)
    {
        var weights = SliceWeights.Equal;
        if (asked.Weights is not null) Words.TryRead(asked.Weights, out weights);
        return new TwapTerms(asked.Slices, asked.SliceQty is { } slice ? new Quantity(slice) : null, Ms(asked.GapMs), Ms(asked.JitterMs) ?? TimeSpan.Zero, weights);
    }

    public static ProtectionTerms Protection(PostFillActions asked) => new(
        asked.StopLoss?.TriggerPx is { } stop ? new Price(stop) : null,
        [.. (asked.TakeProfit ?? []).Select(level => new TakeProfitLevel(new Price(level?.TriggerPx ?? 0), level?.Qty is { } qty ? new Quantity(qty) : null))]);

    public static OcoTerms Oco(Oco asked)
    {
        var failure = OnLegFailure.Guard;
        if (asked.OnLegFailure is not null) Words.TryRead(asked.OnLegFailure, out failure);
        return new OcoTerms(new Price(asked.TpPx ?? 0), new Price(asked.SlPx ?? 0), asked.SlLimitPx is { } limit ? new Price(limit) : null, failure);
    }

    /// <summary>Null: named, and not enabled.</summary>
    public static GuardTerms? Guard(GuardStop asked) => asked.Enable is false ? null : new GuardTerms(new Price(asked.SlPx ?? 0), asked.Reverse ?? false);

    /// <summary>A price of an exit that is missing or not above zero; null: none.</summary>
    public static Denial? WrongPrice(ExecPolicy? asked)
    {
        if (asked?.Oco is { } oco)
            return Wrong("exec_policy.oco.tp_px", oco.TpPx, true) ?? Wrong("exec_policy.oco.sl_px", oco.SlPx, true) ?? Wrong("exec_policy.oco.sl_limit_px", oco.SlLimitPx, false);
        if (asked?.GuardStop is not { } guard || guard.Enable is false) return null;
        return guard.Enable is null ? new Denial(ReasonCode.FieldRequired, "exec_policy.guard_stop.enable is missing; allowed: true, false") : Wrong("exec_policy.guard_stop.sl_px", guard.SlPx, true);
    }

    static Denial? Wrong(string field, decimal? value, bool isRequired) => value switch
    {
        null => isRequired ? new Denial(ReasonCode.FieldRequired, $"{field} is missing; it is a price above 0") : null,
        <= 0 => new Denial(ReasonCode.MalformedField, $"{field} {value} must be above 0"),
        _ => null,
    };

    /// <summary>An exit without a price above zero, or a share of nothing; null: none.</summary>
    public static Denial? WrongTrigger(PostFillActions? asked)
    {
        if (asked is null) return null;
        if (asked.StopLoss is { TriggerPx: null or <= 0 }) return Missing("stop_loss.trigger_px", asked.StopLoss.TriggerPx);
        if (asked.StopLoss is { Qty: not null }) return new Denial(ReasonCode.FieldNotAllowed, "post_fill_actions.stop_loss.qty is not allowed: the stop covers all that is held");
        for (var level = 0; level < (asked.TakeProfit?.Length ?? 0); level++)
        {
            if (asked.TakeProfit![level] is { TriggerPx: null or <= 0 } or null) return Missing($"take_profit[{level}].trigger_px", asked.TakeProfit[level]?.TriggerPx);
            if (asked.TakeProfit[level].Qty <= 0) return Missing($"take_profit[{level}].qty", asked.TakeProfit[level].Qty);
        }
        return null;
    }

    static Denial Missing(string field, decimal? value) => value is null
        ? new Denial(ReasonCode.FieldRequired, $"post_fill_actions.{field} is missing")
        : new Denial(ReasonCode.MalformedField, $"post_fill_actions.{field} {value} must be above 0");

    static TimeSpan? Ms(int? value) => value is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
