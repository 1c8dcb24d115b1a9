namespace Chimera.S4.Orders;

/// <summary>The prices at which a spot quantity is left: of an OCO both, of a guarded stop the lower.</summary>
/// <param name="AtMarket">Where the venue does not take both exits, it is sold at market; false: S4 guards it.</param>
sealed record SpotExitTerms(Price SlPx, Price? SlLimitPx, Price? TpPx, bool AtMarket)
{
    /// <summary>What the venue may keep of a purchase, in the asset that is bought: the highest fee of its ordinary accounts.</summary>
    const decimal HighestFee = 0.001m;

    /// <summary>Null: the intent has no such exits.</summary>
    public static SpotExitTerms? Of(Intent intent) => intent switch
    {
        { Oco: { } oco } => new(oco.SlPx, oco.SlLimitPx, oco.TpPx, oco.OnLegFailure is OnLegFailure.Market),
        { Guard: { } guard } => new(guard.SlPx, null, null, false),
        _ => null,
    };

    /// <summary>What is there for certain of a quantity that is bought.</summary>
    public static Quantity AfterFees(Quantity bought) => new(bought.Value * (1 - HighestFee));

    /// <summary>The venue takes an exit of this quantity that rests.</summary>
    public bool CanRest(Quantity qty, Instrument instrument) =>
        !qty.IsZero && qty.Value >= instrument.Lots.MinQty && (qty * (SlLimitPx ?? SlPx)).Value >= instrument.MinNotional;

    /// <summary>The two exits together.</summary>
    public bool IsOco => TpPx is not null;
}
