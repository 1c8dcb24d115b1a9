using Venue = Chimera.S4.Orders.Market;

namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The matching engine: which orders it takes, what fills, and what waits for a price (reference binance §1.4, §2.3). An order of a list ends, or sets off, the others of it.</summary>
sealed partial class VirtualBook(World world)
{
    readonly List<VirtualOrder> orders = [];
    int numbers;

    public IReadOnlyList<VirtualOrder> Orders => orders;
    VirtualMarket Market => world.Market;
    VirtualAccount Account => world.Account;

    public VirtualOrder Accept(PlaceEffect place, bool fillsAndIsForgotten = false)
    {
        var order = Add(place, null, fillsAndIsForgotten);
        if (fillsAndIsForgotten && order.IsWaiting) order.Trigger($"v{++numbers}");
        if (place.Type is OrderType.Market || fillsAndIsForgotten || place.Type is OrderType.Limit && IsMarketable(place)) Take(order);
        // A stop that waits on futures has no reason to.
        else if ((place.Market is Venue.Spot || place.TriggerPx is null) && world.Roll(0.1)) Lapses(order);
        return order;
    }

    public IReadOnlyList<VirtualOrder> Accept(PlaceListEffect list)
    {
        VirtualOrder[] entry = list.Entry is { } first ? [Add(Of(list, first), list.ClientOrderId)] : [];
        var exits = new[] { list.Above, list.Below }.Select(exit => Add(Of(list, exit), list.ClientOrderId, isPending: list.Entry is not null)).ToArray();
        if (entry is [var buys] && IsMarketable(buys.Placed)) Take(buys);
        else if (world.Roll(0.1)) Lapses(entry is [var waits] ? waits : exits[0]);
        return [.. entry, .. exits];
    }

    /// <summary>Takes effect, whoever has sent it.</summary>
    public VirtualOrder Add(PlaceEffect place, string? list, bool isForgotten = false, bool isPending = false)
    {
        var lag = world.Roll(world.Faults.Lag) ? world.Random.NextDouble() * VirtualExchange.LongestLag : 0;
        var order = new VirtualOrder(place, $"v{++numbers}", world.Now + lag) { List = list, IsPending = isPending, IsForgotten = isForgotten };
        world.Tell?.Invoke($"exchange: v{numbers} takes effect for {place.ClientOrderId}: {place.Side} {place.Type} {place.Qty} {place.Price} {place.TriggerPx}, visible in {lag:0.#} s");
        orders.Add(order);
        Move(order, VenueStatus.New);
        return order;
    }

    /// <summary>An order ends without a fill, and its list with it.</summary>
    public void End(VirtualOrder order, VenueStatus how)
    {
        if (!order.IsOpen) return;
        Move(order, how);
        foreach (var other in Others(order)) Move(other, how);
    }

    public void PriceMoved()
    {
        foreach (var order in orders.Where(order => order.IsActive).ToArray())
        {
            // One that was active at this price may have been ended by another.
            if (!order.IsActive) continue;
            if (order.IsWaiting) { if (IsReached(order.Placed)) Trigger(order); }
            else if (order.Placed.Price is { } limit) Rest(order, limit);
            else if (order.Placed.Type is not OrderType.Market) Take(order);                        // set off, and not filled yet
        }
    }

    void Rest(VirtualOrder order, Price limit)
    {
        var (buys, random) = (order.Placed.Side is Side.Buy, world.Random);
        if (buys ? limit.Value >= Market.Ask : limit.Value <= Market.Bid) Fill(order, random.Chance(0.6) ? order.Left : Part(order));
        else if ((buys ? limit.Value >= Market.Bid : limit.Value <= Market.Ask) && random.Chance(0.25)) Fill(order, random.Chance(0.3) ? order.Left : Part(order));
    }

    void Trigger(VirtualOrder order)
    {
        order.Trigger($"v{++numbers}");
        world.Count("triggered");
        foreach (var other in Others(order)) Move(other, VenueStatus.Expired);
        // Its fill may come a moment after: what it was is not open any more, and what it is has done nothing.
        if (order.Placed.Price is null && world.Random.Chance(0.7)) Take(order);
    }

