using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>One venue's REST interface: where it is, how requests to it are signed, and its clock.</summary>
sealed class BinanceApi
{
    readonly VenueDialect dialect;
    readonly BinanceHttp http;
    readonly IOptions<BinanceOptions> options;
    readonly TimeProvider time;
    readonly Lazy<RequestSigner> signer;

    public BinanceApi(VenueDialect dialect, BinanceHttp http, IOptions<BinanceOptions> options, TimeProvider time)
    {
        (this.dialect, this.http, this.options, this.time) = (dialect, http, options, time);
        // Options are read at first use, not here: in paper mode the exchange's address is known only once it runs.
        signer = new(() => new RequestSigner(options.Value.Secret));
        Clock = new ServerClock(time);
    }

    public ServerClock Clock { get; }
    public VenueDialect Dialect => dialect;
    public BinanceOptions Options => options.Value;
    public TimeProvider Time => time;

    /// <summary>Signs parameters for the venue's present time: <c>recvWindow</c>, <c>timestamp</c> (ms), <c>signature</c> last.</summary>
    public SignedRequest Sign(Params parameters)
    {
        var timestamp = DateTimeOffset.FromUnixTimeMilliseconds(Clock.Now.ToUnixTimeMilliseconds());
        var window = options.Value.ReceiveWindow;
        parameters.Add("recvWindow", (long)window.TotalMilliseconds).Add("timestamp", timestamp.ToUnixTimeMilliseconds());
        return new SignedRequest(signer.Value.Seal(parameters.Text), timestamp, window);
    }

    /// <summary>The signature of a WebSocket request: <c>k=v</c> sorted by name, joined by <c>&amp;</c>, not percent-encoded.</summary>
    public string SignSorted(IEnumerable<KeyValuePair<string, string>> parameters) =>
        signer.Value.Sign(string.Join('&', parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")));

    public Task<HttpReply> Post(string path, SignedRequest request, CancellationToken cancel) => Signed(HttpMethod.Post, path, null, request.Text, cancel);

    public Task<HttpReply> Get(string path, Params parameters, CancellationToken cancel) => Signed(HttpMethod.Get, path, Sign(parameters).Text, null, cancel);

    public Task<HttpReply> Delete(string path, Params parameters, CancellationToken cancel) => Signed(HttpMethod.Delete, path, Sign(parameters).Text, null, cancel);

    /// <summary>A public read: no key, no signature.</summary>
    public Task<HttpReply> GetPublic(string path, Params? parameters, CancellationToken cancel) =>
        http.Send(HttpMethod.Get, Address(path, parameters?.Text), null, withKey: false, cancel);

    /// <summary>A request with the key alone (listen keys).</summary>
    public Task<HttpReply> Keyed(HttpMethod method, string path, CancellationToken cancel) =>
        http.Send(method, Address(path, null), method == HttpMethod.Get ? null : "", withKey: true, cancel);

    /// <summary>Sets the clock from the venue's own <c>/time</c>. False: it did not answer.</summary>
    public Task<bool> SyncClock(CancellationToken cancel) => Clock.Sync(async stop =>
    {
        var reply = await GetPublic(dialect.TimePath, null, stop);
        return reply.IsSuccess ? reply.Json?.Time("serverTime") : null;
    }, cancel);

    async Task<HttpReply> Signed(HttpMethod method, string path, string? query, string? form, CancellationToken cancel)
    {
        var reply = await http.Send(method, Address(path, query), form, withKey: true, cancel);
        // -1021 (gateway) and -5028 (futures engine): the time stamp was off. Nothing was executed; the next request is to be signed with a clock set anew.
        if (reply.Error is { Code: -1021 or -5028 }) await SyncClock(cancel);
        return reply;
    }

    string Address(string path, string? query) =>
        $"{options.Value.RestUrl(dialect.Market)}{path}{(string.IsNullOrEmpty(query) ? "" : "?" + query)}";
}
