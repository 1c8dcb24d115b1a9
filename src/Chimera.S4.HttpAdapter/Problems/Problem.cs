namespace Chimera.S4.HttpAdapter.Problems;

/// <summary>Everything that is not a result is <c>application/problem+json</c> (RFC 9457) with a stable <c>code</c>.</summary>
static class Problem
{
    const int LongestQuote = 80;

    public static IResult Of(int status, string code, string title, string? detail, params (string Name, object? Value)[] more) =>
        Results.Problem(detail, statusCode: status, title: title, type: TypeOf(code),
            extensions: more.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Name, pair => pair.Value).With("code", code));

    /// <summary>400 that names the field or parameter, the value it has, and what is allowed.</summary>
    public static IResult Field(string code, string field, string? value, string allowed)
    {
        var quoted = value is null ? "absent" : Quote(value);
        return Of(400, code, "Malformed request", $"{field} is {quoted}; allowed: {allowed}.", ("field", field), ("value", value is null ? null : quoted), ("allowed", allowed));
    }

    /// <summary>503 with <c>Retry-After</c>: nothing has been acknowledged, and the same request may be sent again.</summary>
    public static IResult Unavailable(string code, string detail, string? intentId = null) =>
        new RetryLater(TimeSpan.FromSeconds(1), Of(503, code, "Try again", detail, ("intent_id", intentId)));

    public static IResult RetryAfter(TimeSpan? after, IResult problem) => new RetryLater(after ?? TimeSpan.FromSeconds(1), problem);

    /// <summary>A status that the host answers by itself, before any endpoint: no such path, no such method, not JSON.</summary>
    public static IResult Bare(int status) => status switch
    {
        404 => Of(status, "NO_SUCH_PATH", "No such path", "GET /openapi/v1.json lists what there is."),
        405 => Of(status, "METHOD_NOT_ALLOWED", "Method not allowed", "The header Allow lists what the path takes."),
        415 => Of(status, "CONTENT_TYPE", "Unsupported content type", "allowed: application/json."),
        _ => Of(status, $"HTTP_{status}", "Not served", null),
    };

    static string TypeOf(string code) => $"urn:chimera:s4:problem:{code.ToLowerInvariant().Replace('_', '-')}";

    static string Quote(string value) => value.Length <= LongestQuote ? value : value[..LongestQuote] + "…";

    static Dictionary<string, object?> With(this Dictionary<string, object?> extensions, string name, object? value)
    {
        extensions[name] = value;
        return extensions;
    }

    sealed class RetryLater(TimeSpan after, IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            // Whole seconds, at least one: Retry-After knows no fractions, and 0 would invite a storm.
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return problem.ExecuteAsync(httpContext);
        }
    }
}
