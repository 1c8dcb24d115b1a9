namespace Chimera.S4.Router.MarketData;

/// <summary>Amounts by name, from full reads and from changes that may overtake them: the later one by venue time stands.</summary>
sealed class Holdings
{
    readonly Dictionary<string, (decimal Amount, DateTimeOffset At)> amounts = [];
    readonly Lock gate = new();
    bool wasReadWhole;

    /// <summary>Null until there has been a full read (or word of this very name); zero for a name that it did not hold.</summary>
    public decimal? Of(string name)
    {
        lock (gate) return amounts.TryGetValue(name, out var known) ? known.Amount : wasReadWhole ? 0 : null;
    }

    public void Set(IEnumerable<(string Name, decimal Amount)> rows, DateTimeOffset asOf, bool isAll)
    {
        var told = new Dictionary<string, decimal>();
        foreach (var (name, amount) in rows) told[name] = amount;
        lock (gate)
        {
            if (isAll)
            {
                wasReadWhole = true;
                foreach (var name in amounts.Keys) told.TryAdd(name, 0);
            }
            foreach (var (name, amount) in told)
                if (!amounts.TryGetValue(name, out var known) || known.At <= asOf) amounts[name] = (amount, asOf);
        }
    }
}
