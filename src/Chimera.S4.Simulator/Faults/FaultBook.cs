using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Faults;

/// <summary>The rules in force, and the seeded dice that decide whether they strike.</summary>
internal sealed class FaultBook(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private List<FaultRule> _rules = [];
    private int _lastId;

    public IReadOnlyList<FaultRule> Rules => Volatile.Read(ref _rules);

    public FaultRule Add(FaultRule rule)
    {
        lock (_gate)
        {
            var numbered = rule with { Id = ++_lastId };
            _rules = [.. _rules, numbered];
            return numbered;
        }
    }

    public void Remove(int? id)
    {
        lock (_gate) _rules = id is null ? [] : [.. _rules.Where(r => r.Id != id)];
    }

    /// <summary>Collects what strikes this request; each rule that does has one strike less.</summary>
    public FaultPlan Plan(Venue venue, string method, string path)
    {
        if (Rules.Count == 0) return FaultPlan.None;
        lock (_gate)
        {
            var plan = new FaultPlan();
            foreach (var rule in _rules)
                if (Concerns(rule, venue, method, path) && Strikes(rule)) plan.Add(rule);
            return plan;
        }
    }

    /// <summary>Whether a stream fault strikes this event.</summary>
    public bool Strikes(string kind, Venue venue, string eventType) => Striking(kind, venue, eventType) is not null;

    /// <summary>The stream fault that strikes this event, if one does.</summary>
    public FaultRule? Striking(string kind, Venue venue, string eventType)
    {
        if (Rules.Count == 0) return null;
        lock (_gate)
            return _rules.FirstOrDefault(rule => rule.Kind == kind && IsAt(rule, venue) && (rule.Event is null || rule.Event == eventType) && Strikes(rule));
    }

    public long SkewMs(Venue venue) => Rules.Where(r => r.Kind is FaultKinds.ClockSkew && IsAt(r, venue)).Sum(r => r.Ms);

    public static bool IsAt(FaultRule rule, Venue venue) => rule.Venue is null || rule.Venue == venue.Wire();

    private static bool Concerns(FaultRule rule, Venue venue, string method, string path)
    {
        var anyRequest = FaultKinds.AnyRequest.Contains(rule.Kind);
        if (!anyRequest && !FaultKinds.OrdersOnly.Contains(rule.Kind)) return false;
        if (!IsAt(rule, venue) || (rule.Method is { } only && !only.Equals(method, StringComparison.OrdinalIgnoreCase))) return false;
        if (rule.Path is null) return anyRequest || (method is not "GET" && IsOrderPath(path));
        return rule.Path.EndsWith('*') ? path.StartsWith(rule.Path[..^1], StringComparison.Ordinal) : path == rule.Path;
    }

    private static bool IsOrderPath(string path) => path.Contains("rder", StringComparison.Ordinal) && !path.EndsWith("/test", StringComparison.Ordinal);

    private bool Strikes(FaultRule rule)
    {
        if (rule.Count is 0 || (rule.Probability < 1 && _random.NextDouble() >= rule.Probability)) return false;
        if (rule.Count > 0) rule.Count--;
        return true;
    }
}
