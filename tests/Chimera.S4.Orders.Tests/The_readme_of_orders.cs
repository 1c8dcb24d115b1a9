using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>The tables in the README are what the code does. With <c>S4_WRITE_DOCS=1</c> a stale one is rewritten instead of refused.</summary>
public class The_readme_of_orders
{
    [Fact]
    public void Holds_the_transition_table() => AssertHolds("transitions", Transitions());

    [Fact]
    public void Holds_the_table_of_reason_codes() => AssertHolds("codes", Codes());

    static string Transitions()
    {
        string[] groups = [.. Lives.Alphabet.Select(by => by.Group).Distinct()];
        var table = new StringBuilder().AppendLine($"| from \\ event | {string.Join(" | ", groups)} |").AppendLine($"|---|{string.Concat(groups.Select(_ => "---|"))}");
        foreach (var status in Enum.GetValues<OrderStatus>().Where(status => status is not OrderStatus.Armed))          // of policies only
        {
            var cells = groups.Select(group => Lives.Moves.Where(move => move.From.Status == status && move.By.Group == group).Select(move => move.Decision.Order.Status).Distinct().Order());
            table.AppendLine($"| **{status}** | {string.Join(" | ", cells.Select(reached => Cell(status, [.. reached])))} |");
        }
        return table.ToString();
    }

    static string Cell(OrderStatus from, OrderStatus[] reached) => reached is [var only] && only == from ? "·" : string.Join(", ", reached.OrderBy(to => to != from).Select(to => to == from ? "·" : to.ToString()));

    static string Codes()
    {
        var table = new StringBuilder().AppendLine("| code | by | HTTP | meaning |").AppendLine("|---|---|---|---|");
        foreach (var entry in ReasonCodes.Table) table.AppendLine($"| `{entry.Code}` | {entry.By} | {(entry.By == ReasonCodes.Remark ? "" : entry.HttpStatus)} | {entry.Meaning} |");
        return table.ToString();
    }

    static void AssertHolds(string name, string table, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "../../src/Chimera.S4.Orders/README.md");
        lock (Turn)
        {
            var text = File.ReadAllText(file);
            var (begin, end) = ($"<!-- {name}:begin -->\n", $"<!-- {name}:end -->");
            var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
            Assert.True(from >= begin.Length && to >= from, $"README.md has no markers {begin.Trim()} … {end}");
            if (text[from..to] == table) return;
            if (Environment.GetEnvironmentVariable("S4_WRITE_DOCS") != "1")
                Assert.Fail($"the table '{name}' in src/Chimera.S4.Orders/README.md is stale: {Shape.Differ(text[from..to], table)}\nrun the tests with S4_WRITE_DOCS=1 to rewrite it");
            File.WriteAllText(file, text[..from] + table + text[to..]);
        }
    }

    static readonly Lock Turn = new();
}
