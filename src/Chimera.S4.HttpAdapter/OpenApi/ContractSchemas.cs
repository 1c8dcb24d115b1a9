using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chimera.S4.HttpAdapter.OpenApi;

/// <summary>What the contracts' types cannot say of themselves: decimals are text, and some texts are words from a list.</summary>
static class ContractSchemas
{
    static readonly Dictionary<string, string[]> Words = new()
    {
        ["market"] = ["SPOT", "FUT"],
        ["side"] = ["BUY", "SELL"],
        ["weights"] = ["EQUAL", "SQRT"],
        ["on_leg_failure"] = ["GUARD", "MARKET"],
        ["rejected_by"] = ["ROUTER", "VENUE"],
    };

    static readonly Dictionary<string, string[]> IntentWords = new()
    {
        ["type"] = ["MARKET", "LIMIT", "LIMIT_MAKER", "STOP", "TAKE_PROFIT"],
        ["time_in_force"] = ["GTC", "IOC", "FOK"],
    };

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(decimal)) Decimal(schema, IsAsked(context.JsonPropertyInfo?.DeclaringType));
        if (type == typeof(OrderIntent)) Intent(schema);
        if (context.JsonPropertyInfo is { } property && type == typeof(string))
        {
            if (property.DeclaringType == typeof(OrderIntent)) Enumerate(schema, IntentWords, property.Name);
            Enumerate(schema, Words, property.Name);
        }
        return Task.CompletedTask;
    }

    /// <summary>Strings out, strings or numbers in.</summary>
    static void Decimal(OpenApiSchema schema, bool isAsked)
    {
        schema.Type = isAsked ? JsonSchemaType.String | JsonSchemaType.Number : JsonSchemaType.String;
        schema.Format = "decimal";
        schema.Pattern = null;
        schema.Examples = [JsonValue.Create("0.015")!];
    }

    static bool IsAsked(Type? type) =>
        type == typeof(OrderIntent) || type == typeof(MakerThenTaker) || type == typeof(Twap) || type == typeof(Oco) || type == typeof(GuardStop) || type == typeof(ProtectiveTrigger);

    static void Intent(OpenApiSchema schema)
    {
        schema.Required = new HashSet<string> { "intent_id", "market", "symbol", "side", "qty" };
        schema.AdditionalPropertiesAllowed = false;     // kept on the way in only so that the router can name them in its denial
        schema.AdditionalProperties = null;
    }

    static void Enumerate(OpenApiSchema schema, Dictionary<string, string[]> words, string name)
    {
        if (words.TryGetValue(name, out var allowed)) schema.Enum = [.. allowed.Select(word => (JsonNode)JsonValue.Create(word)!)];
    }
}
