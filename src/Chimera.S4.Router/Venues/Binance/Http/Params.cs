using System.Globalization;
using System.Text;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Parameters of one request in the order they were added, percent-encoded at once: Binance verifies the signature over the encoded text (-1022 otherwise).</summary>
sealed class Params
{
    readonly StringBuilder text = new();

    public string Text => text.ToString();

    /// <summary>Adds a parameter; null leaves it out.</summary>
    public Params Add(string name, string? value)
    {
        if (value is null) return this;
        if (text.Length > 0) text.Append('&');
        text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public Params Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));
}
