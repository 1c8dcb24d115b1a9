namespace Chimera.S4.Simulator.Faults;

/// <summary>One scripted misbehaviour. Fields a kind does not use are ignored; README lists the kinds.</summary>
internal sealed record FaultRule
{
    public int Id { get; init; }

    /// <summary>SPOT or FUT; absent for both.</summary>
    public string? Venue { get; init; }

    /// <summary>An exact path, or a prefix ending in *. Absent: see <see cref="FaultKinds.OrdersOnly"/>.</summary>
    public string? Path { get; init; }
    public string? Method { get; init; }
    public required string Kind { get; init; }
    public double Probability { get; init; } = 1;

    /// <summary>How many more times it strikes; absent for ever.</summary>
    public int? Count { get; set; }

    /// <summary>latency, accept-then-drop-response, delay-events, clock-skew: milliseconds.</summary>
    public long Ms { get; init; }

    /// <summary>latency: <c>before</c> (default) or <c>after</c> execution.</summary>
    public string? When { get; init; }

    /// <summary>hide-order, 429, 418: seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>HTTP status where the kind leaves a choice.</summary>
    public int? Status { get; init; }

    /// <summary>hide-order: also hide from open orders, all orders and trades.</summary>
    public bool Lists { get; init; }

    /// <summary>fill-before-cancel: how much of what is left, above 0 to 1.</summary>
    public decimal Ratio { get; init; } = 1;

    /// <summary>Stream kinds: only events of this type (executionReport, ORDER_TRADE_UPDATE, …).</summary>
    public string? Event { get; init; }
}
