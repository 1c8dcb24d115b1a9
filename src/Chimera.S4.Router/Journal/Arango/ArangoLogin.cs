using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>The <c>Authorization</c> header of a request.</summary>
/// <remarks>https://docs.arangodb.com/stable/develop/http-api/authentication/ — <c>POST /_open/auth {username, password}</c> → <c>{jwt}</c>, which expires after an hour unless the server is told otherwise;
/// 404 where the server asks for no authentication.</remarks>
sealed class ArangoLogin(ArangoOptions options)
{
    /// <param name="Given">True: it was not asked for with a password, so asking again cannot renew it.</param>
    public sealed record Credentials(AuthenticationHeaderValue? Header, bool Given);

    readonly Lock renewal = new();
    Credentials? held = options switch
    {
        { Jwt.Length: > 0 } => new(new AuthenticationHeaderValue("Bearer", options.Jwt), true),
        { Auth: "BASIC" } => new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"))), true),
        _ => null,
    };

    /// <summary>What is held, or else what the server gives. Two that ask at once get a token each, and either is good.</summary>
    public async Task<Credentials> For(Uri endPoint, Func<Uri, HttpMethod, string, byte[]?, Credentials?, CancellationToken, Task<(int Status, string Body)>> ask, CancellationToken cancel)
    {
        lock (renewal)
            if (held is { } known) return known;
        var (status, body) = await ask(endPoint, HttpMethod.Post, "/_open/auth", ArangoJson.Write(new Dictionary<string, string> { ["username"] = options.User, ["password"] = options.Password }), null, cancel);
        var given = status switch
        {
            200 => new Credentials(new AuthenticationHeaderValue("Bearer", JsonDocument.Parse(body).RootElement.GetProperty("jwt").GetString()), false),
            404 => new Credentials(null, false),
            _ => throw new HttpRequestException($"no token for user '{options.User}': {ArangoReply.Read(status, body)}"),
        };
        lock (renewal) return held = given;
    }

    /// <summary>The server no longer takes these. True: others can be asked for.</summary>
    public bool Drop(Credentials refused)
    {
        if (refused.Given) return false;
        lock (renewal)
            if (ReferenceEquals(held, refused)) held = null;
        return true;
    }
}
