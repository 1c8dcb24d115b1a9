using System.Globalization;
using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Sweep;

/// <summary>What a sweep found goes into the record, and where every replica can tell it.</summary>
public sealed class SweepRecord(RecordWriter records, INotes notes)
{
    /// <summary>In place of an intent's id, since a sweep is of none.</summary>
    const string Subject = "s4-sweep";

    public async Task Write(MarketSweep found, CancellationToken cancel)
    {
        await records.Write(new JournalBatch
        {
            IntentId = Subject,
            Events =
            [
                new StrategyEvent
                {
                    Key = $"sweep-{found.Market}-{found.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}", Type = StrategyEvents.Swept, IntentId = Subject, Seq = 0,
                    Detail = JsonSerializer.Serialize(found), Timestamp = found.At,
                },
            ],
        }, cancel);
        await notes.Write(NameOf(found.Market), JsonSerializer.Serialize(found), cancel);
    }

    public Task Write(SweptPosition[] positions, CancellationToken cancel) => notes.Write(Positions, JsonSerializer.Serialize(positions), cancel);

    /// <param name="markets">Their words.</param>
    public async Task<ReconciliationReport> Read(IEnumerable<string> markets, CancellationToken cancel)
    {
        var sweeps = new List<MarketSweep>();
        foreach (var market in markets)
            if (await notes.Read(NameOf(market), cancel) is { } sweep) sweeps.Add(JsonSerializer.Deserialize<MarketSweep>(sweep)!);
        return new ReconciliationReport
        {
            Jaccard = sweeps.Count == 0 ? null : Chimera.S4.Orders.Survey.Ratio(sweeps.Sum(sweep => sweep.Agreed), sweeps.Sum(sweep => sweep.Disputed)),
            Markets = [.. sweeps],
            DeadMan = [],
            Positions = await notes.Read(Positions, cancel) is { } positions ? JsonSerializer.Deserialize<SweptPosition[]>(positions)! : [],
        };
    }

    const string Positions = "reconciliation:positions";
    static string NameOf(string market) => $"reconciliation:{market}";
}
