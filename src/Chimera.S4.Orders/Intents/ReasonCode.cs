namespace Chimera.S4.Orders;

/// <summary>Every code that S4 answers with. Stable: a member is never renamed or given another meaning. <see cref="ReasonCodes"/> holds what each means.</summary>
public enum ReasonCode
{
    IntentIdInvalid, MalformedField, UnknownField, UnknownWord, FieldRequired, FieldNotAllowed, UnknownSymbol,
    QtyBelowStep, PriceOffTick,
    QtyBelowMin, QtyAboveMax, PriceOutOfRange, BelowMinNotional, AboveMaxNotional, ReduceOnlyWouldOpen,
    PolicyNotSupported, SymbolNotAllowed, SymbolNotTrading, IntentExpired, PriceOutsideBand, PolicyConflict, PolicyOutOfRange, TriggerOnWrongSide,
    IntentIdReused, KillSwitch, BreakerOpen, OrderQtyLimit, OrderNotionalLimit, PriceCollar, OrderRateLimit, NoMarketData, NoInstrumentData, MarginSetupConflict,
    ForeignOrder, OrderNotFound, NothingAlive, AmbiguousOrder, NotInReview, RuledAbsent,
    InsufficientBalance, InsufficientMargin, WouldTake, FokNotFilled, ReduceOnlyRejected, ReduceOnlyLocked, VenueFilter, VenueTooManyOrders, VenueKey, VenueRejected, WouldTrigger,
    QtyRounded, RemainderTooSmall, LiquidityLimited, ReplacedHasFilled, PositionClosed, NeedsReview,
}
