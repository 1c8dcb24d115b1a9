using Chimera.S4.Orders;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What a day's recalibration found, of all symbols.</summary>
sealed record RecalibrationReport(DateOnly Day, string Source, bool IsDryRun, IReadOnlyList<SymbolReport> Symbols, IReadOnlyList<TcaRefusal> Refused);

/// <param name="Present">What is in force; null: no curve is.</param>
/// <param name="Day">Null: nothing was asked of the figures, and <paramref name="Why"/> says why.</param>
/// <param name="IsWritten">False also where nothing was to be written.</param>
sealed record SymbolReport(string Symbol, IReadOnlyCollection<TcaRow> Rows, RouteCurves? Present, CurveDay? Day, bool IsWritten, string? Why = null)
{
    public IEnumerable<string> Said => Day?.Said.AsEnumerable() ?? [Why!];
}
