namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>Themes E, F and L of the field notes, by the exchange's own orders: what is sold, and what may be, against what was bought; and where nothing but the market moves, that what is held has its stop in time.</summary>
static class ExitChecks
{
    public static string? Violation(World world, Intent intent, OwnOrders orders, Order? document) => intent switch
    {
        { Oco: not null } or { Guard: not null } => Spot(world, intent, orders, document),
        { Protection: not null } => Futures(world, intent, orders, document),
        _ => null,
    };

    static string? Spot(World world, Intent intent, OwnOrders orders, Order? document)
    {
        var lots = world.InstrumentOf(Market.Spot).Lots;
        var sells = orders.All.Where(order => order.Placed.Side is Side.Sell).ToArray();
        var (bought, sold) = (orders.All.Where(order => order.Placed.Side is Side.Buy).Sum(order => order.Cum - order.Fees), sells.Sum(order => order.Cum));
        var isReversed = intent.Guard is { Reverse: true } && bought == 0;
        var had = intent.ReduceOnly || isReversed ? world.InstrumentOf(Market.Spot).LotsFor(intent.Type).Floor(intent.Qty).Value : bought;
        if (sold > had) return $" sold {DecimalJson.Format(sold)} of {DecimalJson.Format(had)}";
        // Of a list only one exit can sell. Any other two would be working on the same quantity.
        var selling = sells.Where(order => order.IsActive).GroupBy(order => order.List ?? order.ClientOrderId).Sum(one => one.Max(order => order.Left));
        if (sold + selling > had) return $" sells {DecimalJson.Format(selling)} of {DecimalJson.Format(had - sold)} that is held";
        if (sells.Where(order => order.List is not null).GroupBy(order => order.List).Any(list => list.Count(order => order.Cum > 0) > 1)) return " sold by both exits of a list";
        return isReversed ? null : SpotHeld(world, intent, orders, document, lots.Floor(new(had - sold)).Value);
    }

    static string? SpotHeld(World world, Intent intent, OwnOrders orders, Order? document, decimal held)
    {
        if (!IsSettled(world, orders, document) || document is not { } order || intent.ReduceOnly && order.CancelAsked) return null;
        // Without S4_OCO_GUARDIAN nobody watches what an entry has brought before the exchange sets off its exits, which it does when all is bought.
        if (!order.IsGuarded && orders.Entries(intent).Any(entry => entry.IsOpen)) return null;
        var lowest = (intent.Oco?.SlLimitPx ?? intent.Oco?.SlPx ?? intent.Guard!.SlPx).Value;
        if (held * lowest < world.InstrumentOf(Market.Spot).MinNotional || SpotHolding.LegOf(order) is not { Ended: null, Why: null }) return null;
        var stands = orders.All.Exists(exit => exit.IsActive && exit.Placed is { Side: Side.Sell, Type: OrderType.Stop }) || order.Watch is { IsArmed: true, SlPx: not null };
        var isLeaving = order.Watch is { ReachedAt: { } at } && world.Now < World.Seconds(at) + Checks.Reaction;
        // What it should sell another intent of the account had sold: it tries again after a pause.
        var isRobbed = world.Account.Free < held || order.VenueOrders.Any(exit => exit.Reason is ReasonCode.InsufficientBalance);
        if (!stands && !isLeaving && !isRobbed) return $" holds {DecimalJson.Format(held)}, and neither the exchange nor S4 has its stop";
        world.Count("held with its stop");
        return null;
    }

    static string? Futures(World world, Intent intent, OwnOrders orders, Order? document)
    {
        var (entered, exits) = (orders.Entered(intent), orders.Exits(intent).ToArray());
        foreach (var exit in exits)
        {
            if (!exit.Placed.ReduceOnly) return $" has an exit {exit.Placed.Type} that could open a position";
            // What is entered only grows, so this is held at the instant of the placement as well.
            if (exit.Placed.Qty.Value > entered) return $" protects {exit.Placed.Qty} of {DecimalJson.Format(entered)} entered";
        }
        // The position is one for all intents: only of a single one can it be told what is its own.
        if (!IsSettled(world, orders, document) || world.Intents.Count(other => other.Market is Market.Fut) > 1 || exits.Any(exit => exit.IsOpen && !exit.IsWaiting)) return null;
        var held = entered - exits.Sum(exit => exit.Cum);
        // Two exits that one jump set off while one was to replace the other: told, and nothing is held any more.
        if (held < 0) return document!.Timeline.Any(note => note.What == Protection.OverExited) ? null : $" sold {DecimalJson.Format(-held)} more than it had entered, and does not say so";
        // Somebody else may have closed what there was: what has come since is its own.
        var since = world.Account.FlatSince;
        held = orders.Entries(intent).Sum(order => order.CumSince(since)) - exits.Sum(exit => exit.CumSince(since));
        if (held == 0 && entered > 0 && exits.Any(exit => exit.IsOpen)) return " is flat, and exits rest";
        if (document!.Legs.FirstOrDefault(leg => leg is { Purpose: LegPurpose.Exit, Type: OrderType.Stop }) is not { Ended: null, Why: null }) return null;
        var (stops, wanted) = (exits.Where(exit => exit.IsOpen && exit.Placed.Type is OrderType.Stop).Sum(exit => exit.Left), world.InstrumentOf(Market.Fut).LotsFor(OrderType.Market).Floor(new(held)).Value);
        // The exchange takes no stop that is larger than the position, and S4 does not know how much of it somebody has closed: it tries, and says so in the end (decision 15).
        if (stops == 0 && world.Account.Position < wanted && world.Exchange.HasLockedOut(document.Id))
        {
            world.Count("locked out by a close by hand");
            return null;
        }
        if (stops != wanted) return $" holds {DecimalJson.Format(held)}, and stops for {DecimalJson.Format(stops)} stand";
        world.Count("protected as large as it is");
        return null;
    }

    // Nothing stands in the way, and nothing has changed at the exchange for as long as S4 may take to follow.
    static bool IsSettled(World world, OwnOrders orders, Order? document) =>
        document is { ExitsCanceled: false, IsDenied: false } && world.Faults.IsCalm && world.Now > Math.Max(orders.ChangedAt, World.Seconds(document.CreatedAt)) + Checks.Reaction && !(world.Account.FlatSince > world.Now - 2 * Checks.Reaction);
}
