using System.Net;
using System.Net.Sockets;
using System.Text;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>Reference binance §5, row by row.</summary>
public class A_venues_answer
{
    static async Task<VenueAnswer> Ask(string market, string request, int status, string body, Action<HttpResponse>? headers = null)
    {
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(stub.Rest);
        stub.Answer = sent => sent.Path.EndsWith("/time", StringComparison.Ordinal) ? (200, """{"serverTime":1763800000000}""") : (status, body);
        stub.Headers = headers ?? stub.Headers;
        return await Send(rig.Venue(market), market, request);
    }

    internal static Task<VenueAnswer> Send(IVenue venue, string market, string request) => request switch
    {
        "place" => venue.Place(venue.Sign(Rig.Placement(market)), default),
        "cancel" => venue.Cancel(Rig.CancelOf(market), default),
        _ => venue.Query(new("BTCUSDT", "r-01"), default),
    };

    [Theory]
    [InlineData("SPOT place  400 -2010 Duplicate order sent. -> Exists")]
    [InlineData("SPOT place  400 -2010 Account has insufficient balance for requested action. -> Rejected InsufficientBalance")]
    [InlineData("SPOT place  400 -2010 Order would immediately match and take. -> Rejected WouldTake")]
    [InlineData("SPOT place  400 -2010 Order would trigger immediately. -> Rejected WouldTrigger")]
    [InlineData("SPOT place  400 -2010 Market is closed. -> Rejected VenueRejected")]
    [InlineData("SPOT place  400 -2010 This symbol is not permitted for this account. -> Rejected VenueKey")]
    [InlineData("SPOT place  400 -1013 Filter failure: LOT_SIZE -> Rejected VenueFilter")]
    [InlineData("SPOT place  400 -1013 Filter failure: MAX_NUM_ORDERS -> Rejected VenueTooManyOrders")]
    [InlineData("SPOT place  400 -1013 Filter failure: MAX_NUM_ALGO_ORDERS -> Rejected VenueTooManyOrders")]
    [InlineData("SPOT place  400 -1013 Filter failure: MAX_NUM_ORDER_LISTS -> Rejected VenueTooManyOrders")]
    [InlineData("SPOT place  400 -1013 Filter failure: EXCHANGE_MAX_NUM_ORDERS -> Rejected VenueTooManyOrders")]
    [InlineData("SPOT place  400 -2010 Filter failure: MAX_NUM_ORDERS -> Rejected VenueTooManyOrders")]
    [InlineData("SPOT place  400 -1013 Filter failure: MAX_POSITION -> Rejected VenueFilter")]
    [InlineData("SPOT place  400 -1111 Parameter 'quantity' has too much precision. -> Rejected VenueFilter")]
    [InlineData("SPOT place  400 -1121 Invalid symbol. -> Rejected VenueRejected")]
    [InlineData("SPOT place  400 -1022 Signature for this request is not valid. -> Rejected VenueKey")]
    [InlineData("SPOT place  401 -2015 Invalid API-key, IP, or permissions for action. -> Rejected VenueKey")]
    [InlineData("SPOT place  400 -2021 a cancel-replace word, here of no account -> Rejected VenueRejected")]
    [InlineData("SPOT place  400 -2022 a cancel-replace word, here of no account -> Rejected VenueRejected")]
    [InlineData("SPOT place  400 -1021 Timestamp for this request is outside of the recvWindow. -> NotExecuted")]
    [InlineData("SPOT place  429 -1015 Too many new orders. -> NotExecuted")]
    [InlineData("SPOT place  429 -1003 Too much request weight used. -> NotExecuted")]
    [InlineData("SPOT place  418 -1003 Way too much request weight used; IP banned until 1763800600000. -> NotExecuted")]
    [InlineData("SPOT place  400 -1007 Timeout waiting for response from backend server. -> Unknown")]
    [InlineData("SPOT place  504 -1007 Timeout waiting for response from backend server. -> Unknown")]
    [InlineData("SPOT place  500 -1000 An unknown error occurred while processing the request. -> Unknown")]
    [InlineData("SPOT place  503 -1008 Server is currently overloaded with other requests. -> Unknown")]
    [InlineData("SPOT place  400 -1006 An unexpected response was received from the message bus. -> Unknown")]
    [InlineData("SPOT place  400 -1001 Internal error; unable to process your request. -> Unknown")]
    [InlineData("SPOT place  500 -2010 even a refusal means nothing with a 5XX -> Unknown")]
    [InlineData("SPOT cancel 400 -2011 Unknown order sent. -> NotOpen")]
    [InlineData("SPOT cancel 400 -2013 Order does not exist. -> NotOpen")]
    [InlineData("SPOT cancel 400 -1100 Illegal characters found in parameter. -> Rejected VenueRejected")]
    [InlineData("SPOT cancel 502 -1000 nobody knows -> Unknown")]
    [InlineData("SPOT query  400 -2013 Order does not exist. -> NotFound")]
    [InlineData("SPOT query  400 -2018 Order list does not exist. -> NotFound")]
    [InlineData("SPOT query  401 -2015 a look refused says nothing of the order -> Unknown VenueKey")]
    [InlineData("SPOT query  503 -1008 Server is currently overloaded with other requests. -> Unknown")]
    [InlineData("SPOT query  429 -1003 Too many requests. -> NotExecuted")]
    [InlineData("FUT  place  400 -4116 clientOrderId is duplicated. -> Exists")]
    [InlineData("FUT  place  400 -2019 Margin is insufficient. -> Rejected InsufficientMargin")]
    [InlineData("FUT  place  400 -2018 Balance is insufficient. -> Rejected InsufficientBalance")]
    [InlineData("FUT  place  400 -2021 Order would immediately trigger. -> Rejected WouldTrigger")]
    [InlineData("FUT  place  400 -4142 REJECT: take profit or stop order will be triggered immediately. -> Rejected WouldTrigger")]
    [InlineData("FUT  cancel 400 -4117 Stop order is triggering. -> NotOpen")]
    [InlineData("FUT  place  400 -2022 ReduceOnly Order is rejected. -> Rejected ReduceOnlyRejected")]
    [InlineData("FUT  place  400 -4118 ReduceOnly Order Failed. -> Rejected ReduceOnlyLocked")]
    [InlineData("FUT  place  400 -5022 Due to the order could not be executed as maker, the Post Only order will be rejected. -> Rejected WouldTake")]
    [InlineData("FUT  place  400 -5021 Due to the order could not be filled immediately, the FOK order has been rejected. -> Rejected FokNotFilled")]
    [InlineData("FUT  place  400 -1013 Filter failure. -> Rejected VenueFilter")]
    [InlineData("FUT  place  400 -1111 Precision is over the maximum defined for this asset. -> Rejected VenueFilter")]
    [InlineData("FUT  place  400 -4004 Quantity less than min quantity. -> Rejected VenueFilter")]
    [InlineData("FUT  place  400 -4014 Price not increased by tick size. -> Rejected VenueFilter")]
    [InlineData("FUT  place  400 -4023 Qty not increased by step size. -> Rejected VenueFilter")]
    [InlineData("FUT  place  400 -4164 Order's notional must be no smaller than 50. -> Rejected VenueFilter")]
    [InlineData("FUT  place  400 -2025 Reach max open order limit. -> Rejected VenueTooManyOrders")]
    [InlineData("FUT  place  400 -4045 Reach max stop order limit. -> Rejected VenueTooManyOrders")]
    [InlineData("FUT  place  400 -2027 Exceeded the maximum allowable position at current leverage. -> Rejected VenueRejected")]
    [InlineData("FUT  place  400 -4061 Order's position side does not match user's setting. -> Rejected VenueRejected")]
    [InlineData("FUT  place  400 -4120 Order type not supported for this endpoint. -> Rejected VenueRejected")]
    [InlineData("FUT  place  401 -2014 API-key format invalid. -> Rejected VenueKey")]
    [InlineData("FUT  place  400 -1021 Timestamp for this request is outside of the recvWindow. -> NotExecuted")]
    [InlineData("FUT  place  400 -5028 Timestamp for this request is outside of the ME recvWindow. -> NotExecuted")]
    [InlineData("FUT  place  429 -1015 Too many new orders. -> NotExecuted")]
    [InlineData("FUT  place  503 -1000 Unknown error, please check your request or try again later. -> Unknown")]
    [InlineData("FUT  place  503 -1000 Service Unavailable. -> FailedVerify")]
    [InlineData("FUT  place  503 -1001 Internal error; unable to process your request. Please try again. -> FailedVerify")]
    [InlineData("FUT  place  503 -1008 Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again. -> FailedVerify")]
    [InlineData("FUT  place  503 -1008 Server is currently overloaded with other requests. Please try again in a few minutes. -> FailedVerify")]
    [InlineData("FUT  place  408 -1007 Timeout waiting for response from backend server. -> Unknown")]
    [InlineData("FUT  place  400 -1006 An unexpected response was received from the message bus. -> Unknown")]
    [InlineData("FUT  place  502 -1000 a gateway -> Unknown")]
    [InlineData("FUT  cancel 400 -2011 Unknown order sent. -> NotOpen")]
    [InlineData("FUT  cancel 503 -1008 Request throttled by system-level protection. -> NotExecuted")]
    [InlineData("FUT  query  400 -2013 Order does not exist. -> NotFound")]
    public async Task Means(string row)
    {
        var (left, right) = (row.Split(" -> ")[0], row.Split(" -> ")[1].Split(' '));
        var words = left.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
        var (market, request, status, code, text) = (words[0], words[1], int.Parse(words[2]), int.Parse(words[3]), words[4]);
        var answer = await Ask(market, request, status, Samples.Error(code, text));
        Assert.Equal(Enum.Parse<VenueOutcome>(right[0]), answer.Outcome);
        Assert.Equal(right.Length > 1 ? Enum.Parse<ReasonCode>(right[1]) : null, answer.Reason);
        Assert.Equal((status, code, text), (answer.HttpStatus!.Value, answer.VenueCode!.Value, answer.VenueText));
    }

