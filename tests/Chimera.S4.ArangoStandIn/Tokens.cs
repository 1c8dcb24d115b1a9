using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Chimera.S4.ArangoStandIn;

/// <summary>JWT user tokens, signed with a secret of this server, and basic authentication. https://docs.arangodb.com/stable/develop/http-api/authentication/</summary>
sealed class Tokens(StandInOptions options, TimeProvider clock)
{
    byte[] secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Null: wrong credentials.</summary>
    public string? For(string user, string password)
    {
        if (!options.Authentication) throw ArangoError.NotFound();
        if ((user, password) != (options.User, options.Password)) return null;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var signed = $"{Text("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Text(Encoding.UTF8.GetBytes(new JsonObject { ["exp"] = now + options.TokenSeconds, ["iat"] = now, ["iss"] = "arangodb", ["preferred_username"] = user }.ToJsonString()))}";
        return $"{signed}.{Sign(signed)}";
    }

    public bool Admits(string? header)
    {
        if (!options.Authentication) return true;
        if (header?.Split(' ', 2) is not [var scheme, var value]) return false;
        return scheme.ToLowerInvariant() switch
        {
            "basic" => value == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")),
            "bearer" => value.Split('.') is [var head, var body, var signature] && Sign($"{head}.{body}") == signature && IsInTime(body),
            _ => false,
        };
    }

    /// <summary>Every token that was given out is worth nothing any more.</summary>
    public void Expire() => secret = RandomNumberGenerator.GetBytes(32);

    bool IsInTime(string body) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(body))!["exp"]!.GetValue<long>() > clock.GetUtcNow().ToUnixTimeSeconds();

    string Sign(string text) => Text(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    static string Text(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
