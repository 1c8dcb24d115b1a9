using System.Collections.Frozen;

namespace Chimera.S4.Orders;

/// <summary>What a code means and how it is answered over HTTP.</summary>
/// <param name="Code">The word on the wire.</param>
/// <param name="By">ROUTER (a denial), VENUE (a rejection), REMARK (neither).</param>
/// <param name="HttpStatus">Design §7. A venue rejection is 200 with status REJECTED: the intent has been dealt with.</param>
public sealed record ReasonEntry(ReasonCode Reason, string Code, string By, int HttpStatus, string Meaning);

/// <summary>The one table of codes; the README's copy is written from it by a test.</summary>
public static class ReasonCodes
{
    public const string Router = "ROUTER", Venue = "VENUE", Remark = "REMARK";

    public static readonly IReadOnlyList<ReasonEntry> Table =
    [
        new(ReasonCode.IntentIdInvalid, "INTENT_ID_INVALID", Router, 400, "intent_id is missing or not 1–64 printable characters"),
        new(ReasonCode.MalformedField, "MALFORMED_FIELD", Router, 400, "a field's value is not of its form"),
        new(ReasonCode.UnknownField, "UNKNOWN_FIELD", Router, 400, "a field that S4 does not know: a misspelt one must not change what is traded"),
        new(ReasonCode.UnknownWord, "UNKNOWN_WORD", Router, 400, "a word that the field does not allow"),
        new(ReasonCode.FieldRequired, "FIELD_REQUIRED", Router, 400, "a field that this type of order needs is missing"),
        new(ReasonCode.FieldNotAllowed, "FIELD_NOT_ALLOWED", Router, 400, "a field that this type of order cannot have"),
        new(ReasonCode.UnknownSymbol, "UNKNOWN_SYMBOL", Router, 400, "the venue lists no such symbol"),
        new(ReasonCode.QtyBelowStep, "QTY_BELOW_STEP", Router, 400, "less than one step of the lot grid"),
        new(ReasonCode.PriceOffTick, "PRICE_OFF_TICK", Router, 400, "the price is not a multiple of the tick size"),
        new(ReasonCode.QtyBelowMin, "QTY_BELOW_MIN", Router, 422, "below the venue's smallest quantity"),
        new(ReasonCode.QtyAboveMax, "QTY_ABOVE_MAX", Router, 422, "above the venue's largest quantity"),
        new(ReasonCode.PriceOutOfRange, "PRICE_OUT_OF_RANGE", Router, 422, "outside the venue's price range"),
        new(ReasonCode.BelowMinNotional, "BELOW_MIN_NOTIONAL", Router, 422, "price × quantity is below the venue's minimum"),
        new(ReasonCode.AboveMaxNotional, "ABOVE_MAX_NOTIONAL", Router, 422, "price × quantity is above the venue's maximum"),
        new(ReasonCode.ReduceOnlyWouldOpen, "REDUCE_ONLY_WOULD_OPEN", Router, 422, "reduce-only, but there is nothing, or too little, to reduce"),
        new(ReasonCode.PolicyNotSupported, "POLICY_NOT_SUPPORTED", Router, 422, "this policy or order type is not possible on this market"),
        new(ReasonCode.SymbolNotAllowed, "SYMBOL_NOT_ALLOWED", Router, 422, "the symbol is not in S4_SYMBOLS"),
        new(ReasonCode.SymbolNotTrading, "SYMBOL_NOT_TRADING", Router, 422, "the venue has halted the symbol"),
        new(ReasonCode.IntentExpired, "INTENT_EXPIRED", Router, 422, "older than expires_at or S4_INTENT_MAX_AGE when S4 came to it"),
        new(ReasonCode.PriceOutsideBand, "PRICE_OUTSIDE_BAND", Router, 422, "too far from the market for the venue (PERCENT_PRICE)"),
        new(ReasonCode.PolicyConflict, "POLICY_CONFLICT", Router, 422, "two fields of the execution policy, or one of them and the order type, contradict each other"),
        new(ReasonCode.PolicyOutOfRange, "POLICY_OUT_OF_RANGE", Router, 422, "a figure of the execution policy is outside its range"),
        new(ReasonCode.TriggerOnWrongSide, "TRIGGER_ON_WRONG_SIDE", Router, 422, "the trigger price is on the wrong side of the market: it would act at once"),
        new(ReasonCode.IntentIdReused, "INTENT_ID_REUSED", Router, 409, "the intent_id was used before, with other content"),
        new(ReasonCode.KillSwitch, "KILL_SWITCH", Router, 423, "the kill switch is on: only reduce-only intents and cancels pass"),
        new(ReasonCode.BreakerOpen, "BREAKER_OPEN", Router, 503, "the venue's circuit breaker is open: only reduce-only intents and cancels pass"),
        new(ReasonCode.OrderQtyLimit, "ORDER_QTY_LIMIT", Router, 422, "more than S4_MAX_ORDER_QTY in one order"),
        new(ReasonCode.OrderNotionalLimit, "ORDER_NOTIONAL_LIMIT", Router, 422, "worth more than S4_MAX_ORDER_NOTIONAL in one order"),
        new(ReasonCode.PriceCollar, "PRICE_COLLAR", Router, 422, "the limit reaches further across the book than S4_PRICE_COLLAR_BPS"),
        new(ReasonCode.OrderRateLimit, "ORDER_RATE_LIMIT", Router, 422, "more than S4_MAX_ORDERS_PER_MINUTE intents add exposure within a minute"),
        new(ReasonCode.NoMarketData, "NO_MARKET_DATA", Router, 503, "a price is needed and none fresh enough is known"),
        new(ReasonCode.NoInstrumentData, "NO_INSTRUMENT_DATA", Router, 503, "the venue's instrument list has not been read yet"),
        new(ReasonCode.MarginSetupConflict, "MARGIN_SETUP_CONFLICT", Router, 422, "margin type or leverage of the symbol cannot be set while a position or an open order forbids it: only what reduces passes"),
        new(ReasonCode.ForeignOrder, "FOREIGN_ORDER", Router, 403, "the order was not placed by this deployment"),
        new(ReasonCode.OrderNotFound, "ORDER_NOT_FOUND", Router, 404, "no such intent or order"),
        new(ReasonCode.NothingAlive, "NOTHING_ALIVE", Router, 409, "the intent has ended and nothing of it is alive"),
        new(ReasonCode.AmbiguousOrder, "AMBIGUOUS_ORDER", Router, 400, "order_id needs market and symbol"),
        new(ReasonCode.NotInReview, "NOT_IN_REVIEW", Router, 409, "no placement of the intent waits for an operator's word: none needs review, or the last one has just been found or settled"),
        new(ReasonCode.RuledAbsent, "RULED_ABSENT", Router, 409, "an operator found that the placement never came to be, and the intent had been asked to end: nothing more is sent"),
        new(ReasonCode.InsufficientBalance, "INSUFFICIENT_BALANCE", Venue, 200, "the account holds too little"),
        new(ReasonCode.InsufficientMargin, "INSUFFICIENT_MARGIN", Venue, 200, "the futures account has too little margin"),
        new(ReasonCode.WouldTake, "WOULD_TAKE", Venue, 200, "a post-only order would have taken"),
        new(ReasonCode.FokNotFilled, "FOK_NOT_FILLED", Venue, 200, "fill-or-kill could not fill"),
        new(ReasonCode.ReduceOnlyRejected, "REDUCE_ONLY_REJECTED", Venue, 200, "the venue refused a reduce-only order: the position is flat already, or on the other side"),
        new(ReasonCode.ReduceOnlyLocked, "REDUCE_ONLY_LOCKED", Venue, 200, "the account's other reduce-only orders promise all of the position already"),
        new(ReasonCode.VenueFilter, "VENUE_FILTER", Venue, 200, "a filter of the venue refused the order"),
        new(ReasonCode.VenueTooManyOrders, "VENUE_TOO_MANY_ORDERS", Venue, 200, "the venue's limit on open orders is reached"),
        new(ReasonCode.VenueKey, "VENUE_KEY", Venue, 200, "the venue refused the API key or its permissions"),
        new(ReasonCode.VenueRejected, "VENUE_REJECTED", Venue, 200, "refused by the venue for another reason; the message quotes it"),
        new(ReasonCode.WouldTrigger, "WOULD_TRIGGER", Venue, 200, "a stop or take-profit would have triggered at once: the price is past it"),
        new(ReasonCode.QtyRounded, "QTY_ROUNDED", Remark, 200, "the quantity was rounded down to the lot grid; qty_requested is what was asked"),
        new(ReasonCode.RemainderTooSmall, "REMAINDER_TOO_SMALL", Remark, 200, "what was left is too small for the venue to take; filled_qty is what was done"),
        new(ReasonCode.LiquidityLimited, "LIQUIDITY_LIMITED", Remark, 200, "the book bore no more of it within S4_MAX_SLIPPAGE_BPS and S4_MAX_SPREAD_BPS; filled_qty is what was done"),
        new(ReasonCode.ReplacedHasFilled, "REPLACED_HAS_FILLED", Remark, 200, "the replaced intent has filled what this one was to do; nothing was sent"),
        new(ReasonCode.PositionClosed, "POSITION_CLOSED", Remark, 200, "somebody else has closed the position; what protected it has been canceled"),
        new(ReasonCode.NeedsReview, "NEEDS_REVIEW", Remark, 200, "a placement could be neither found nor proven absent for 15 minutes; an operator has to look. Goes when the venue tells more"),
    ];

    static readonly FrozenDictionary<ReasonCode, ReasonEntry> ByReason = Table.ToFrozenDictionary(entry => entry.Reason);

    public static ReasonEntry Of(ReasonCode reason) => ByReason[reason];
    public static string Text(this ReasonCode reason) => ByReason[reason].Code;
}

/// <summary>Why S4 says no, with a sentence that names the field, its value and what is allowed.</summary>
public sealed record Denial(ReasonCode Reason, string Message);
