using System.Security.Cryptography;
using System.Text;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Signs request text with the account's secret. The secret is an HMAC key, or an RSA private key in PEM (PKCS#8); it never leaves this class.</summary>
/// <remarks>https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security</remarks>
sealed class RequestSigner
{
    readonly Func<byte[], string> sign;

    public RequestSigner(string secret)
    {
        if (IsRsa(secret))
        {
            var rsa = RSA.Create();
            // One line in an environment variable: "\n" may be written out.
            rsa.ImportFromPem(secret.Replace("\\n", "\n", StringComparison.Ordinal));
            sign = bytes =>
            {
                lock (rsa) return Convert.ToBase64String(rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            };
            return;
        }
        var key = Encoding.UTF8.GetBytes(secret);
        sign = bytes => Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes));
    }

    public static bool IsRsa(string secret) => secret.StartsWith("-----BEGIN", StringComparison.Ordinal);

    /// <summary>Hex for HMAC, base64 for RSA; not percent-encoded.</summary>
    public string Sign(string text) => sign(Encoding.UTF8.GetBytes(text));

    /// <summary>The text with its signature as the last parameter.</summary>
    public string Seal(string text) => $"{text}&signature={Uri.EscapeDataString(Sign(text))}";
}
