using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Follows public streams, for ever: connect, hear, and begin again when they end, fall silent or grow old. Messages are <c>{"stream":…,"data":{…}}</c>; the stream's name tells the symbol.</summary>
abstract class MarketFeed(BinanceApi api, string what, ILogger log) : BackgroundService
{
    /// <summary>These streams speak every second or more often. When one says nothing at all for so long, it is dead or deaf.</summary>
    static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15), MaxAge = TimeSpan.FromHours(23);

    protected Market Market => api.Dialect.Market;

    protected abstract string Address { get; }

    /// <summary>What is read over REST beside the stream, so that it is known at once.</summary>
    protected virtual Task Read(CancellationToken cancel) => Task.CompletedTask;

    /// <returns>False: the message is none of this feed's.</returns>
    protected abstract bool Heard(string symbol, string stream, JsonElement data);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var state = new UpDownLog(log, $"{Market} {what}");
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
        var reads = Read(alive.Token);
        try
        {
            using var socket = await TextSocket.Connect(Address, api.Time, stop);
            VenueMeter.Connected($"{Market} {what}");
            var born = api.Time.GetTimestamp();
            using var silence = new CancellationTokenSource(MaxSilence, api.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
            while (await socket.Receive(both.Token) is { } message)
            {
                silence.CancelAfter(MaxSilence);
                if (Take(message)) up();
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

    bool Take(JsonElement message)
    {
        if (message.Text("stream") is { } stream && message.Inner("data") is { } data && stream.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
            && Heard(stream[..at].ToUpperInvariant(), stream[at..], data)) return true;
        VenueMeter.UnknownWord(Market, "market message", message.Text("stream") ?? message.Text("e"));
        return false;
    }

    protected string Streams(string kind) => string.Join('/', api.Options.Symbols.Select(symbol => symbol.ToLowerInvariant() + kind));
}
