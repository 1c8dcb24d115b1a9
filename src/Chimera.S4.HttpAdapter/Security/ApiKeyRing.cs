using System.Security.Cryptography;
using System.Text;

namespace Chimera.S4.HttpAdapter.Security;

/// <summary>What a key opens; each role includes the ones before it.</summary>
public enum ApiRole
{
    Read,
    Trade,
    Ops,
}

/// <summary>The keys that open the adapter, kept as digests. <c>S4_API_KEYS</c> is a comma list of <c>role=key</c>; a role may have several keys, so that one can be replaced while the other still works.</summary>
public sealed class ApiKeyRing
{
    const string Form = "a comma list of role=key, role read, trade or ops, key 16–128 visible ASCII characters without comma";
    readonly (ApiRole Role, byte[] Digest)[] keys;

    ApiKeyRing((ApiRole, byte[])[] keys) => this.keys = keys;

    /// <summary>No keys: nobody is asked for one, and only loopback is listened on.</summary>
    public static ApiKeyRing Open { get; } = new([]);

    public bool IsOpen => keys.Length == 0;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An entry is wrong. The message counts entries instead of quoting them.</exception>
    public static ApiKeyRing Parse(string text)
    {
        var entries = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new([.. entries.Select((entry, index) => Entry(entry, index + 1))]);
    }

    /// <summary>The role of a presented key; null: no such key. Every digest is compared in constant time, also after a match.</summary>
    public ApiRole? RoleOf(string presented)
    {
        var digest = Digest(presented);
        ApiRole? found = null;
        foreach (var key in keys)
            if (CryptographicOperations.FixedTimeEquals(key.Digest, digest) && (found is null || key.Role > found)) found = key.Role;
        return found;
    }

    /// <summary>Tells a key from others in the record, and gives nothing of it away.</summary>
    public static string MarkOf(string presented) => Convert.ToHexStringLower(Digest(presented))[..8];

    static (ApiRole, byte[]) Entry(string entry, int number)
    {
        var parts = entry.Split('=', 2);       // a key may itself end in "=", as base64 does
        ApiRole? role = parts[0] switch { "read" => ApiRole.Read, "trade" => ApiRole.Trade, "ops" => ApiRole.Ops, _ => null };
        if (role is null || parts.Length < 2 || parts[1].Length is < 16 or > 128 || parts[1].Any(c => c is <= ' ' or > '~'))
            throw RestAdapterOptions.Wrong(RestAdapterOptions.KeysVariable, $"(hidden; entry {number} is wrong)", Form);
        return (role.Value, Digest(parts[1]));
    }

    static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
