using System.Security.Cryptography;
using System.Text;

namespace Chimera.S4.System.Tests.Check;

/// <summary>Client order ids as design §3.7 words them, computed here once more: <c>s4</c>, 22 base64url characters of UUIDv5(name space, intent_id), leg, attempt.</summary>
static class ClientOrderIds
{
    const string NameSpace = "6f4a1c1e54b55d0b9a535c41c0a4e5a4";

    /// <summary>What the ids of every order of one leg begin with: 26 characters.</summary>
    public static string Leg(string intentId, string leg = "00") => "s4" + Convert.ToBase64String(Uuid(intentId)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + leg;

    /// <summary>The saga's id, as it is written in keys.</summary>
    public static Guid Saga(string intentId) => new(Uuid(intentId), bigEndian: true);

    static byte[] Uuid(string intentId)
    {
        byte[] input = [.. Convert.FromHexString(NameSpace), .. Encoding.UTF8.GetBytes(intentId)];
        var uuid = SHA1.HashData(input)[..16];
        uuid[6] = (byte)(uuid[6] % 16 + 5 * 16);
        uuid[8] = (byte)(uuid[8] % 64 + 128);
        return uuid;
    }

    /// <summary>What the ids of every order of the intent begin with: 24 characters.</summary>
    public static string Intent(string intentId) => Leg(intentId, "");

    public static string First(string intentId) => Leg(intentId) + "00";
}
