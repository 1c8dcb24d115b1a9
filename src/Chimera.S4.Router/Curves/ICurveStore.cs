namespace Chimera.S4.Router.Curves;

/// <summary>Where <c>router:curves:{symbol}</c> is kept, for all replicas.</summary>
interface ICurveStore
{
    /// <summary>As written, in the order of the symbols; null: none.</summary>
    Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel);
}