    // At market, in up to three trades. A book that runs dry leaves the rest.
    void Take(VirtualOrder order)
    {
        for (var more = world.Random.Next(3); more > 0; more--) Fill(order, Part(order));
        if (order.Placed.Type is OrderType.Market && world.Roll(0.05)) End(order, VenueStatus.Expired);
        else Fill(order, order.Left);
    }

    void Fill(VirtualOrder order, decimal qty)
    {
        if (!order.IsActive) return;
        var place = order.Placed;
        var (isCut, most) = (place is { Market: Venue.Fut, ReduceOnly: true }, Account.Reducible(place.Side));
        if (isCut && qty > most) qty = most;
        if (isCut && most == 0) End(order, VenueStatus.Expired);
        if (qty <= 0 || !order.IsOpen) return;
        var fee = world.FeeAsset == Sample.Instrument.BaseAsset && place is { Market: Venue.Spot, Side: Side.Buy } ? qty * 0.001m : 0;
        Account.Book(order, qty, fee);
        var trade = new Trade($"t{++numbers}", new(qty), place.Price ?? new(Market.Takes(place.Side)), place.Side is Side.Buy ? fee : 0.01m, world.FeeAsset, place.Type is OrderType.LimitMaker, world.VenueClock);
        // Reduce-only: cut down to the position, and filled with it.
        Move(order, qty == order.Left || isCut && qty == most ? VenueStatus.Filled : VenueStatus.PartiallyFilled, trade);
        AfterFill(order);
    }

    void AfterFill(VirtualOrder order)
    {
        if (order.List is null) return;
        var exits = Others(order).ToArray();
        // The first trade of one exit ends the other; the last of the entry sets both off.
        if (order.Placed.Side is Side.Sell) foreach (var other in exits) Move(other, VenueStatus.Expired);
        else if (order.State.Status is VenueStatus.Filled) Activate(exits);
    }

    void Activate(VirtualOrder[] exits)
    {
        var fails = world.Roll(0.1) || exits.Any(exit => exit.Placed.TriggerPx is null ? IsMarketable(exit.Placed) : IsReached(exit.Placed)) || exits[0].Placed.Qty.Value > Account.Free;
        if (fails) world.Count("exits not activated");
        var how = world.Random.Pick(VenueStatus.Expired, VenueStatus.Rejected);
        foreach (var exit in exits)
        {
            exit.IsPending = false;
            Move(exit, fails ? how : VenueStatus.New);
        }
    }

    void Lapses(VirtualOrder order) => world.Agenda.In(world.Random.NextDouble() * 5, () => End(order, VenueStatus.Expired));

    IEnumerable<VirtualOrder> Others(VirtualOrder order) => order.List is null ? [] : orders.Where(other => other != order && other.List == order.List && other.IsOpen).ToArray();

    decimal Part(VirtualOrder order) => world.InstrumentOf(order.Placed.Market).Lots.Floor(new(order.Left * (decimal)world.Random.NextDouble())).Value;

    void Move(VirtualOrder order, VenueStatus status, Trade? trade = null)
    {
        order.Move(world.Now, status, trade);
        if (world.Tell is not null) world.Tell($"exchange: {order.State.VenueOrderId} of {order.ClientOrderId[^4..]} {status} {order.State.CumQty} at {Market.Mid}");
        world.Changed(order);
        // The stream carries the one trade that it tells of.
        var told = order.State with { Trades = trade is null ? [] : [trade] };
        foreach (var replica in world.Replicas) replica.Stream.Hear(order.ClientOrderId, told);
    }

    static PlaceEffect Of(PlaceListEffect list, ListEntry entry) =>
        new(list.Seq, list.Market, list.Symbol, entry.ClientOrderId) { Side = entry.Side, Type = entry.Type, Qty = entry.Qty, Price = entry.Price };

    static PlaceEffect Of(PlaceListEffect list, ListExit exit) =>
        new(list.Seq, list.Market, list.Symbol, exit.ClientOrderId) { Side = list.Side, Type = exit.Type, Qty = list.Qty, Price = exit.Price, TriggerPx = exit.TriggerPx };
}
