using System.Text.Json;
using System.Text.Json.Serialization;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>The stored form of a saga. Version and state are not in it: the store owns the one, the order's status is the other.</summary>
public sealed record OrderDocument(Order Order, Guid? ProbeToken, Guid? PolicyToken = null, string? Trace = null)
{
    /// <summary>Enums by name, nothing for null: what is stored is readable in a console and survives reordering of enum members.</summary>
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
    };

    public static OrderSaga Read(StoredOrder stored)
    {
        if (JsonSerializer.Deserialize<OrderDocument>(stored.Document, Options) is not { Order: not null } document) throw new JsonException($"order {stored.Id} has an empty document");
        return new OrderSaga
        {
            CorrelationId = stored.Id, Version = stored.Version, CurrentState = document.Order.Status.ToString(), Order = document.Order, ProbeToken = document.ProbeToken, PolicyToken = document.PolicyToken, Trace = document.Trace,
        };
    }

    public static string Write(OrderSaga saga) => JsonSerializer.Serialize(new OrderDocument(saga.Order!, saga.ProbeToken, saga.PolicyToken, saga.Trace), Options);
}
