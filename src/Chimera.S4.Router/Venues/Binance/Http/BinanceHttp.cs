using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>The one connection pool to Binance, spot and futures. It sends each request once and turns whatever happens into an <see cref="HttpReply"/>.</summary>
sealed class BinanceHttp(IOptions<BinanceOptions> options, TimeProvider time) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        MaxConnectionsPerServer = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // Follows a change of DNS without ever cutting a request short.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,        // our traces are nothing to the exchange
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<HttpReply> Send(HttpMethod method, string address, string? form, bool withKey, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.Value.HttpTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        using var request = new HttpRequestMessage(method, address);
        var body = form is null ? null : new FormText(form);
        request.Content = body;
        if (withKey) request.Headers.Add("X-MBX-APIKEY", options.Value.Key);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var reply = new HttpReply { Status = (int)response.StatusCode, RetryAfter = Delay(response.Headers.RetryAfter), Counts = Counts(response.Headers) };
            try
            {
                return reply with { Body = await response.Content.ReadAsStringAsync(both.Token) };
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException || IsTimeout(problem, cancel))
            {
                return reply with { Failure = HttpFailure.Broken, Body = problem.Message };
            }
        }
        catch (HttpRequestException problem)
        {
            return Failed(problem.Message, body is { Started: false } || NeverConnected(problem));
        }
        catch (OperationCanceledException problem) when (IsTimeout(problem, cancel))
        {
            return Failed($"no answer within {options.Value.HttpTimeout.TotalMilliseconds} ms", body is { Started: false });
        }
    }

    public void Dispose() => client.Dispose();

    static HttpReply Failed(string why, bool notSent) => new() { Failure = notSent ? HttpFailure.NotSent : HttpFailure.Broken, Body = why };

    static bool IsTimeout(Exception problem, CancellationToken cancel) => problem is OperationCanceledException && !cancel.IsCancellationRequested;

    static bool NeverConnected(HttpRequestException problem) =>
        problem.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    static Dictionary<string, long> Counts(HttpResponseHeaders headers)
    {
        const string Prefix = "X-MBX-";
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in headers)
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                counts[name[Prefix.Length..]] = count;
        return counts;
    }

    TimeSpan? Delay(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
}
