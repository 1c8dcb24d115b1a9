using System.Globalization;

namespace Chimera.S4.Orders.Tests;

/// <summary>A table row in text, <c>tick 0.01  price 5  a remark</c>: words in pairs, name and value; what follows two spaces without a value is a remark.</summary>
sealed class Row
{
    readonly Dictionary<string, string> cells = [];

    public static Row Of(string text)
    {
        var row = new Row();
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at + 1 < words.Length; at += 2) row.cells.TryAdd(words[at], words[at + 1]);
        return row;
    }

    public string this[string name] => cells[name];
    public bool Has(string name) => cells.ContainsKey(name);
    public decimal Decimal(string name) => decimal.Parse(cells[name], CultureInfo.InvariantCulture);
}
