using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>The symbol filters (reference §1.7), each refused by its own name.</summary>
internal static class SpotFilters
{
    public static void Check(Order order, Market market)
    {
        var instrument = market.Instrument;
        if (order.Type is not OrderType.Market)
        {
            Require("PRICE_FILTER", Between(order.Price, instrument.MinPrice, instrument.MaxPrice) && OnGrid(order.Price, instrument.TickSize));
            Require("PERCENT_PRICE_BY_SIDE", Between(order.Price, market.LastPrice * instrument.MultiplierDown, market.LastPrice * instrument.MultiplierUp));
        }
        Require("LOT_SIZE", Between(order.OrigQty, instrument.MinQty, instrument.MaxQty) && OnGrid(order.OrigQty, instrument.StepSize));
        if (order.Type is OrderType.Market) Require("MARKET_LOT_SIZE", Between(order.OrigQty, 0, instrument.MarketMaxQty));
        // A MARKET order is valued at the last price; Binance takes an average over avgPriceMins.
        var notional = order.OrigQty * (order.Type is OrderType.Market ? market.LastPrice : order.Price);
        Require("NOTIONAL", notional >= instrument.MinNotional);
        if (order.Type is not OrderType.Market) Require("NOTIONAL", instrument.MaxNotional == 0 || notional <= instrument.MaxNotional);
        Require("MAX_NUM_ORDERS", market.Book.Bids.Orders.Count + market.Book.Asks.Orders.Count < instrument.MaxNumOrders);
    }

    private static bool Between(decimal value, decimal min, decimal max) => (min == 0 || value >= min) && (max == 0 || value <= max);
    private static bool OnGrid(decimal value, decimal grid) => grid == 0 || value % grid == 0;

    private static void Require(string filter, bool holds)
    {
        if (!holds) throw VenueError.Filter(filter);
    }
}
