using Chimera.S4.Orders;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What a fill cost in fees.</summary>
static class RecordedFees
{
    /// <summary>
    /// Basis points of what was traded. The record tells the fee in the asset that it was taken in: the symbol's own quote or base asset is converted; for any other, BNB, the usual rate with its discount stands in
    /// (spot 7.5 both ways; futures 1.8 made, 4.5 taken: https://www.binance.com/en/fee/schedule).
    /// </summary>
    public static double Bps(RecordedFill fill, string symbol, Market market, bool made)
    {
        var worth = fill.Qty * fill.Price;
        if (worth <= 0) return 0;
        if (fill.Commission == 0) return 0;
        if (fill.CommissionAsset is { Length: > 0 } asset)
        {
            if (symbol.EndsWith(asset, StringComparison.Ordinal)) return 1e4 * fill.Commission / worth;
            if (symbol.StartsWith(asset, StringComparison.Ordinal)) return 1e4 * fill.Commission * fill.Price / worth;
        }
        return market is Market.Spot ? 7.5 : made ? 1.8 : 4.5;
    }
}
