namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>The kinds of intents that a story may be about, with their figures drawn.</summary>
sealed class Kinds(World world)
{
    static readonly IReadOnlyList<string> All =
        ["market", "limit", "maker", "stop", "take-profit", "maker then taker", "twap", "twap", "protected", "protected", "oco", "oco", "oco at limit", "oco at limit", "oco held", "guard", "guard"];

    Random Random => world.Random;
    decimal Mid => world.Market.Mid;

    public Intent Draw(Intent plain)
    {
        var market = Random.Pick(Market.Spot, Market.Fut);
        var taker = plain with { Type = OrderType.Market, Price = null, TimeInForce = null, Qty = Qty(), Market = market, Side = market is Market.Fut ? world.FuturesSide : Side.Buy };
        var spot = taker with { Market = Market.Spot, Side = Side.Buy };
        var kind = Random.Pick(All);
        world.Count($"kind: {kind}");
        return kind switch
        {
            "limit" => AtLimit(taker),
            "maker" => AtLimit(taker, OrderType.LimitMaker),
            "stop" => Waiting(taker, OrderType.Stop),
            "take-profit" => Waiting(taker, OrderType.TakeProfit),
            "maker then taker" => taker with { Maker = Maker() },
            "twap" => Sliced(taker),
            "protected" => Protected(taker with { Market = Market.Fut, Side = world.FuturesSide }),
            "oco" => spot with { Oco = Oco(), Maker = Random.Chance(0.4) ? Maker() : null },
            "oco at limit" => AtLimit(spot, Random.Pick(OrderType.Limit, OrderType.LimitMaker)) with { Oco = Oco() },
            "oco held" => spot with { Oco = Oco(), Side = Side.Sell, ReduceOnly = true },
            "guard" => AtLimit(spot, Random.Pick(OrderType.Limit, OrderType.LimitMaker)) with { Guard = new GuardTerms(Near(-Away()), Random.Chance(0.3)) },
            _ => taker,
        };
    }

    /// <summary>What <see cref="Moved"/> may be about.</summary>
    public static bool IsMovable(Intent intent) => intent.Type is OrderType.Limit or OrderType.LimitMaker or OrderType.Stop or OrderType.TakeProfit && intent is { Oco: null, Guard: null, Protection: null };

    /// <summary>The same, somewhere else.</summary>
    public Intent Moved(Intent old, Intent plain)
    {
        world.Count($"kind: {(old.TriggerPx is null ? "repriced" : $"moved on {old.Market}")}");
        var moved = plain with { Replaces = old.IntentId, Market = old.Market, Side = old.Side, ReduceOnly = old.ReduceOnly, Qty = Random.Chance(0.7) ? old.Qty : Qty(), Price = null, TimeInForce = null };
        return old.TriggerPx is null ? AtLimit(moved, old.Type) : Waiting(moved, old.Type, old.Side);
    }

    // Also off the grid.
    Quantity Qty() => new(Random.Next(20, 3_000) / 1_000m + (Random.Chance(0.2) ? 0.0004m : 0));

    Intent AtLimit(Intent intent, OrderType type = OrderType.Limit)
    {
        var behind = Random.Next(-5, 60) * (intent.Side is Side.Buy ? -1 : 1);
        return intent with { Type = type, Price = Near(behind), TimeInForce = type is OrderType.Limit ? TimeInForce.Gtc : null };
    }

    Intent Waiting(Intent intent, OrderType type) => Waiting(intent, type, intent.Side is Side.Buy ? Side.Sell : Side.Buy);

    Intent Waiting(Intent intent, OrderType type, Side side)
    {
        return intent with { Type = type, Side = side, ReduceOnly = true, TriggerPx = Near((type is OrderType.Stop == side is Side.Sell ? -1 : 1) * Away()) };
    }

    MakerTerms Maker() => new(TimeSpan.FromMilliseconds(Random.Next(200, 3_000)), Random.Pick<decimal?>(null, 0, 0.5m));

    Intent Sliced(Intent intent)
    {
        var gap = TimeSpan.FromMilliseconds(Random.Next(500, 5_000));
        var terms = new TwapTerms(Random.Next(1, 7), null, gap, gap * Random.NextDouble() * 0.5, Random.Pick(SliceWeights.Equal, SliceWeights.Sqrt));
        return intent with { Twap = terms, Maker = Random.Chance(0.5) ? Maker() : null };
    }

    Intent Protected(Intent intent)
    {
        var (up, stop) = (intent.Side is Side.Buy ? 1 : -1, Random.Chance(0.85));
        var levels = Random.Next(stop ? 0 : 1, 3);
        var (first, second) = (new TakeProfitLevel(Near(up * Away()), levels == 2 ? new Quantity(0.01m) : null), new TakeProfitLevel(Near(up * (Away() + 50)), null));
        var entered = Random.Next(4) switch { 0 => AtLimit(intent), 1 => intent with { Maker = Maker() }, 2 => Sliced(intent), _ => intent };
        return entered with { Protection = new ProtectionTerms(stop ? Near(-up * Away()) : null, levels switch { 0 => [], 1 => [first], _ => [first, second] }) };
    }

    OcoTerms Oco()
    {
        var stop = Near(-Away());
        return new(Near(Away()), stop, Random.Chance(0.2) ? new Price(stop.Value - 20) : null, Random.Pick(OnLegFailure.Guard, OnLegFailure.Guard, OnLegFailure.Market));
    }

    int Away() => Random.Next(5, 300);
    Price Near(decimal by) => new(Mid + by);
}