    [Theory]
    [InlineData("SPOT", 200, "<html>welcome</html>", VenueOutcome.Unknown)]
    [InlineData("SPOT", 200, "", VenueOutcome.Unknown)]
    [InlineData("SPOT", 200, """{"symbol":"BTCUSDT","orderId":1}""", VenueOutcome.Unknown)]
    [InlineData("SPOT", 403, "<html>WAF</html>", VenueOutcome.Unknown)]
    [InlineData("SPOT", 502, "<html><h1>502 Bad Gateway</h1></html>", VenueOutcome.Unknown)]
    [InlineData("SPOT", 429, "<html>slow down</html>", VenueOutcome.NotExecuted)]
    [InlineData("FUT", 503, "<html><h1>503 Service Unavailable</h1></html>", VenueOutcome.Unknown)]
    [InlineData("FUT", 503, "", VenueOutcome.Unknown)]
    [InlineData("FUT", 503, "Service Unavailable.", VenueOutcome.FailedVerify)]
    [InlineData("FUT", 418, "", VenueOutcome.NotExecuted)]
    public async Task That_is_not_the_APIs_own_is_believed_only_where_its_status_decides(string market, int status, string body, VenueOutcome outcome) =>
        Assert.Equal(outcome, (await Ask(market, "place", status, body)).Outcome);

