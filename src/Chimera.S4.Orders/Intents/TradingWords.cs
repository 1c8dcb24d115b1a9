namespace Chimera.S4.Orders;

// Each enum is stored and sent by name. Unknown (zero) stands for a word that intake did not understand and appears only in a denied intent.

/// <summary>Binance spot, or USDⓈ-M futures. Wire: <c>SPOT</c>, <c>FUT</c>.</summary>
public enum Market { Unknown, Spot, Fut }

/// <summary>Wire: <c>BUY</c>, <c>SELL</c>.</summary>
public enum Side { Unknown, Buy, Sell }

/// <summary>Wire: <c>MARKET</c>, <c>LIMIT</c>, <c>LIMIT_MAKER</c> (post-only; futures GTX), <c>STOP</c>, <c>TAKE_PROFIT</c>.</summary>
public enum OrderType { Unknown, Market, Limit, LimitMaker, Stop, TakeProfit }

/// <summary>Wire: <c>GTC</c>, <c>IOC</c>, <c>FOK</c>.</summary>
public enum TimeInForce { Unknown, Gtc, Ioc, Fok }

/// <summary>Who said no: S4 itself (a denial) or the exchange (a rejection). Wire: <c>ROUTER</c>, <c>VENUE</c>.</summary>
public enum RejectedBy { Router, Venue }
