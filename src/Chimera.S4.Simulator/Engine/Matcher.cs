namespace Chimera.S4.Simulator.Engine;

/// <summary>The account's side of a match: what may fill, and what has.</summary>
internal interface IMatchParticipant
{
    /// <summary>How much of a fill the order may take: less than asked, or nothing, for a reduce-only order whose position has shrunk.</summary>
    decimal Fillable(Order order, decimal qty);

    void Fill(Order order, decimal price, decimal qty, bool maker, long tradeId);

    void Close(Order order, OrderStatus status, ExpiryReason reason);

    /// <summary>Takes quantity out of an order that would have traded with another of the same account.</summary>
    void Prevent(Order order, decimal qty);
}

/// <summary>Price-time priority between the account's orders and the synthetic levels.</summary>
internal static class Matcher
{
    public static void Take(Market market, Order taker, IMatchParticipant participant, long now)
    {
        var side = market.Book.Against(taker.Side);
        while (taker.IsOpen && taker.LeavesQty > 0 && !side.IsEmpty && taker.Crosses(side.BestPrice))
        {
            var maker = side.FirstOrder();
            if (maker is not null && taker.SelfTrade is not SelfTrade.None)
            {
                PreventSelfTrade(taker, maker, participant);
                continue;
            }
            var qty = participant.Fillable(taker, Math.Min(taker.LeavesQty, maker?.LeavesQty ?? side.Levels[0].Qty));
            if (qty == 0)
            {
                participant.Close(taker, OrderStatus.Expired, ExpiryReason.ReduceOnly);
                return;
            }
            var price = maker?.Price ?? side.Levels[0].Price;
            if (maker is null) side.TakeFromBestLevel(qty);
            else if ((qty = participant.Fillable(maker, qty)) == 0)
            {
                participant.Close(maker, OrderStatus.Expired, ExpiryReason.ReduceOnly);
                continue;
            }
            var tradeId = market.Print(price, qty, taker.Side, now);
            participant.Fill(taker, price, qty, maker: false, tradeId);
            if (maker is { IsOpen: true }) participant.Fill(maker, price, qty, maker: true, tradeId);
        }
    }

    private static void PreventSelfTrade(Order taker, Order maker, IMatchParticipant participant)
    {
        var common = Math.Min(taker.LeavesQty, maker.LeavesQty);
        var (fromTaker, fromMaker) = taker.SelfTrade switch
        {
            SelfTrade.ExpireTaker => (taker.LeavesQty, 0m),
            SelfTrade.ExpireMaker => (0m, maker.LeavesQty),
            SelfTrade.ExpireBoth => (taker.LeavesQty, maker.LeavesQty),
            // TRANSFER between one account's own orders moves nothing: it is a DECREMENT.
            _ => (common, common),
        };
        if (fromMaker > 0) participant.Prevent(maker, fromMaker);
        if (fromTaker > 0) participant.Prevent(taker, fromTaker);
    }

    /// <summary>Somebody else's order of that side, price and quantity meets the account's resting orders only. Returns what is left of it.</summary>
    public static decimal SweepOrders(Market market, Side aggressor, decimal limit, decimal qty, IMatchParticipant participant, long now)
    {
        var side = market.Book.Against(aggressor);
        while (qty > 0 && side.Orders.Count > 0 && !side.IsBetter(limit, side.Orders[0].Price))
            qty -= Hit(market, side.Orders[0], aggressor, qty, participant, now);
        return qty;
    }

    /// <summary>Somebody else's order of that side, price and quantity takes whatever comes first. Returns what is left of it.</summary>
    public static decimal Sweep(Market market, Side aggressor, decimal limit, decimal qty, IMatchParticipant participant, long now)
    {
        var side = market.Book.Against(aggressor);
        while (qty > 0 && !side.IsEmpty && !side.IsBetter(limit, side.BestPrice))
        {
            if (side.FirstOrder() is { } order)
            {
                qty -= Hit(market, order, aggressor, qty, participant, now);
                continue;
            }
            var level = side.Levels[0];
            var taken = Math.Min(level.Qty, qty);
            market.Print(level.Price, taken, aggressor, now);
            side.TakeFromBestLevel(taken);
            qty -= taken;
        }
        return qty;
    }

    private static decimal Hit(Market market, Order order, Side aggressor, decimal qty, IMatchParticipant participant, long now)
    {
        var filled = participant.Fillable(order, Math.Min(qty, order.LeavesQty));
        if (filled == 0)
        {
            participant.Close(order, OrderStatus.Expired, ExpiryReason.ReduceOnly);
            return 0;
        }
        participant.Fill(order, order.Price, filled, maker: true, market.Print(order.Price, filled, aggressor, now));
        return filled;
    }
}
