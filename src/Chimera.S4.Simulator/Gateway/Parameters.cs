using System.Globalization;
using System.Net;

namespace Chimera.S4.Simulator.Gateway;

/// <summary>The parameters of one request, from query and form body. Where both name one, the query wins (reference §1.1).</summary>
internal sealed class Parameters
{
    private const string NumberForm = @"^([0-9]{1,20})(\.[0-9]{1,20})?$";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Parameters(string rawQuery, string rawBody)
    {
        (RawQuery, RawBody) = (rawQuery, rawBody);
        Add(rawQuery);
        Add(rawBody);
    }

    public string RawQuery { get; }
    public string RawBody { get; }

    public bool Has(string name) => _values.TryGetValue(name, out var value) && value.Length > 0;
    public string? Text(string name) => Has(name) ? _values[name] : null;
    public string Required(string name) => Text(name) ?? throw VenueError.Missing(name);

    /// <summary>A decimal without sign or exponent, as the wire has them.</summary>
    public decimal? Amount(string name)
    {
        if (Text(name) is not { } text) return null;
        if (text.StartsWith('-')) throw new VenueError(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{NumberForm}'.");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new VenueError(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{NumberForm}'.");
    }

    public decimal RequiredAmount(string name) => Amount(name) ?? throw VenueError.Missing(name);

    public long? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new VenueError(-1100, $"Illegal characters found in parameter '{name}'; legal range is '^[0-9]{{1,20}}$'.");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null => false,
        var text when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        var text when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw new VenueError(-1130, $"Data sent for parameter '{name}' is not valid."),
    };

    /// <summary>A number between 1 and <paramref name="max"/>; above it counts as the most.</summary>
    public int Limit(int standard, int max) => (int)Math.Clamp(Number("limit") ?? standard, 1, max);

    private void Add(string raw)
    {
        foreach (var pair in raw.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            _values.TryAdd(name, equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]));
        }
    }
}
