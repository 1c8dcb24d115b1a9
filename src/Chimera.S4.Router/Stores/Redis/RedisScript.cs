using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>One Lua script: the embedded <c>Scripts/{name}.lua</c> behind <c>Scripts/keys.lua</c>, which names the keys and tells the time.</summary>
sealed class RedisScript
{
    readonly string text;
    readonly byte[] sha;

    public RedisScript(string name)
    {
        text = Resource("keys") + Resource(name);
        sha = SHA1.HashData(Encoding.UTF8.GetBytes(text));
    }

    public async Task<RedisResult> Run(IDatabase database, params RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(sha, null, arguments, CommandFlags.DemandMaster).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // New server, restart or SCRIPT FLUSH. EVAL carries the text, so that a flush between two calls cannot come between; it caches it as well.
            return await database.ExecuteAsync("EVAL", [text, 0, .. arguments], CommandFlags.DemandMaster).ConfigureAwait(false);
        }
    }

    static string Resource(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua") ?? throw new InvalidOperationException($"no script {name}.lua is embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
