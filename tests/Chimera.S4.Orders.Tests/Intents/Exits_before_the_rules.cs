using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>What is wrong with the exits of a spot intent is said before anything is sent: the field, its value, what is allowed.</summary>
public class Exits_before_the_rules
{
    [Theory]
    [InlineData("tp 110  sl 90                          -> accepted")]
    [InlineData("tp 110  sl 90  limit 89                -> accepted")]
    [InlineData("tp 110  sl 90  type LIMIT  price 95    -> accepted")]
    [InlineData("tp 110  sl 90  held yes                -> accepted")]
    [InlineData("tp 110  sl 90  maker yes               -> accepted")]
    [InlineData("guard 90  type LIMIT_MAKER  price 95   -> accepted")]
    [InlineData("tp 99   sl 90                          -> TRIGGER_ON_WRONG_SIDE oco.tp_px 99 above 100")]
    [InlineData("tp 110  sl 100                         -> TRIGGER_ON_WRONG_SIDE oco.sl_px 100 below")]
    [InlineData("tp 110  sl 96  type LIMIT  price 95    -> TRIGGER_ON_WRONG_SIDE oco.sl_px 96 below 95")]
    [InlineData("tp 90   sl 110                         -> POLICY_CONFLICT tp_px 90 above sl_px 110")]
    [InlineData("tp 110  sl 90  limit 91                -> POLICY_CONFLICT sl_limit_px 91 below sl_px 90")]
    [InlineData("tp 110.001  sl 90                      -> PRICE_OFF_TICK tp_px 110.001 0.01")]
    [InlineData("tp 2000000  sl 90                      -> PRICE_OUT_OF_RANGE tp_px 2000000 1000000")]
    [InlineData("tp 110  sl 90  qty 0.055               -> BELOW_MIN_NOTIONAL oco exit 0.053 4.77 5")]
    [InlineData("tp 110  sl 90  market fut              -> POLICY_NOT_SUPPORTED oco SPOT post_fill_actions")]
    [InlineData("tp 110  sl 90  side sell               -> POLICY_NOT_SUPPORTED oco SELL reduce_only")]
    [InlineData("tp 110  sl 90  held yes  type LIMIT  price 95 -> POLICY_CONFLICT reduce_only MARKET LIMIT")]
    [InlineData("tp 110  sl 90  twap yes                -> POLICY_CONFLICT oco twap")]
    [InlineData("tp 110  sl 90  guard 90                -> POLICY_CONFLICT oco guard_stop")]
    [InlineData("guard 90                               -> POLICY_CONFLICT guard_stop LIMIT_MAKER MARKET")]
    [InlineData("guard 96  type LIMIT_MAKER  price 95   -> TRIGGER_ON_WRONG_SIDE guard_stop.sl_px 96 below 95")]
    [InlineData("guard 90  type LIMIT  price 95  side sell -> POLICY_NOT_SUPPORTED guard_stop BUY SELL")]
    [InlineData("guard 90  type LIMIT  price 95  guardian off -> POLICY_NOT_SUPPORTED S4_OCO_GUARDIAN")]
    public void Are_denied_with_field_value_and_what_is_allowed(string row)
    {
        var (cell, expected) = (Row.Of(row), row[(row.IndexOf("->", StringComparison.Ordinal) + 3)..].Split(' '));
        Words.TryRead<OrderType>(cell.Has("type") ? cell["type"] : "MARKET", out var type);
        var intent = Sample.Intent with
        {
            Market = cell.Has("market") ? Market.Fut : Market.Spot, Side = cell.Has("side") || cell.Has("held") ? Side.Sell : Side.Buy, ReduceOnly = cell.Has("held"), Type = type,
            TimeInForce = null, Price = cell.Has("price") ? new Price(cell.Decimal("price")) : null, Qty = new(cell.Has("qty") ? cell.Decimal("qty") : 1),
            Maker = cell.Has("maker") ? new MakerTerms(null, null) : null, Twap = cell.Has("twap") ? new TwapTerms(2, null, TimeSpan.FromSeconds(1), TimeSpan.Zero, SliceWeights.Equal) : null,
            Oco = cell.Has("tp") ? new OcoTerms(new(cell.Decimal("tp")), new(cell.Decimal("sl")), cell.Has("limit") ? new Price(cell.Decimal("limit")) : null, OnLegFailure.Guard) : null,
            Guard = cell.Has("guard") ? new GuardTerms(new(cell.Decimal("guard")), false) : null,
        };
        var verdict = IntentRules.Check(intent, Sample.Facts with { Instrument = PolicyLife.Instrument, Mid = 100, Reference = 100, Limits = new PolicyLimits { OcoGuardian = !cell.Has("guardian") } });
        Assert.Equal(expected[0], verdict.Denial?.Reason.Text() ?? "accepted");
        Assert.All(expected[1..], word => Assert.Contains(word, verdict.Denial?.Message ?? ""));
    }
}
