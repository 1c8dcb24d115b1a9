namespace Chimera.S4.Simulator.Gateway;

/// <summary>A refusal as the venue words it. Thrown before anything has changed.</summary>
internal sealed class VenueError(int code, string text, int httpStatus = 400) : Exception(text)
{
    public int Code => code;
    public int HttpStatus => httpStatus;

    /// <summary>Seconds for the <c>Retry-After</c> header.</summary>
    public long? RetryAfter { get; init; }

    public static VenueError Filter(string name) => new(-1013, $"Filter failure: {name}");
    public static VenueError Missing(string parameter) =>
        new(-1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");
    public static VenueError NoOrderNamed() => new(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
    public static VenueError NoSuchOrder() => new(-2013, "Order does not exist.");
    public static VenueError UnknownOrder() => new(-2011, "Unknown order sent.");
}
