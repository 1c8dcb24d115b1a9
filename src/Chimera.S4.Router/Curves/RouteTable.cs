using System.Collections.Concurrent;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Curves;

/// <summary>The curves in memory: the last good document of every symbol. A bad one changes nothing but what <see cref="Problems"/> tells.</summary>
public sealed class RouteTable
{
    readonly ConcurrentDictionary<string, (string Text, RouteCurves Curves)> known = new();
    readonly ConcurrentDictionary<string, string> problems = new(), refused = new();

    /// <summary>Null: no curve says anything of this symbol.</summary>
    public RouteCurves? Of(string symbol) => known.TryGetValue(symbol, out var one) ? one.Curves : null;

    /// <summary>The highest revision in force; 0: none is.</summary>
    public long Rev => known.Values.Select(one => one.Curves.Rev).DefaultIfEmpty(0).Max();

    /// <summary>What could not be read, by symbol or file; empty: nothing is wrong.</summary>
    public IReadOnlyDictionary<string, string> Problems => problems;

    /// <summary>Takes what was read. The problem if it is bad, and told for the first time; else null.</summary>
    /// <param name="text">Null: there is none, and the default applies.</param>
    internal string? Take(string symbol, string? text)
    {
        if (text is null)
        {
            known.TryRemove(symbol, out _);
            Clear(symbol);
            return null;
        }
        if (known.TryGetValue(symbol, out var one) && one.Text == text)
        {
            Clear(symbol);
            return null;
        }
        if (refused.TryGetValue(symbol, out var bad) && bad == text) return null;
        if (CurvesJson.Read(text, out var problem) is { } curves)
        {
            known[symbol] = (text, curves);
            Clear(symbol);
            return null;
        }
        (refused[symbol], problems[symbol]) = (text, problem);
        return problem;
    }

    /// <inheritdoc cref="Take"/>
    internal string? Miss(string source, string? problem)
    {
        if (problem is null)
        {
            problems.TryRemove(source, out _);
            return null;
        }
        var isNews = !problems.TryGetValue(source, out var before) || before != problem;
        problems[source] = problem;
        return isNews ? problem : null;
    }

    void Clear(string symbol)
    {
        problems.TryRemove(symbol, out _);
        refused.TryRemove(symbol, out _);
    }
}
