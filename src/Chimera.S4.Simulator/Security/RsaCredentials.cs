using System.Security.Cryptography;
using System.Text;

namespace Chimera.S4.Simulator.Security;

/// <summary>RSA PKCS#1 v1.5 with SHA-256, the signature in base64. The venue knows the public half only.</summary>
internal sealed class RsaCredentials : ICredentials, IDisposable
{
    private readonly RSA _key = RSA.Create();

    public RsaCredentials(string apiKey, string publicKeyPem)
    {
        ApiKey = apiKey;
        try
        {
            _key.ImportFromPem(publicKeyPem);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException("The RSA public key is not PEM.", error);
        }
    }

    public string ApiKey { get; }

    public bool Verify(string payload, string signature)
    {
        var given = new byte[signature.Length];
        // A plus sign that nobody percent-encoded has become a blank.
        return Convert.TryFromBase64String(signature.Replace(' ', '+'), given, out var length)
            && _key.VerifyData(Encoding.UTF8.GetBytes(payload), given.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose() => _key.Dispose();
}
