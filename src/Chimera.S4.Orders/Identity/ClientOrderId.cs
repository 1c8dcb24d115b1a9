using System.Buffers;
using System.Buffers.Text;

namespace Chimera.S4.Orders;

/// <summary>
/// The name of a venue order: prefix, 22 base64url characters of the saga id, leg, attempt (design §3.7). Any report or orphan names its intent without a look-up,
/// and "ours" means this prefix. At most 30 of the 36 characters that Binance allows, so that a cancel id still fits.
/// </summary>
/// <param name="Prefix">2–4 characters of <c>[A-Za-z0-9_-]</c>; deployments that share an account differ in it (<c>S4_ID_PREFIX</c>).</param>
/// <param name="Leg">0–1295 inclusive: which quantity of the intent the order works on.</param>
/// <param name="Attempt">0–1295 inclusive: re-quotes and fallbacks of that leg. A re-send of an unproven placement is not an attempt: it keeps its id.</param>
public readonly record struct ClientOrderId(string Prefix, Guid SagaId, int Leg, int Attempt)
{
    const int Base = 36, MaxNumber = Base * Base - 1, SagaLength = 22;

    /// <summary>What follows the prefix: saga id, leg, attempt.</summary>
    internal const int TailLength = SagaLength + 4;
    const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public override string ToString()
    {
        if (Leg is < 0 or > MaxNumber) throw new InvalidOperationException($"leg {Leg} is outside 0–{MaxNumber}");
        if (Attempt is < 0 or > MaxNumber) throw new InvalidOperationException($"attempt {Attempt} is outside 0–{MaxNumber}");
        Span<byte> raw = stackalloc byte[16];
        SagaId.TryWriteBytes(raw, bigEndian: true, out _);
        return $"{Prefix}{Base64Url.EncodeToString(raw)}{Digits[Leg / Base]}{Digits[Leg % Base]}{Digits[Attempt / Base]}{Digits[Attempt % Base]}";
    }

    /// <summary>The id of the request that cancels an order: the order's id, <c>c</c>, and the number of the try in one base-36 digit.</summary>
    public static string CancelId(string clientOrderId, int tries) => $"{clientOrderId}c{Digits[tries % Base]}";

    /// <summary>Reads an order's or a cancel's id back. False: not ours.</summary>
    public static bool TryParse(string? text, string prefix, out ClientOrderId id)
    {
        id = default;
        var idLength = prefix.Length + TailLength;
        if (text is null || !text.StartsWith(prefix, StringComparison.Ordinal)) return false;
        if (text.Length != idLength && !(text.Length == idLength + 2 && text[idLength] == 'c' && Digits.Contains(text[^1]))) return false;
        Span<byte> raw = stackalloc byte[16];
        // The Try… form of this throws on a foreign letter, and the venue allows '.', ':' and '/' in the ids of others.
        if (Base64Url.DecodeFromChars(text.AsSpan(prefix.Length, SagaLength), raw, out _, out var written) is not OperationStatus.Done || written != 16) return false;
        if (Number(text, prefix.Length + SagaLength) is not { } leg || Number(text, prefix.Length + SagaLength + 2) is not { } attempt) return false;
        id = new ClientOrderId(prefix, new Guid(raw, bigEndian: true), leg, attempt);
        return true;
    }

    static int? Number(string text, int at)
    {
        var (high, low) = (Digits.IndexOf(text[at], StringComparison.Ordinal), Digits.IndexOf(text[at + 1], StringComparison.Ordinal));
        return high < 0 || low < 0 ? null : high * Base + low;
    }
}
