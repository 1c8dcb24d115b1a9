using Chimera.S4.Contracts;

namespace Chimera.S4.Router;

/// <summary>What an operator did, as an event of the record: <c>OPS_…</c>, who, why.</summary>
static class Audit
{
    /// <param name="what">The lever, such as <c>KILL_SWITCH</c>.</param>
    /// <param name="code">What it was set to, or how it ended.</param>
    /// <param name="request">Makes the event unique, and its repeat the same.</param>
    public static JournalBatch Of(string what, string code, string by, string reason, DateTimeOffset at, Guid request, string intentId = "") => new()
    {
        IntentId = intentId,
        Events = [new StrategyEvent { Key = $"ops-{what}-{request:N}", Type = $"OPS_{what}", IntentId = intentId, Seq = 0, Code = code, Detail = $"by {by}: {reason}", Timestamp = at }],
    };
}
