using Chimera.S4.Contracts;
using Spectre.Console;

namespace Chimera.S4.Router.Demo;

/// <summary>The demo's table.</summary>
static class DemoScreen
{
    public static Table Draw(IReadOnlyList<DemoIntent> plan, IReadOnlyDictionary<string, IntentSummary> seen)
    {
        var table = new Table().RoundedBorder();
        foreach (var text in new[] { "intent", "what", "market", "side" }) table.AddColumn(new TableColumn(text).NoWrap());
        foreach (var figure in new[] { "qty", "filled", "average price", "slippage bps" }) table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("status").NoWrap());
        foreach (var (what, intent, _) in plan)
        {
            var now = seen.GetValueOrDefault(intent.IntentId!);
            table.AddRow(intent.IntentId!, what, $"{intent.Market} {intent.Symbol}", intent.Side!, DecimalText.Format(intent.Qty!.Value), Figure(now?.FilledQty), Figure(now?.AvgPrice), Figure(now?.SlippageBps),
                now is null ? "[grey]sent[/]" : $"[{Colour(now)}]{now.Status}[/]{(now.Code is null ? "" : $" {now.Code}")}{(now.Final ? "" : " …")}");
        }
        return table;
    }

    /// <summary>One step, for an output that is not a screen.</summary>
    public static string Line(IntentSummary now) =>
        $"{now.IntentId} {now.Market} {now.Symbol} {now.Side} {now.Status}{(now.Code is null ? "" : " " + now.Code)} {Figure(now.FilledQty)} {Figure(now.AvgPrice)}".TrimEnd();

    static string Figure(decimal? value) => value is null or 0 ? "" : DecimalText.Format(Math.Round(value.Value, 6));

    static string Colour(IntentSummary intent) => intent.Status switch { "FILLED" => "green", "REJECTED" => "red", "CANCELED" or "EXPIRED" => "yellow", _ => "blue" };
}
