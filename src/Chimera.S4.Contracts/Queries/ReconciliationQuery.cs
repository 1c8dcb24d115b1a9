using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Asks how the venue's open orders and what S4 believes of them compare. Answered with <see cref="ReconciliationReport"/>.</summary>
[EntityName("s4-get-reconciliation"), MessageUrn("s4-get-reconciliation")]
public sealed record GetReconciliation;

/// <summary>What the last residual sweep of each market found, whichever replica made it (spec §7).</summary>
[EntityName("s4-reconciliation-report"), MessageUrn("s4-reconciliation-report")]
public sealed record ReconciliationReport
{
    /// <summary>Jaccard's ratio over all markets, 0–1 inclusive, as found before anything was repaired; null before the first sweep.</summary>
    [JsonPropertyName("jaccard"), JsonConverter(typeof(DecimalText))] public decimal? Jaccard { get; init; }
    [JsonPropertyName("markets")] public required MarketSweep[] Markets { get; init; }

    /// <summary>Futures positions beside what live intents hold. Reported, never acted on.</summary>
    [JsonPropertyName("positions")] public required SweptPosition[] Positions { get; init; }

    /// <summary>The dead-man's switch of each futures symbol that it has looked at; empty where it is off.</summary>
    [JsonPropertyName("dead_man")] public required SymbolCountdown[] DeadMan { get; init; }
}

/// <summary>Whether the venue cancels a symbol's ordinary orders when S4 falls silent.</summary>
public sealed record SymbolCountdown
{
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }
    [JsonPropertyName("armed")] public required bool Armed { get; init; }

    /// <summary>Armed, or why not: NothingRests, ForeignOrder, OtherOrder (of ours, and to stay), Placing (one is on its way), NoAnswer (of the venue).</summary>
    [JsonPropertyName("why")] public required string Why { get; init; }
}

/// <summary>One sweep of one market.</summary>
public sealed record MarketSweep
{
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("at")] public required DateTimeOffset At { get; init; }

    /// <summary>Of the orders with our prefix that are open at the venue, and those that live intents hold for open: the share that is both. 1 where there is neither. Foreign orders do not count.</summary>
    [JsonPropertyName("jaccard"), JsonConverter(typeof(DecimalText))] public required decimal Jaccard { get; init; }

    /// <summary>Open at the venue with our prefix; believed open here; both; one of the two, with a document that lies still.</summary>
    [JsonPropertyName("open")] public required int Open { get; init; }
    [JsonPropertyName("believed_open")] public required int BelievedOpen { get; init; }
    [JsonPropertyName("agreed")] public required int Agreed { get; init; }
    [JsonPropertyName("disputed")] public required int Disputed { get; init; }

    /// <summary>Open at the venue without our prefix: never touched.</summary>
    [JsonPropertyName("foreign")] public required int Foreign { get; init; }

    /// <summary>With our prefix, owned by no live intent, and old enough to say so; and how many of them were seen to be gone afterwards.</summary>
    [JsonPropertyName("orphans")] public required int Orphans { get; init; }
    [JsonPropertyName("canceled")] public required int Canceled { get; init; }

    /// <summary>Owned by nobody and too young to be called orphans.</summary>
    [JsonPropertyName("young")] public required int Young { get; init; }

    /// <summary>Orders that were told what the venue says of them: of those it shows, and of those it does not.</summary>
    [JsonPropertyName("told")] public required int Told { get; init; }
    [JsonPropertyName("missing")] public required int Missing { get; init; }

    /// <summary>Orders whose policy was woken because it should have looked long before.</summary>
    [JsonPropertyName("overdue")] public required int Overdue { get; init; }

    /// <summary>Documents that nobody can read; their orders are left alone.</summary>
    [JsonPropertyName("unreadable")] public required int Unreadable { get; init; }
}

/// <summary>A futures position, signed.</summary>
public sealed record SweptPosition
{
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }
    [JsonPropertyName("position"), JsonConverter(typeof(DecimalText))] public required decimal Position { get; init; }

    /// <summary>What live intents have filled and not taken out again, and the rest: of ended intents, other deployments, a person.</summary>
    [JsonPropertyName("held_by_intents"), JsonConverter(typeof(DecimalText))] public required decimal HeldByIntents { get; init; }
    [JsonPropertyName("rest"), JsonConverter(typeof(DecimalText))] public required decimal Rest { get; init; }

    /// <summary>True: live intents hold more than the account does.</summary>
    [JsonPropertyName("mismatch")] public required bool Mismatch { get; init; }
}
