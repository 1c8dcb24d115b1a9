using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Tests.Journal;

/// <summary>The record of a few intents, drawn: a batch per decision, some of whose rows repeat what an earlier batch said.</summary>
static class DrawnRecord
{
    static readonly DateTimeOffset Start = new(2026, 11, 22, 16, 0, 0, 1, TimeSpan.FromHours(8));

    public static JournalBatch[] Batches(Random random) => [.. Enumerable.Range(1, random.Next(1, 5)).SelectMany(intent => Intent(random, $"i{intent}"))];

    static IEnumerable<JournalBatch> Intent(Random random, string id)
    {
        var (orders, filled) = (random.Next(1, 4), 0m);
        for (int seq = 1, last = random.Next(2, 9); seq <= last; seq++)
        {
            filled += random.Next(3) * 0.0001m;
            yield return new JournalBatch
            {
                IntentId = id,
                Orders = [.. Enumerable.Range(0, orders).Where(_ => random.Next(4) > 0).Select(order => Order(id, $"{id}-{order}", seq, filled, seq == last, random))],
                Fills = [.. Enumerable.Range(0, random.Next(3)).Select(fill => Fill(id, $"{id}-{seq}-{fill}", random))],
                Events = [.. Enumerable.Range(0, random.Next(3)).Select(_ => StrategyEvents.Executed).Distinct().Select(type => new StrategyEvent { Key = $"{id}-{seq}-{type}", Type = type, IntentId = id, Seq = seq, Timestamp = At(seq) })],
            };
        }
    }

    static OrderRecord Order(string intent, string key, int seq, decimal filled, bool last, Random random) => new()
    {
        Key = key, Seq = seq, IntentId = intent, ClientOrderId = key, OrderId = seq > 1 ? $"{random.Next(1_000_000)}" : null, Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Type = "LIMIT",
        Qty = 1, QtyRequested = 1.5m, FilledQty = filled, AvgPrice = filled > 0 ? 64250.10m : null, ReduceOnly = random.Next(2) == 0, Status = last ? "FILLED" : "NEW", Final = last, RcuRev = random.Next(9),
        CreatedAt = At(0), UpdatedAt = At(seq), ClosedAt = last ? At(seq) : null,
    };

    static FillRecord Fill(string intent, string key, Random random) => new()
    {
        Key = key, FillId = key, IntentId = intent, ClientOrderId = $"{intent}-0", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", TradeId = key,
        Qty = random.Next(1, 99) * 0.00001m, Price = 64250.1m, Commission = 0, Maker = random.Next(3) switch { 0 => null, var one => one == 1 }, Timestamp = At(random.Next(99)),
    };

    static DateTimeOffset At(int ms) => Start.AddMilliseconds(ms);
}
