using System.Collections.Frozen;

namespace Chimera.S4.Simulator.Faults;

/// <summary>The kinds of faults by how they strike.</summary>
internal static class FaultKinds
{
    /// <summary>Strike placements and cancels only, unless the rule names a path.</summary>
    public static readonly FrozenSet<string> OrdersOnly = new[]
    {
        "accept-then-drop-response", "accept-then-cut-response", "accept-then-503A", "accept-then-5xx", "reject-503B", "reject-503C",
        "-1007-after-execution", "-1006-after-execution", "hide-order",
    }.ToFrozenSet();

    /// <summary>Strike any request of the venue.</summary>
    public static readonly FrozenSet<string> AnyRequest = new[] { "latency", "reset-connection", "429", "418", "403-html" }.ToFrozenSet();

    /// <summary>Strike user-stream events.</summary>
    public static readonly FrozenSet<string> Streams = new[]
    {
        "drop-events", "duplicate-events", "reorder-events", "delay-events", "silent-stream", "silent-market",
    }.ToFrozenSet();

    /// <summary>Strike inside the engine, when the moment that they spoil comes.</summary>
    public static readonly FrozenSet<string> Engine = new[]
    {
        "fill-before-cancel", "trigger-before-cancel", "child-before-algo-update", "algo-child-renamed", "accept-then-expire",
    }.ToFrozenSet();

    /// <summary>Happen once, when they are set; nothing stays behind.</summary>
    public static readonly FrozenSet<string> Actions = new[] { "disconnect-streams", "expire-listen-key", "server-shutdown" }.ToFrozenSet();

    /// <summary>Hold as long as the rule stands.</summary>
    public const string ClockSkew = "clock-skew";

    public static bool IsKnown(string kind) =>
        OrdersOnly.Contains(kind) || AnyRequest.Contains(kind) || Streams.Contains(kind) || Engine.Contains(kind) || Actions.Contains(kind) || kind is ClockSkew;

    public static IEnumerable<string> All => [.. OrdersOnly.Order(), .. AnyRequest.Order(), .. Streams.Order(), .. Engine.Order(), .. Actions.Order(), ClockSkew];
}
