using System.Text.Json;
using Chimera.S4.Orders;
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
        Doubt = new InstrumentDoubt(time);
        Budget = new RateBudget(dialect.Market, dialect.Limits, Clock, time);
    }

    public ServerClock Clock { get; }
    public RateBudget Budget { get; }

    /// <summary>Raised when a filter of the venue refused an order.</summary>
    public InstrumentDoubt Doubt { get; }

    /// <summary>Every answer, and every silence.</summary>
    public AnswerTally Tally { get; } = new();
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

    public Task<HttpReply> Post(string path, SignedRequest request, CancellationToken cancel) => Signed(HttpMethod.Post, path, null, request.Text, null, cancel);

    public Task<HttpReply> Put(string path, SignedRequest request, CancellationToken cancel) => Signed(HttpMethod.Put, path, null, request.Text, null, cancel);

    /// <param name="urgency">Null: by the table of charges.</param>
    public Task<HttpReply> Get(string path, Params parameters, CancellationToken cancel, Urgency? urgency = null) =>
        Signed(HttpMethod.Get, path, Sign(parameters).Text, null, urgency, cancel);

    public Task<HttpReply> Delete(string path, Params parameters, CancellationToken cancel) => Signed(HttpMethod.Delete, path, Sign(parameters).Text, null, null, cancel);

    public Task<HttpReply> Delete(string path, SignedRequest request, CancellationToken cancel) => Signed(HttpMethod.Delete, path, request.Text, null, null, cancel);

    /// <summary>A public read: no key, no signature.</summary>
    public Task<HttpReply> GetPublic(string path, Params? parameters, CancellationToken cancel) =>
        Send(HttpMethod.Get, path, parameters?.Text, null, false, null, cancel);

    /// <summary>A request with the key alone (listen keys).</summary>
    public Task<HttpReply> Keyed(HttpMethod method, string path, CancellationToken cancel) =>
        Send(method, path, null, method == HttpMethod.Get ? null : "", true, null, cancel);

    /// <summary>Sets the clock from the venue's own <c>/time</c>. False: it did not answer.</summary>
    public Task<bool> SyncClock(CancellationToken cancel) => Clock.Sync(async stop =>
    {
        var reply = await GetPublic(dialect.TimePath, null, stop);
        return reply.IsSuccess ? reply.Json?.Time("serverTime") : null;
    }, cancel);

    async Task<HttpReply> Signed(HttpMethod method, string path, string? query, string? form, Urgency? urgency, CancellationToken cancel)
    {
        var reply = await Send(method, path, query, form, true, urgency, cancel);
        // -1021 (gateway) and -5028 (futures engine): the time stamp was off. Nothing was executed; the next request is to be signed with a clock set anew.
        if (reply.Error is { Code: -1021 or -5028 }) await SyncClock(cancel);
        return reply;
    }

    async Task<HttpReply> Send(HttpMethod method, string path, string? query, string? form, bool withKey, Urgency? urgency, CancellationToken cancel)
    {
        var charge = dialect.Charges(method, path, form ?? query ?? "");
        var ticket = Budget.Admit(urgency is { } own ? charge with { Urgency = own } : charge);
        if (ticket.Wait is { } wait) return new() { Failure = HttpFailure.Held, RetryAfter = wait, Body = $"not sent: rate budget ({ticket.Why}), free in {wait.TotalMilliseconds:0} ms" };
        // Until there is an answer the venue may have counted it: also where the caller no longer waits for one.
        var reply = new HttpReply { Failure = HttpFailure.Broken };
        try
        {
            return reply = await http.Send(method, Address(path, query), form, withKey, cancel);
        }
        finally
        {
            Budget.Settle(ticket, reply);
            if (!cancel.IsCancellationRequested) Tally.Hear(reply);
        }
    }

    string Address(string path, string? query) =>
        $"{options.Value.RestUrl(dialect.Market)}{path}{(string.IsNullOrEmpty(query) ? "" : "?" + query)}";
}
