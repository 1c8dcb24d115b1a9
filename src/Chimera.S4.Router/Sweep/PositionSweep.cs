using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Sweep;

/// <summary>Futures positions beside what live intents hold; reported only.</summary>
public sealed class PositionSweep(LiveDocuments documents, IFuturesRequests futures, SweepRecord record, SweepMetrics metrics, AlertBell bell, ILogger<PositionSweep> log)
{
    HashSet<string> shortBefore = [];

    /// <summary>False: the venue did not tell the positions, and nothing is known.</summary>
    public async Task<bool> Run(CancellationToken cancel)
    {
        var positions = await futures.Positions(cancel);
        if (positions.Outcome is not VenueOutcome.Known)
        {
            log.LogWarning("The futures positions could not be read ({Outcome}); the next sweep tries again", positions.Outcome);
            return false;
        }
        var stored = await documents.Read(Market.Fut, [], cancel);
        var lines = PositionCheck.Of(positions.Positions.ToDictionary(position => position.Symbol, position => position.Amount), stored.ById.Values);
        foreach (var line in lines.Where(line => line.IsShort))
        {
            metrics.PositionMismatch(line.Symbol);
            log.LogError("Live intents hold {Held} of {Symbol}, and the account {Amount}: somebody else has closed what they protect", line.Held, line.Symbol, line.Amount);
            // Positions and documents are read one after the other: what has filled in between is short once, and not twice.
            if (shortBefore.Contains(line.Symbol))
                bell.Raise(AlertCode.PositionMismatch, line.Symbol, $"live intents hold {DecimalJson.Format(line.Held)} of {line.Symbol}, and the account {DecimalJson.Format(line.Amount)}, in two sweeps in a row: somebody else has closed what they protect");
        }
        shortBefore = [.. lines.Where(line => line.IsShort).Select(line => line.Symbol)];
        await record.Write([.. lines.Select(line => new SweptPosition { Symbol = line.Symbol, Position = line.Amount, HeldByIntents = line.Held, Rest = line.Rest, Mismatch = line.IsShort })], cancel);
        return true;
    }
}
