using System.Net;
using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Admin;

/// <summary>A wrong request to <c>/sim/*</c>: answered 400 with the field, its value and what is allowed.</summary>
internal sealed class AdminError(string text) : Exception(text);

/// <summary>Common ground of <c>/sim/*</c>: loopback only, readable refusals.</summary>
internal static class AdminSurface
{
    public static RouteGroupBuilder MapAdmin(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/sim");
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
                return new AdminResult(403, WireJson.Write("/sim is open to loopback only", WriteError));
            try
            {
                return await next(context);
            }
            catch (Exception error) when (error is AdminError or VenueError or JsonException)
            {
                return new AdminResult(400, WireJson.Write(error.Message, WriteError));
            }
        });
        return group;
    }

    public static async Task<JsonElement> Body(HttpContext http)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        return json.RootElement.Clone();
    }

    public static Venue? VenueOf(string? text) => text?.ToUpperInvariant() switch
    {
        null or "" => null,
        "SPOT" => Venue.Spot,
        "FUT" => Venue.Fut,
        _ => throw new AdminError($"venue: '{text}' is not SPOT or FUT"),
    };

    private static void WriteError(Utf8JsonWriter w, string text) => w.Object(text, static (w, text) => w.WriteString("error", text));
}

/// <summary>A rendered admin answer.</summary>
internal sealed class AdminResult(int status, ReadOnlyMemory<byte> body) : IResult
{
    public static AdminResult Ok<T>(T state, Action<Utf8JsonWriter, T> write) => new(200, WireJson.Write(state, write));

    public async Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
