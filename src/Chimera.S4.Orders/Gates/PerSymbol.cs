using System.Collections.Frozen;

namespace Chimera.S4.Orders;

/// <summary>A figure with exceptions: <c>100000,BTCUSDT=500000</c> is 500,000 for BTCUSDT and 100,000 for any other symbol.</summary>
public sealed class PerSymbol(decimal otherwise, IReadOnlyDictionary<string, decimal>? bySymbol = null)
{
    readonly FrozenDictionary<string, decimal> exceptions = (bySymbol ?? new Dictionary<string, decimal>()).ToFrozenDictionary();

    public decimal Otherwise => otherwise;
    public IReadOnlyDictionary<string, decimal> Exceptions => exceptions;
    public decimal Of(string symbol) => exceptions.GetValueOrDefault(symbol, otherwise);
}
