using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>The market was seen at a price that S4 watches for an order. Sent again for as long as it is there and watched for.</summary>
[EntityName("s4-price-reached"), MessageUrn("s4-price-reached")]
public sealed record PriceReached
{
    public required Guid OrderId { get; init; }

    /// <summary>Middle of the best prices.</summary>
    [JsonConverter(typeof(DecimalText))] public required decimal Mid { get; init; }

    /// <summary>When it was seen; an old sight says nothing of now.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}
