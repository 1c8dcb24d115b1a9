using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Limits;
using Chimera.S4.Simulator.Security;
using Chimera.S4.Simulator.Streams;

namespace Chimera.S4.Simulator.Spot;

/// <summary><c>/ws-api/v3</c>: requests and replies by id, user events in between.</summary>
internal sealed class SpotWsApi(RequestGate gate, VenueLimits limits, VenueClock clock, SpotUserStream stream, RejectLog rejects)
{
    public const string Path = "/ws-api/v3";

    public void Map(IEndpointRouteBuilder app, SocketHost sockets) => app.Map(Path, (HttpContext http) => sockets.Serve(http, Venue.Spot, connection =>
        (message => connection.Send(Answer(connection, message)), () => stream.Forget(connection))));

    private byte[] Answer(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        var id = "null";
        try
        {
            using var json = JsonDocument.Parse(message);
            if (json.RootElement.TryGetProperty("id", out var given)) id = given.GetRawText();
            var method = json.RootElement.TryGetProperty("method", out var named) ? named.GetString() : null;
            var parameters = json.RootElement.TryGetProperty("params", out var sent) && sent.ValueKind is JsonValueKind.Object ? Texts(sent) : [];
            return Handle(connection, id, method ?? "", parameters);
        }
        catch (VenueError error)
        {
            rejects.Add(new Reject(Venue.Spot, Path, error.Code, clock.Now));
            return Render(id, error.HttpStatus, w => Error(w, error));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Render(id, 400, w => Error(w, new VenueError(-1135, "Invalid JSON Request.")));
        }
    }

    private byte[] Handle(SocketConnection connection, string id, string method, Dictionary<string, string> parameters)
    {
        limits.Charge(method is "userDataStream.subscribe.signature" or "userDataStream.unsubscribe" or "session.subscriptions" ? 2 : 1);
        switch (method)
        {
            case "ping":
                return Result(id, static w => { w.WriteStartObject(); w.WriteEndObject(); });
            case "time":
                return Result(id, w => w.Object(clock.Now, static (w, now) => w.WriteNumber("serverTime", now)));
            case "userDataStream.subscribe.signature":
                gate.Check(gate.CheckKey(parameters.GetValueOrDefault("apiKey")), parameters.GetValueOrDefault, () => SignedText.OfParameters(parameters), clock.Now);
                var subscription = stream.Subscribe(connection);
                return Result(id, w => w.Object(subscription, static (w, s) => w.WriteNumber("subscriptionId", s)));
            case "userDataStream.unsubscribe":
                stream.Unsubscribe(connection, parameters.TryGetValue("subscriptionId", out var text) && int.TryParse(text, out var number) ? number : null);
                return Result(id, static w => { w.WriteStartObject(); w.WriteEndObject(); });
            case "session.subscriptions":
                int[] active = stream.Of(connection) is { } open ? [open] : [];
                return Result(id, w => w.Array(active, static (w, s) => w.WriteNumber("subscriptionId", s)));
            default:
                throw new VenueError(-1020, "This operation is not supported.");
        }
    }

    private byte[] Result(string id, Action<Utf8JsonWriter> result) => Render(id, 200, w =>
    {
        w.WritePropertyName("result");
        result(w);
    });

    private static void Error(Utf8JsonWriter w, VenueError error)
    {
        w.WriteStartObject("error");
        w.WriteNumber("code", error.Code);
        w.WriteString("msg", error.Message);
        w.WriteEndObject();
    }

    private byte[] Render(string id, int status, Action<Utf8JsonWriter> body) => WireJson.Write((id, status, body, limits), static (w, reply) =>
    {
        w.WriteStartObject();
        w.WritePropertyName("id");
        w.WriteRawValue(reply.id);
        w.WriteNumber("status", reply.status);
        reply.body(w);
        w.WritePropertyName("rateLimits");
        reply.limits.Read(counters =>
        {
            w.Array(counters.Weights.Take(1), LimitsJson.WriteWithCount);
            return true;
        });
        w.WriteEndObject();
    });

    private static Dictionary<string, string> Texts(JsonElement parameters) =>
        parameters.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind is JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText());
}
