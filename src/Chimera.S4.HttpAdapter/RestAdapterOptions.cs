using Chimera.S4.HttpAdapter.Security;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter;

/// <summary>Where the REST adapter listens, whom it lets in and how long it waits. Environment: <c>S4_HTTP_URLS</c>, <c>S4_HTTP_WAIT_MS</c>, <c>S4_HTTP_CANCELS_PER_MINUTE</c>, <c>S4_API_KEYS</c>.</summary>
public sealed class RestAdapterOptions
{
    public const string UrlsVariable = "S4_HTTP_URLS";
    public const string WaitVariable = "S4_HTTP_WAIT_MS";
    public const string CancelsVariable = "S4_HTTP_CANCELS_PER_MINUTE";
    public const string KeysVariable = "S4_API_KEYS";

    /// <summary>Addresses to listen on, separated by <c>;</c> in the variable. Default <c>http://127.0.0.1:8084</c>; port 0 takes a free one. Beyond loopback only with keys.</summary>
    public string[] Urls { get; set; } = ["http://127.0.0.1:8084"];

    /// <summary>What <c>POST /orders</c> waits beyond the maker window, and <c>POST /cancel</c> altogether, before it answers 202. Default 1,000 ms; 0–60,000 inclusive, 0 waits for nothing.</summary>
    public TimeSpan WaitMargin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many cancels one caller may send within a minute, before it is answered 429. Default 600; 1–100,000 inclusive. Of every key, and where there are no keys of all callers together; each process counts for itself.</summary>
    public int CancelsPerMinute { get; set; } = 600;

    /// <summary>Who may call. None (the default): everybody who reaches a loopback address.</summary>
    public ApiKeyRing Keys { get; set; } = ApiKeyRing.Open;

    /// <summary>How long a message may take to the broker's confirm before the caller gets 503. Not a variable: 3 s is the bound of design §3.10.</summary>
    public TimeSpan HandOverBound { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a read may take before the caller gets 503. Not a variable.</summary>
    public TimeSpan ReadBound { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a lever that asks the venue, or tells many orders, may take before its caller gets 503. Not a variable.</summary>
    public TimeSpan LeverBound { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long <c>GET /health</c> waits for the router before it says DOWN. Not a variable.</summary>
    public TimeSpan HealthBound { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>In-memory bus only: how long an intent may stay uncommitted before the caller gets 503 instead of 202. Not a variable.</summary>
    public TimeSpan CommitBound { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes what the environment says.</summary>
    /// <exception cref="OptionsValidationException">A value is wrong; the message names the variable, the value (never a key) and what is allowed.</exception>
    internal void Read(IConfiguration configuration)
    {
        if (configuration[UrlsVariable] is { Length: > 0 } urls) Urls = ListenAddress.Split(urls);
        if (configuration[WaitVariable] is { Length: > 0 } wait)
            WaitMargin = int.TryParse(wait, out var ms) && ms is >= 0 and <= 60_000
                ? TimeSpan.FromMilliseconds(ms)
                : throw Wrong(WaitVariable, wait, "a whole number of milliseconds, 0–60000");
        if (configuration[CancelsVariable] is { Length: > 0 } cancels)
            CancelsPerMinute = int.TryParse(cancels, out var most) && most is >= 1 and <= 100_000
                ? most
                : throw Wrong(CancelsVariable, cancels, "a whole number of cancels per minute, 1–100000");
        if (configuration[KeysVariable] is { Length: > 0 } keys) Keys = ApiKeyRing.Parse(keys);
        ListenAddress.RefuseStrangers(Urls, Keys);
    }

    internal static OptionsValidationException Wrong(string variable, string value, string allowed) =>
        new(variable, typeof(RestAdapterOptions), [$"{variable} is \"{value}\"; allowed: {allowed}."]);
}
