namespace Chimera.S4.Router.Curves;

/// <summary>Where <c>router:curves:{symbol}</c> is kept, for all replicas.</summary>
interface ICurveStore
{
    /// <summary>As written, in the order of the symbols; null: none.</summary>
    Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel);

    /// <summary>Puts <paramref name="after"/> in the place of <paramref name="before"/>. False: something else stands there by now, and stays.</summary>
    /// <param name="before">As it was read; null: there was none.</param>
    Task<bool> Replace(string symbol, string? before, string after, CancellationToken cancel);
}
