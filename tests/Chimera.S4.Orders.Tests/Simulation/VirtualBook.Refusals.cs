using Venue = Chimera.S4.Orders.Market;

namespace Chimera.S4.Orders.Tests.Simulation;

/// <summary>What the exchange does not take, and why.</summary>
sealed partial class VirtualBook
{
    /// <summary>A child that lies off the grid, or is smaller than the exchange takes at any price near: no market excuses it. Null: there was none.</summary>
    public string? OffGrid { get; private set; }

    /// <summary>Null: it is taken.</summary>
    public ReasonCode? Refuses(PlaceEffect place)
    {
        if (BreaksFilter(place)) return ReasonCode.VenueFilter;
        if (place is { Market: Venue.Spot, Side: Side.Sell } && place.Qty.Value > Account.Free) return ReasonCode.InsufficientBalance;
        if (place is { Market: Venue.Fut, ReduceOnly: true, TriggerPx: null } && IsLocked(place)) return ReasonCode.ReduceOnlyRejected;
        if (place.TriggerPx is not null && IsReached(place)) return ReasonCode.WouldTrigger;
        if (place is { Market: Venue.Fut, ReduceOnly: true, TriggerPx: not null } && Account.Promised(place.Side, place.Type) + place.Qty.Value > Account.Reducible(place.Side)) return ReasonCode.ReduceOnlyLocked;
        return place.Type is OrderType.LimitMaker && IsMarketable(place) ? ReasonCode.WouldTake : null;
    }

    /// <summary>A list is taken as a whole or not at all; of one with an entry the exits are looked at when they are set off.</summary>
    public ReasonCode? Refuses(PlaceListEffect list)
    {
        PlaceEffect above = Of(list, list.Above), below = Of(list, list.Below);
        if (BreaksFilter(above) || BreaksFilter(below)) return ReasonCode.VenueFilter;
        if (list.Entry is { } entry) return Refuses(Of(list, entry));
        if (IsMarketable(above) || IsReached(below)) return ReasonCode.VenueRejected;
        return list.Qty.Value > Account.Free ? ReasonCode.InsufficientBalance : null;
    }

    bool BreaksFilter(PlaceEffect place)
    {
        var instrument = world.InstrumentOf(place.Market);
        var lots = instrument.LotsFor(place.Type);
        var isOnGrid = place.Qty.Value > 0 && place.Qty.Value % lots.StepSize == 0 && place.Qty.Value >= lots.MinQty && (lots.MaxQty == 0 || place.Qty.Value <= lots.MaxQty)
            && (place.Price?.Value ?? 0) % instrument.Prices.TickSize == 0;
        var notional = place.Qty.Value * (place.Price ?? place.TriggerPx ?? new(Market.Mid)).Value;
        var isExempt = place is { Market: Venue.Fut, ReduceOnly: true };
        // A market order may have been large enough when it was decided; the price has not moved by a fifth since.
        if (!isOnGrid || !isExempt && notional < instrument.MinNotional * 0.8m) OffGrid ??= $"{place.ClientOrderId[^4..]}: {place.Type} {place.Qty} at {place.Price} is off the grid or too small";
        return !isOnGrid || !isExempt && notional < instrument.MinNotional;
    }

    // Nothing to reduce (-2022); or resting reduce-only orders have spoken for all of it (-4118).
    bool IsLocked(PlaceEffect place)
    {
        var (position, spoken) = (Account.Reducible(place.Side), Account.Spoken(place.Side));
        return position == 0 || spoken > 0 && spoken + place.Qty.Value > position;
    }

    bool IsReached(PlaceEffect place) => place.TriggerPx is { } trigger
        && (place.Type is OrderType.Stop == place.Side is Side.Buy ? Market.Mid >= trigger.Value : Market.Mid <= trigger.Value);

    bool IsMarketable(PlaceEffect place) => place.Price is { } limit && (place.Side is Side.Buy ? limit.Value >= Market.Ask : limit.Value <= Market.Bid);
}
