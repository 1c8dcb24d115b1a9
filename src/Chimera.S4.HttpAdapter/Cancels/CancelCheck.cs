using System.Text.RegularExpressions;
using Chimera.S4.HttpAdapter.Problems;

namespace Chimera.S4.HttpAdapter.Cancels;

/// <summary>The shape of a cancel: which order it means must be beyond doubt before anything is asked of the router.</summary>
static partial class CancelCheck
{
    const string Code = "CANCEL_MALFORMED";

    /// <summary>The problem, or null.</summary>
    public static IResult? Of(CancelRequest cancel)
    {
        var named = new[] { ("intent_id", cancel.IntentId), ("client_order_id", cancel.ClientOrderId), ("order_id", cancel.OrderId) };
        var given = named.Where(id => id.Item2 is not null).ToArray();

        if (given.Length != 1)
            return Problem.Field(Code, "intent_id, client_order_id, order_id", given.Length == 0 ? null : string.Join(" and ", given.Select(id => id.Item1)), "exactly one of them");
        if (given[0] is (var name, var value) && value!.Length is 0 or > 64) return Problem.Field(Code, name, value, "1–64 characters");
        if (cancel.Market is not (null or "SPOT" or "FUT")) return Problem.Field(Code, "market", cancel.Market, "SPOT or FUT");
        if (cancel.OrderId is not null && cancel.Market is null) return Problem.Field(Code, "market", null, "SPOT or FUT, since order_id repeats between markets");
        if (cancel.OrderId is not null && string.IsNullOrEmpty(cancel.Symbol)) return Problem.Field(Code, "symbol", cancel.Symbol, "a symbol such as BTCUSDT, since order_id repeats between symbols");
        if (cancel.Reason is { } reason && !Reasons().IsMatch(reason)) return Problem.Field(Code, "reason", reason, "[A-Z_]{1,32}, such as REBALANCE, RISK, ORPHAN");
        return null;
    }

    [GeneratedRegex(@"^[A-Z_]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reasons();
}
