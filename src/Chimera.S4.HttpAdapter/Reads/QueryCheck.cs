using System.Globalization;
using System.Text.RegularExpressions;
using Chimera.S4.HttpAdapter.Problems;

namespace Chimera.S4.HttpAdapter.Reads;

/// <summary>Reads query parameters one by one and keeps the first thing that is wrong. An unknown parameter is wrong too: a misspelt filter would list everything.</summary>
sealed partial class QueryCheck
{
    const string Code = "QUERY_MALFORMED";
    readonly IQueryCollection query;

    public QueryCheck(IQueryCollection query, params string[] known)
    {
        this.query = query;
        foreach (var (name, values) in query)
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase)) Wrong(name, values.ToString(), $"only {string.Join(", ", known)}");
            else if (values.Count > 1) Wrong(name, values.ToString(), "given once");
    }

    public IResult? Problem { get; private set; }

    public string? Word(string name, params string[] allowed) =>
        Text(name) is not { } value ? null : allowed.Contains(value) ? value : Wrong<string>(name, value, string.Join(", ", allowed));

    public string? Symbol(string name) =>
        Text(name) is not { } value ? null : Symbols().IsMatch(value) ? value : Wrong<string>(name, value, "a symbol such as BTCUSDT: 1–40 of A–Z, 0–9 and _");

    public string? Opaque(string name) =>
        Text(name) is not { } value ? null : value.Length is > 0 and <= 256 ? value : Wrong<string>(name, value, "1–256 characters, as the page before gave it");

    public DateTimeOffset? Instant(string name) =>
        Text(name) is not { } value ? null
        : DateTimeOffset.TryParseExact(value, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant
        : Wrong<DateTimeOffset?>(name, value, "an ISO 8601 time with offset such as 2026-01-31T12:00:00Z (a + in an offset is written %2B)");

    public int Limit(string name, int most, int otherwise) =>
        Text(name) is not { } value ? otherwise
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit
        : Wrong<int>(name, value, $"a whole number, 1–{most}");

    static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    string? Text(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;

    T? Wrong<T>(string name, string value, string allowed)
    {
        Wrong(name, value, allowed);
        return default;
    }

    void Wrong(string name, string value, string allowed) => Problem ??= Problems.Problem.Field(Code, name, value, allowed);

    [GeneratedRegex(@"^[A-Z0-9_]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Symbols();
}
