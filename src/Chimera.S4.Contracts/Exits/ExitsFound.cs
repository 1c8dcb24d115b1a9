using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Which live intents hold exits on the side of the order that asked, and what is left of the position where it has closed some. Repeats do nothing.</summary>
[EntityName("s4-exits-found"), MessageUrn("s4-exits-found")]
public sealed record ExitsFound
{
    public required Guid OrderId { get; init; }

    /// <summary>The effect that asked.</summary>
    public required int AskSeq { get; init; }

    /// <summary>Oldest first; empty: there are none.</summary>
    public required ExitHolder[] Holders { get; init; }

    /// <summary>What an order of that side can reduce, zero or above. Looked up only after a close, and where there are holders; else zero.</summary>
    [JsonConverter(typeof(DecimalText))] public required decimal Position { get; init; }
}

/// <param name="Held">What its exits are for.</param>
/// <param name="Only"><c>STOP</c> or <c>TAKE_PROFIT</c> where its exits are all of that kind; null: it has both.</param>
public sealed record ExitHolder(Guid OrderId, [property: JsonConverter(typeof(DecimalText))] decimal Held, string? Only = null);
