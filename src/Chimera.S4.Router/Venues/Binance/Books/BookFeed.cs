using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Follows the top of the books of the configured symbols: one REST read each, then the partial depth stream <c>&lt;symbol&gt;@depth5@100ms</c>. Spot <c>/stream?streams=a/b</c>, futures
/// <c>/public/stream?streams=a/b</c>; messages are <c>{"stream":…,"data":{…}}</c>, and the stream's name tells the symbol, because spot's data does not.
/// </summary>
sealed class BookFeed(BinanceApi api, MarketFacts facts, ILogger log) : BackgroundService
{
    const int Levels = 3;

    /// <summary>The stream speaks ten times a second. When it says nothing at all for so long, it is dead or deaf.</summary>
    static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15), MaxAge = TimeSpan.FromHours(23);

    Market Market => api.Dialect.Market;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var state = new UpDownLog(log, $"{Market} market data");
        var backOff = new BackOff();
        while (!stoppingToken.IsCancellationRequested)
        {
            var born = api.Time.GetTimestamp();
            try
            {
                await Follow(state.Up, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever it was, without prices there is no trade.
            catch (Exception problem)
            {
                state.Down(problem is OperationCanceledException ? "silent" : problem.Message);
            }
            backOff.ResetIfLasted(api.Time.GetElapsedTime(born));
            await Task.Delay(backOff.Next(), api.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Follow(Action up, CancellationToken stop)
    {
        // The reads go beside the stream: prices are there at once, and a symbol that is not listed here stops nobody.
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reads = Task.WhenAll(api.Options.Symbols.Select(symbol => ReadOnce(symbol, alive.Token)));
        try
        {
            using var socket = await TextSocket.Connect(Address(), api.Time, stop);
            VenueMeter.Connected($"{Market} market");
            var born = api.Time.GetTimestamp();
            using var silence = new CancellationTokenSource(MaxSilence, api.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
            while (await socket.Receive(both.Token) is { } message)
            {
                silence.CancelAfter(MaxSilence);
                if (Heard(message)) up();
                if (api.Time.GetElapsedTime(born) > MaxAge) throw new VenueRefusal("renewed after 23 h");
            }
            throw new VenueRefusal("the venue closed the connection");
        }
        finally
        {
            await alive.CancelAsync();
            await reads.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    string Address()
    {
        var streams = string.Join('/', api.Options.Symbols.Select(symbol => $"{symbol.ToLowerInvariant()}@depth5@100ms"));
        return Market is Market.Spot ? $"{api.Options.SpotStreamUrl}/stream?streams={streams}" : $"{api.Options.FutStreamUrl}/public/stream?streams={streams}";
    }

    /// <summary><c>GET /api/v3/depth</c>, <c>GET /fapi/v1/depth</c>: symbol, limit → bids, asks. Again until it is answered: a quiet book may say nothing on the stream for long.</summary>
    async Task ReadOnce(string symbol, CancellationToken cancel)
    {
        var backOff = new BackOff();
        while (true)
        {
            var reply = await api.GetPublic(api.Dialect.DepthPath, new Params().Add("symbol", symbol).Add("limit", 5), cancel);
            if (reply is { IsSuccess: true, Json: { } json } && Note(symbol, json, "bids", "asks")) return;
            // The venue does not list it.
            if (reply is { Status: 400 }) return;
            await Task.Delay(reply.RetryAfter ?? backOff.Next(), api.Time, cancel);
        }
    }

    bool Heard(JsonElement message)
    {
        if (message.Text("stream") is not { } stream || message.Inner("data") is not { } data || !stream.Contains("@depth", StringComparison.Ordinal))
        {
            VenueMeter.UnknownWord(Market, "market message", message.Text("stream") ?? message.Text("e"));
            return false;
        }
        var symbol = stream[..stream.IndexOf('@', StringComparison.Ordinal)].ToUpperInvariant();
        return Note(symbol, data, "bids", "asks") || Note(symbol, data, "b", "a");
    }

    /// <summary>Spot writes bids and asks, futures b and a. A message without either is none of ours.</summary>
    bool Note(string symbol, JsonElement json, string bids, string asks)
    {
        if (!json.TryGetProperty(bids, out _) || !json.TryGetProperty(asks, out _)) return false;
        facts.SetQuote(Market, symbol, new(Top(json, bids), Top(json, asks), api.Time.GetUtcNow()));
        return true;
    }

    static List<BookLevel> Top(JsonElement json, string side) => [.. json.Rows(side).Take(Levels).Select(level => new BookLevel(Number(level, 0), Number(level, 1)))];

    static decimal Number(JsonElement level, int index) =>
        level.ValueKind is JsonValueKind.Array && level.GetArrayLength() > index && WireJson.ParseMoney(level[index].ToString()) is { } number
            ? number
            : throw new WireException("a level of the book is not [price, quantity]");
}
