using System.Text.Json;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Streams;

/// <summary>SUBSCRIBE, UNSUBSCRIBE and LIST_SUBSCRIPTIONS as every stream socket speaks them. The id comes back as it came, whatever its type.</summary>
internal static class SubscriptionProtocol
{
    public static void Handle(
        SocketConnection connection, ReadOnlyMemory<byte> message, Action<string> subscribe, Action<string> unsubscribe, Func<IEnumerable<string>> list)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            var id = json.RootElement.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            var method = json.RootElement.GetProperty("method").GetString();
            if (method is "LIST_SUBSCRIPTIONS")
            {
                connection.Send(Result(id, list()));
                return;
            }
            if (method is not ("SUBSCRIBE" or "UNSUBSCRIBE"))
            {
                connection.Send(Error(id, $"Invalid request: unknown variant `{method}`"));
                return;
            }
            foreach (var name in json.RootElement.GetProperty("params").EnumerateArray())
                (method is "SUBSCRIBE" ? subscribe : unsubscribe)(name.GetString() ?? "");
            connection.Send(Result(id, null));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            connection.Send(Error("null", "Invalid JSON: " + error.Message));
        }
    }

    private static byte[] Result(string id, IEnumerable<string>? names) => WireJson.Write((id, names), static (w, state) =>
    {
        w.WriteStartObject();
        w.WritePropertyName("result");
        if (state.names is null) w.WriteNullValue();
        else
        {
            w.WriteStartArray();
            foreach (var name in state.names) w.WriteStringValue(name);
            w.WriteEndArray();
        }
        w.WritePropertyName("id");
        w.WriteRawValue(state.id);
        w.WriteEndObject();
    });

    private static byte[] Error(string id, string text) => WireJson.Write((id, text), static (w, state) =>
    {
        w.WriteStartObject();
        w.WriteStartObject("error");
        w.WriteNumber("code", 2);
        w.WriteString("msg", state.text);
        w.WriteEndObject();
        w.WritePropertyName("id");
        w.WriteRawValue(state.id);
        w.WriteEndObject();
    });
}
