using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Recalibration;

/// <summary>Where the figures come from that curves are learnt from.</summary>
interface ITcaSource
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <exception cref="StoreUnavailableException">Not now.</exception>
    Task<TcaReading> Read(DateTimeOffset since, CancellationToken cancel);
}

/// <param name="Rows">By symbol.</param>
/// <param name="Refused">What could not be used, and why: told and counted, never guessed at.</param>
sealed record TcaReading(ILookup<string, TcaRow> Rows, IReadOnlyList<TcaRefusal> Refused)
{
    public static TcaReading Of(IEnumerable<(string Symbol, TcaRow Row)> rows, IReadOnlyList<TcaRefusal> refused) => new(rows.ToLookup(one => one.Symbol, one => one.Row, StringComparer.Ordinal), refused);
}

/// <param name="Row">Which it was: its line, its document's key, or its intent and leg.</param>
readonly record struct TcaRefusal(string Row, string Why);
