using System.Security.Cryptography;
using System.Text;

namespace Chimera.S4.Simulator.Security;

/// <summary>A key and the way its signatures are proven.</summary>
internal interface ICredentials
{
    string ApiKey { get; }

    bool Verify(string payload, string signature);
}

/// <summary>HMAC-SHA256 in hexadecimal, upper or lower case.</summary>
internal sealed class HmacCredentials(string apiKey, string secret) : ICredentials
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public string ApiKey => apiKey;

    public bool Verify(string payload, string signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Length != given.Length * 2) return false;
        if (Convert.FromHexString(signature, given, out _, out _) is not System.Buffers.OperationStatus.Done) return false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(payload), expected);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
