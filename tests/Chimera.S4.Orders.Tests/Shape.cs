using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Chimera.S4.Orders.Tests;

/// <summary>The whole content of a record as text, one member a line. Record equality compares immutable arrays by reference; this compares what is in them.</summary>
static class Shape
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    static void Write(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null: text.AppendLine("null"); return;
            case decimal number: text.AppendLine(DecimalJson.Format(number)); return;
            case DateTimeOffset at: text.AppendLine(at.ToString("O", CultureInfo.InvariantCulture)); return;
            case string or Enum or bool or int or long or Guid or Uri or TimeSpan: text.AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture)); return;
        }
        text.AppendLine(value.GetType().Name);
        if (value is IEnumerable items)
            foreach (var item in items) Member(text, "-", item, depth);
        else if (value is ITuple tuple)
            for (var at = 0; at < tuple.Length; at++) Member(text, "-", tuple[at], depth);
        else
            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)) Member(text, property.Name, property.GetValue(value), depth);
    }

    static void Member(StringBuilder text, string name, object? value, int depth)
    {
        text.Append(' ', depth * 2 + 2).Append(name).Append(' ');
        Write(text, value, depth + 1);
    }
}
