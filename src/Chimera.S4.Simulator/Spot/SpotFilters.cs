using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>The symbol filters (reference §1.7), each refused by its own name.</summary>
internal static class SpotFilters
{
    public const int MaxConditional = 5, MaxLists = 20, MaxAmendments = 10;

    /// <param name="order">The order to check.</param>
    /// <param name="market">Its market.</param>
    /// <param name="counted">False where the order is counted already, or together with others.</param>
    public static void Check(Order order, Market market, bool counted = true)
    {
        var instrument = market.Instrument;
        if (order.StopPrice > 0) CheckPrice(order.StopPrice, market);
        if (!order.IsMarket)
        {
            CheckPrice(order.Price, market);
            Require("PERCENT_PRICE_BY_SIDE", Between(order.Price, market.LastPrice * instrument.MultiplierDown, market.LastPrice * instrument.MultiplierUp));
        }
        // A pending order of an OPO has no quantity yet.
        if (order.OrigQty > 0) CheckQuantity(order.OrigQty, order, market);
        if (counted) CheckRoom(market, [order]);
    }

    public static void CheckQuantity(decimal quantity, Order order, Market market)
    {
        var instrument = market.Instrument;
        Require("LOT_SIZE", Between(quantity, instrument.MinQty, instrument.MaxQty) && OnGrid(quantity, instrument.StepSize));
        if (order.IsMarket) Require("MARKET_LOT_SIZE", Between(quantity, 0, instrument.MarketMaxQty));
        // A MARKET order is valued at the last price; Binance takes an average over avgPriceMins.
        var notional = quantity * (order.IsMarket ? market.LastPrice : order.Price);
        Require("NOTIONAL", notional >= instrument.MinNotional);
        if (!order.IsMarket) Require("NOTIONAL", instrument.MaxNotional == 0 || notional <= instrument.MaxNotional);
    }

    /// <summary>Whether so many more may be open.</summary>
    public static void CheckRoom(Market market, Order[] orders, int? lists = null)
    {
        var open = market.OpenOrders.ToArray();
        Require("MAX_NUM_ORDERS", open.Length + orders.Length <= market.Instrument.MaxNumOrders);
        var conditional = orders.Count(o => o.Type.IsConditional());
        Require("MAX_NUM_ALGO_ORDERS", conditional == 0 || open.Count(o => o.Type.IsConditional() && o.IsWaiting) + conditional <= MaxConditional);
        Require("MAX_NUM_ORDER_LISTS", lists is not >= MaxLists);
    }

    private static void CheckPrice(decimal price, Market market) =>
        Require("PRICE_FILTER", Between(price, market.Instrument.MinPrice, market.Instrument.MaxPrice) && OnGrid(price, market.Instrument.TickSize));

    private static bool Between(decimal value, decimal min, decimal max) => (min == 0 || value >= min) && (max == 0 || value <= max);
    private static bool OnGrid(decimal value, decimal grid) => grid == 0 || value % grid == 0;

    private static void Require(string filter, bool holds)
    {
        if (!holds) throw VenueError.Filter(filter);
    }
}
