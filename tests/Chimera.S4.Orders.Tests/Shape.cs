using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Chimera.S4.Orders.Tests;

/// <summary>The whole content of a record as text, one member a line. Record equality compares immutable arrays by reference; this compares what is in them.</summary>
static class Shape
{
    static readonly ConcurrentDictionary<Type, (string Name, Func<object, object?> Read)[]> Members = [];

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    /// <summary>The first line in which two shapes differ; null: they are equal.</summary>
    public static string? Differ(string one, string other)
    {
        if (one == other) return null;
        return one.Split('\n').Zip(other.Split('\n')).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First.Trim()} ≠ {pair.Second.Trim()}").FirstOrDefault("one is longer");
    }

    static (string, Func<object, object?>)[] Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (property.Name, Reader(property)))];

    // Compiled, because this runs a few million times.
    static Func<object, object?> Reader(PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(value, property.DeclaringType!), property), typeof(object)), value).Compile();
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
            foreach (var (name, read) in Members.GetOrAdd(value.GetType(), Of)) Member(text, name, read(value), depth);
    }

    static void Member(StringBuilder text, string name, object? value, int depth)
    {
        text.Append(' ', depth * 2 + 2).Append(name).Append(' ');
        Write(text, value, depth + 1);
    }
}
