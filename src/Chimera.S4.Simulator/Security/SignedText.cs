using System.Text;

namespace Chimera.S4.Simulator.Security;

/// <summary>What a signature covers (reference §1.1).</summary>
internal static class SignedText
{
    /// <summary>REST: the raw query followed at once by the raw body, no <c>&amp;</c> between them, wherever the signature itself stands.</summary>
    public static string OfRequest(string rawQuery, string rawBody) => Without(rawQuery) + Without(rawBody);

    /// <summary>WebSocket API: parameters sorted by name, values as they are, not percent-encoded.</summary>
    public static string OfParameters(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters.Where(p => p.Key != "signature").OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (text.Length > 0) text.Append('&');
            text.Append(name).Append('=').Append(value);
        }
        return text.ToString();
    }

    private static string Without(string raw) =>
        raw.Contains("signature=", StringComparison.Ordinal)
            ? string.Join('&', raw.Split('&').Where(pair => !pair.StartsWith("signature=", StringComparison.Ordinal)))
            : raw;
}