    [Theory]
    [InlineData("SPOT", 429, -1003, "Too much request weight used.", "7", 7)]
    [InlineData("SPOT", 429, -1015, "Too many new orders.", null, 10)]
    [InlineData("FUT", 429, -1003, "Too many requests.", null, 60)]
    [InlineData("SPOT", 418, -1003, "banned", null, 120)]
    [InlineData("FUT", 400, -5028, "Timestamp", null, null)]
    public async Task Says_how_long_to_hold(string market, int status, int code, string text, string? header, int? seconds)
    {
        var answer = await Ask(market, "place", status, Samples.Error(code, text), response => { if (header is not null) response.Headers.RetryAfter = header; });
        Assert.Equal(seconds, (int?)answer.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Names_the_end_of_a_ban_in_its_text()
    {
        var until = TimeProvider.System.GetUtcNow().AddMinutes(9).ToUnixTimeMilliseconds();
        var answer = await Ask("FUT", "place", 418, Samples.Error(-1003, $"Way too many requests; IP(1.2.3.4) banned until {until}. Please use the websocket."));
        Assert.InRange(answer.RetryAfter!.Value.TotalSeconds, 500, 540);
    }

    [Fact]
    public async Task Is_cut_to_500_characters() => Assert.Equal(500, (await Ask("SPOT", "place", 502, new string('x', 3000))).VenueText!.Length);
}

public class A_request_without_an_answer
{
    static readonly string[] Requests = ["place", "cancel", "query"];

    static Task<VenueAnswer> Send(Rig rig, string market, string request) => A_venues_answer.Send(rig.Venue(market), market, request);

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Was_not_sent_when_nobody_listens(string market)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using var rig = new Rig(new($"http://127.0.0.1:{port}"));
        foreach (var request in Requests) Assert.Equal(VenueOutcome.NotSent, (await Send(rig, market, request)).Outcome);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Was_not_sent_when_TLS_cannot_be_agreed(string market)
    {
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(new UriBuilder(stub.Rest) { Scheme = "https" }.Uri);
        foreach (var request in Requests) Assert.Equal(VenueOutcome.NotSent, (await Send(rig, market, request)).Outcome);
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_unknown_when_the_connection_is_reset(string market)
    {
        await using var stub = await StubVenue.Start();
        stub.Answer = _ => null;
        using var rig = new Rig(stub.Rest);
        foreach (var request in Requests) Assert.Equal(VenueOutcome.Unknown, (await Send(rig, market, request)).Outcome);
    }

    [Fact]
    public async Task Is_placed_once_even_when_a_kept_connection_closes_under_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = new List<string>();
        var serving = Serve();
        using var rig = new Rig(new($"http://{listener.LocalEndpoint}"));
        Assert.Equal(VenueOutcome.Known, (await rig.Spot.Query(new("BTCUSDT", "r-01"), default)).Outcome);
        Assert.Equal(VenueOutcome.Unknown, (await Send(rig, "SPOT", "place")).Outcome);
        listener.Stop();
        await serving;
        Assert.Equal(["GET", "POST"], heard);

        // Answers what it is asked, and closes politely on a POST: what an idle time-out of a load balancer looks like.
        async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var connection = await listener.AcceptSocketAsync();
                    var buffer = new byte[8192];
                    while (await connection.ReceiveAsync(buffer) is var count and > 0)
                    {
                        heard.Add(Encoding.ASCII.GetString(buffer, 0, count).Split(' ')[0]);
                        if (heard[^1] is not "GET") break;
                        var body = Samples.SpotOrder("r-01", 1);
                        await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
                    }
                    connection.Shutdown(SocketShutdown.Both);
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException) { }
        }
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_unknown_when_it_times_out(string market)
    {
        await using var stub = await StubVenue.Start();
        stub.Raw = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        using var rig = new Rig(stub.Rest, change: options => (options.ReceiveWindow, options.HttpTimeout) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)));
        var answer = await Send(rig, market, "place");
        Assert.Equal(VenueOutcome.Unknown, answer.Outcome);
        Assert.Contains("300 ms", answer.VenueText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SPOT")]
    [InlineData("FUT")]
    public async Task Is_unknown_when_only_half_of_it_came(string market)
    {
        using var half = new TcpListener(IPAddress.Loopback, 0);
        half.Start();
        using var rig = new Rig(new($"http://{half.LocalEndpoint}"));
        var pending = Send(rig, market, "place");
        using var connection = await half.AcceptSocketAsync();
        await connection.ReceiveAsync(new byte[8192]);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Samples.SpotFull.Length}\r\n\r\n{Samples.SpotFull[..100]}"));
        connection.Shutdown(SocketShutdown.Send);
        var answer = await pending;
        Assert.Equal((VenueOutcome.Unknown, 200), (answer.Outcome, answer.HttpStatus!.Value));
    }

    [Fact]
    public async Task Throws_only_when_the_caller_gives_up()
    {
        await using var stub = await StubVenue.Start();
        stub.Raw = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        using var rig = new Rig(stub.Rest);
        using var giveUp = new CancellationTokenSource();
        var pending = rig.Spot.Place(rig.Spot.Sign(Rig.Placement("SPOT")), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
    }
}
