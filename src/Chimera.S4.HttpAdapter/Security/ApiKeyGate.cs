using System.Net;
using Chimera.S4.HttpAdapter.Problems;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Security;

/// <summary>Lets a request through to an endpoint whose role its <c>X-API-Key</c> holds. An endpoint that names no role needs <see cref="ApiRole.Read"/>.</summary>
sealed class ApiKeyGate(RequestDelegate next, IOptions<RestAdapterOptions> options)
{
    public const string Header = "X-API-Key";

    public Task InvokeAsync(HttpContext http)
    {
        var ring = options.Value.Keys;
        var needed = http.GetEndpoint()?.Metadata.GetMetadata<RoleNeeded>() ?? new RoleNeeded(ApiRole.Read);
        return (ring.IsOpen ? LocalOnly(http) : Refusal(ring, http, needed.Role)) is { } refusal ? refusal.ExecuteAsync(http) : next(http);
    }

    static IResult? Refusal(ApiKeyRing ring, HttpContext http, ApiRole? needed)
    {
        if (needed is null) return null;
        if (Presented(http.Request) is not { } presented || ring.RoleOf(presented) is not { } role)
            return Problem.Of(401, "API_KEY_REQUIRED", "API key required", $"Send one known key in the header {Header}.");
        Caller.Note(http, $"{Word(role)} {ApiKeyRing.MarkOf(presented)}");
        return role >= needed
            ? null
            : Problem.Of(403, "ROLE_TOO_LOW", "Not allowed", $"The key has the role {Word(role)}; {http.Request.Method} {http.Request.Path} needs {Word(needed.Value)}.");
    }

    /// <summary>Monitoring often can send no header of its own, but a bearer token.</summary>
    static string? Presented(HttpRequest request) =>
        request.Headers[Header] is [{ Length: > 0 } key] ? key
        : request.Headers.Authorization is [{ } bearer] && bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer["Bearer ".Length..].Trim() : null;

    // The options refuse such an address at the start; this holds where the host was told to listen by other means.
    static IResult? LocalOnly(HttpContext http) => http.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address)
        ? Problem.Of(403, "LOOPBACK_ONLY", "Not allowed", $"No keys are configured ({RestAdapterOptions.KeysVariable}), so only loopback is served.")
        : null;

    static string Word(ApiRole role) => role.ToString().ToLowerInvariant();
}

/// <summary>The role that an endpoint needs; null: none, whoever calls.</summary>
public sealed record RoleNeeded(ApiRole? Role);

/// <summary>Names the role of an endpoint, here and in whatever process the adapter is mapped into.</summary>
public static class RoleConventions
{
    public static TBuilder RequireRole<TBuilder>(this TBuilder endpoint, ApiRole role) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RoleNeeded(role));

    public static TBuilder RequireNoRole<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RoleNeeded(null));
}
