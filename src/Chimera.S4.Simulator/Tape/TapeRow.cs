using System.Globalization;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Tape;

/// <summary>One line of a tape: when, where, and what somebody else does there. README tells the format.</summary>
internal sealed record TapeRow(long AtMs, Venue Venue, string Symbol, string Kind, string[] Fields)
{
    /// <exception cref="InvalidDataException">A line does not follow the format; the text names it.</exception>
    public static List<TapeRow> Read(string path)
    {
        var rows = new List<TapeRow>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || line.StartsWith("ms,", StringComparison.Ordinal)) continue;
            try
            {
                var row = Parse(line.Split(','));
                if (rows.Count > 0 && row.AtMs < rows[^1].AtMs) throw new FormatException("earlier than the line before");
                rows.Add(row);
            }
            catch (Exception error) when (error is FormatException or OverflowException or IndexOutOfRangeException or ArgumentException)
            {
                throw new InvalidDataException($"{path} line {number}: '{line}': {error.Message}", error);
            }
        }
        return rows;
    }

    public decimal Amount(int field) => decimal.Parse(Fields[field], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary><c>price x quantity</c> pairs, best first, separated by blanks.</summary>
    public List<(decimal Price, decimal Qty)> Levels(int field) =>
        [.. Fields[field].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('x')).Select(p => (Decimal(p[0]), Decimal(p[1])))];

    private static TapeRow Parse(string[] parts)
    {
        var venue = parts[1] switch { "SPOT" => Venue.Spot, "FUT" => Venue.Fut, _ => throw new FormatException($"'{parts[1]}' is not SPOT or FUT") };
        var row = new TapeRow(long.Parse(parts[0], CultureInfo.InvariantCulture), venue, parts[2], parts[3], parts[4..]);
        // Everything is read once at the start, so that no line can fail in the middle of a story.
        _ = (row.Kind, row.Fields) switch
        {
            ("trade", [_, _, _]) => row.Amount(1) + row.Amount(2),
            ("book", [_, _]) => row.Levels(0).Count + row.Levels(1).Count,
            ("mark", [_]) => row.Amount(0),
            _ => throw new FormatException("neither trade,SIDE,PRICE,QTY nor book,BIDS,ASKS nor mark,PRICE"),
        };
        if (row.Kind is "trade" && row.Fields[0] is not ("BUY" or "SELL")) throw new FormatException($"'{row.Fields[0]}' is not BUY or SELL");
        return row;
    }

    private static decimal Decimal(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
