using System.Security.Cryptography;
using System.Text;

namespace Chimera.S4.Orders;

/// <summary>The saga id of an intent: UUIDv5 of its <c>intent_id</c> (design §3.7), so that every replica and every restart derive the same one.</summary>
public static class SagaIds
{
    // Our own RFC 9562 name space; changing it would orphan every stored intent.
    static readonly Guid NameSpace = new("6f4a1c1e-54b5-5d0b-9a53-5c41c0a4e5a4");

    public static Guid Of(string intentId) => Derive(NameSpace, intentId);

    /// <summary>UUIDv5 of a name within another id: timer tokens and the like.</summary>
    public static Guid Derive(Guid within, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        within.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input[..length], hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x50);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
