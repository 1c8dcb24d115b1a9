using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Tells an intent that protects a futures position of a close by another one. The latest word of each counts.</summary>
[EntityName("s4-give-way"), MessageUrn("s4-give-way")]
public sealed record GiveWay
{
    public required Guid OrderId { get; init; }

    /// <summary><c>intent_id</c> of the one that closes.</summary>
    public required string To { get; init; }

    /// <summary>Rises with what one intent tells: the latest counts.</summary>
    public required int Seq { get; init; }

    /// <summary>How much of what is protected here was closed in all by <see cref="To"/>, zero or above; null: take-profits stand in its way.</summary>
    [JsonConverter(typeof(DecimalText))] public decimal? Taken { get; init; }
}
