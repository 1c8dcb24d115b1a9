using System.Text.Json;
using System.Text.Json.Serialization;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Gates;

/// <summary>A breaker as it is stored.</summary>
static class BreakerDocument
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter() } };

    public static Breaker? Read(string? stored) => stored is null ? null : JsonSerializer.Deserialize<Breaker>(stored, Options);

    public static string Write(Breaker breaker) => JsonSerializer.Serialize(breaker, Options);
}
