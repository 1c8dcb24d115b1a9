using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Chimera.S4.Router.Stores;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>The one connection pool to ArangoDB. Every request that S4 sends may arrive twice without harm, so one that got no answer goes on to the next address.</summary>
sealed class ArangoHttp : IDisposable
{
    readonly ArangoOptions options;
    readonly TimeProvider clock;
    readonly ArangoLogin login;
    readonly Uri[] endPoints;
    readonly HttpClient client;
    int preferred;

    public ArangoHttp(IOptions<ArangoOptions> options, TimeProvider clock)
    {
        (this.options, this.clock, login, endPoints) = (options.Value, clock, new ArangoLogin(options.Value), options.Value.EndPoints());
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            MaxConnectionsPerServer = 16,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),      // follows a change of DNS
        };
        if (this.options.Authorities() is { } authorities)
        {
            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.AddRange(authorities);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        }
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="StoreUnavailableException">No address gave an answer, or only that the server cannot serve now.</exception>
    public async Task<ArangoReply> Send(HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        var troubles = new List<string>();
        for (var tried = 0; tried < endPoints.Length; tried++)
        {
            var at = Volatile.Read(ref preferred);
            try
            {
                var (status, text) = await Authorized(endPoints[at], method, path, body, cancel);
                if (status != 503) return ArangoReply.Read(status, text);
                troubles.Add($"{endPoints[at]} {ArangoReply.Read(status, text)}");
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException)
            {
                troubles.Add($"{endPoints[at]} {problem.Message}");
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                troubles.Add($"{endPoints[at]} no answer within {options.CallTimeout.TotalMilliseconds} ms");
            }
            Interlocked.CompareExchange(ref preferred, (at + 1) % endPoints.Length, at);
        }
        throw new StoreUnavailableException($"ArangoDB: {string.Join("; ", troubles)}");
    }

    async Task<(int Status, string Body)> Authorized(Uri endPoint, HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        var credentials = await login.For(endPoint, Once, cancel);
        var answer = await Once(endPoint, method, path, body, credentials, cancel);
        return answer.Status == 401 && login.Drop(credentials) ? await Once(endPoint, method, path, body, await login.For(endPoint, Once, cancel), cancel) : answer;
    }

    async Task<(int Status, string Body)> Once(Uri endPoint, HttpMethod method, string path, byte[]? body, ArangoLogin.Credentials? credentials, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.CallTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        using var request = new HttpRequestMessage(method, new Uri(endPoint, path));
        request.Headers.Authorization = credentials?.Header;
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        using var response = await client.SendAsync(request, both.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(both.Token));
    }

    public void Dispose() => client.Dispose();
}
