namespace Chimera.S4.ArangoStandIn;

/// <summary>What the next requests meet. Ordered by a test, in process or by <c>PUT /stand-in/faults</c>.</summary>
public sealed class Faults
{
    readonly Lock gate = new();
    readonly List<Fault> ordered = [];
    Action? between;

    public void Order(Fault fault)
    {
        lock (gate) ordered.Add(fault);
    }

    public void Clear()
    {
        lock (gate) ordered.Clear();
    }

    /// <summary>Once, while a row of <c>orders</c> has been looked up and is not replaced yet: what somebody else does in between.</summary>
    public void Between(Action act) => between = act;

    internal void BetweenLookupAndReplace() => Interlocked.Exchange(ref between, null)?.Invoke();

    internal Fault? Take(string path, params FaultKind[] kinds)
    {
        lock (gate)
        {
            if (ordered.FirstOrDefault(one => kinds.Contains(one.Kind) && path.Contains(one.Path, StringComparison.Ordinal)) is not { } fault) return null;
            if (fault.Count is { } left)
            {
                ordered.Remove(fault);
                if (left > 1) ordered.Insert(0, fault with { Count = left - 1 });
            }
            return fault;
        }
    }

    internal bool TakeConflict() => Take("", FaultKind.Conflict) is not null;
}

public enum FaultKind
{
    /// <summary>The connection breaks before anything is done.</summary>
    Down,

    /// <summary>The connection breaks after everything is done.</summary>
    Drop,

    /// <summary>Nothing happens for a while.</summary>
    Slow,

    /// <summary>503, as in maintenance or under overload.</summary>
    Unavailable,

    /// <summary>One document, or one query, meets somebody else's write.</summary>
    Conflict,
}

/// <param name="Count">How many requests; null: all, until cleared.</param>
/// <param name="Path">Only requests whose path holds this.</param>
public sealed record Fault(FaultKind Kind, int? Count = 1, string Path = "", int Milliseconds = 0);
