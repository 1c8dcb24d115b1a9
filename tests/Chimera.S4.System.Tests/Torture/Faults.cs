using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Torture;

/// <summary>What goes wrong at the exchange all the time: answers lost or worthless, broken connections, slowness, events that nobody hears. An exchange that restarts has forgotten it.</summary>
static class Faults
{
    static readonly JsonObject[] Rules =
    [
        Rule("accept-then-drop-response", 0.01), Rule("accept-then-503A", 0.01), Rule("-1007-after-execution", 0.01), Rule("reset-connection", 0.01), Rule("drop-events", 0.01), Rule("duplicate-events", 0.02),
        Rule("latency", 0.3, ("ms", 40), ("when", "before")), Rule("latency", 0.3, ("ms", 40), ("when", "after")),
    ];

    public static Task Set(VenueCaller venue) => Set(venue, Rules);

    public static async Task Set(VenueCaller venue, IEnumerable<JsonObject> rules)
    {
        foreach (var rule in rules) await venue.SetFault(rule);
    }

    public static JsonObject Rule(string kind, double probability, params (string Name, JsonNode Value)[] more)
    {
        var rule = new JsonObject { ["kind"] = kind, ["probability"] = probability };
        foreach (var (name, value) in more) rule[name] = value;
        return rule;
    }
}
