using System.Text.Encodings.Web;
using System.Text.Json;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores;

/// <summary>How the stores write what they keep as JSON: names and decimals as text, so that a reader in any language gets the same digits.</summary>
static class StoredJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new DecimalText() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // never shown as HTML; signed requests stay readable
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"a stored {typeof(T).Name} is null");
}
