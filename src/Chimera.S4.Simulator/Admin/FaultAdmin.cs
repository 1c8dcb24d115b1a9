using System.Text.Json;
using System.Text.Json.Serialization;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Admin;

/// <summary><c>/sim/faults</c>: GET lists, PUT replaces, POST adds, DELETE (?id=) removes.</summary>
internal sealed class FaultAdmin(FaultBook faults, IReadOnlyDictionary<Venue, VenueClock> clocks, Action<FaultRule> act)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/faults", List);
        group.MapPut("/faults", async (HttpContext http) =>
        {
            var rules = Read(await AdminSurface.Body(http));
            faults.Remove(null);
            return Set(rules);
        });
        group.MapPost("/faults", async (HttpContext http) => Set(Read(await AdminSurface.Body(http))));
        group.MapDelete("/faults", (int? id) =>
        {
            faults.Remove(id);
            ApplySkew();
            return List();
        });
    }

    private AdminResult List() => new(200, JsonSerializer.SerializeToUtf8Bytes(faults.Rules, Format));

    private AdminResult Set(List<FaultRule> rules)
    {
        foreach (var rule in rules)
        {
            if (FaultKinds.Actions.Contains(rule.Kind)) act(rule);
            else faults.Add(rule);
        }
        ApplySkew();
        return List();
    }

    private void ApplySkew()
    {
        foreach (var (venue, clock) in clocks) clock.SkewMs = faults.SkewMs(venue);
    }

    private static List<FaultRule> Read(JsonElement body)
    {
        var rules = body.ValueKind is JsonValueKind.Array ? body.Deserialize<List<FaultRule>>(Format)! : [body.Deserialize<FaultRule>(Format)!];
        foreach (var rule in rules) Check(rule);
        return rules;
    }

    private static void Check(FaultRule rule)
    {
        if (!FaultKinds.IsKnown(rule.Kind)) throw new AdminError($"kind: '{rule.Kind}' is not one of {string.Join(", ", FaultKinds.All)}");
        AdminSurface.VenueOf(rule.Venue);
        if (rule.Probability is not (>= 0 and <= 1)) throw new AdminError($"probability: {rule.Probability} is not from 0 to 1");
        if (rule.Count < 0) throw new AdminError($"count: {rule.Count} is not 0 or more");
        if (rule.When is not (null or "before" or "after")) throw new AdminError($"when: '{rule.When}' is not before or after");
        if (rule.Ms < 0 && rule.Kind is not FaultKinds.ClockSkew) throw new AdminError($"ms: {rule.Ms} is not 0 or more");
        if (rule.Ratio is not (> 0 and <= 1)) throw new AdminError($"ratio: {rule.Ratio} is not above 0 up to 1");
        if (rule.Seconds is not (>= 0 and <= 86_400)) throw new AdminError($"seconds: {rule.Seconds} is not from 0 to 86400");
    }
}
