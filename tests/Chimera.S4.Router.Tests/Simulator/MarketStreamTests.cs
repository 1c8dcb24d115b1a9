using System.Text.Json;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_market_stream : SimulatorTest
{
    [Theory]
    [InlineData("/ws/btcusdt@bookTicker", "SPOT", "a", "91001.00000000")]
    [InlineData("/public/ws/btcusdt@bookTicker", "FUT", "a", "91001.0")]
    public async Task Of_the_best_prices_follows_the_market(string path, string venue, string field, string ask)
    {
        await using var stream = await TestSocket.Open(Simulator.Address, path);
        await Market(new { venue, symbol = "BTCUSDT", mid = "91000" });
        await stream.Next(m => m.GetProperty(field).GetString() == ask);
    }

    [Fact]
    public async Task Is_wrapped_under_its_name_where_many_share_a_socket()
    {
        await using var stream = await TestSocket.Open(Simulator.Address, "/stream?streams=btcusdt@aggTrade/btcusdt@depth5@100ms");
        await stream.SendText("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":null}""");
        await stream.Next(m => m.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.Null);
        await Spot("side=BUY&type=MARKET&quantity=0.25");
        var trade = (await stream.Next(Of("btcusdt@trade"))).GetProperty("data");
        Assert.Equal(("0.25000000", false), (trade.GetProperty("q").GetString(), trade.GetProperty("m").GetBoolean()));
        var depth = (await stream.Next(Of("btcusdt@depth5@100ms"))).GetProperty("data");
        Assert.Equal(5, depth.GetProperty("bids").GetArrayLength());
    }

    [Theory]
    [InlineData("/ws/btcusdt@depth@100ms", "/api/v3/depth?symbol=BTCUSDT&limit=1000", "SPOT")]
    [InlineData("/public/ws/btcusdt@depth@100ms", "/fapi/v1/depth?symbol=BTCUSDT&limit=1000", "FUT")]
    public async Task Of_the_depth_rebuilds_the_book_from_a_snapshot(string path, string snapshotPath, string venue)
    {
        await using var stream = await TestSocket.Open(Simulator.Address, path);
        await stream.Next();
        await Market(new { venue, symbol = "BTCUSDT", volatility = "0.01" });
        var snapshot = (await Client.Public(snapshotPath)).Json;
        var (local, book) = (snapshot.GetProperty("lastUpdateId").GetInt64(), new SortedDictionary<decimal, decimal>());
        Apply(book, snapshot.GetProperty("asks"));
        for (var applied = 0; applied < 5;)
        {
            var update = await stream.Next();
            var (first, last) = (update.GetProperty("U").GetInt64(), update.GetProperty("u").GetInt64());
            if (last <= local) continue;
            Assert.True(first <= local + 1);
            if (venue is "FUT" && applied > 0) Assert.Equal(local, update.GetProperty("pu").GetInt64());
            Apply(book, update.GetProperty("a"));
            (local, applied) = (last, applied + 1);
        }
        Assert.Equal(20, book.Count);
    }

    [Fact]
    public async Task Of_the_mark_price_beats_once_a_second()
    {
        await using var stream = await TestSocket.Open(Simulator.Address, "/market/stream?streams=btcusdt@markPrice@1s");
        Assert.Equal("90000.00000000", (await stream.Next()).GetProperty("data").GetProperty("p").GetString());
    }

    private static Func<JsonElement, bool> Of(string name) => message => message.TryGetProperty("stream", out var stream) && stream.GetString() == name;

    private static void Apply(SortedDictionary<decimal, decimal> book, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, qty) = (decimal.Parse(level[0].GetString()!), decimal.Parse(level[1].GetString()!));
            if (qty == 0) book.Remove(price);
            else book[price] = qty;
        }
    }
}

public class A_quiet_socket : SimulatorTest
{
    protected override Chimera.S4.Simulator.SimulatorOptions Options => base.Options with { PingInterval = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task Is_pinged_and_closed_when_no_pong_comes()
    {
        using var tcp = await RawSocket.Open(Simulator.Address, "/ws-api/v3");
        var seen = new MemoryStream();
        var buffer = new byte[256];
        try
        {
            for (int read; (read = await tcp.GetStream().ReadAsync(buffer)) > 0;) seen.Write(buffer, 0, read);
        }
        catch (IOException)
        {
            // Reset instead of closed: as good an end.
        }
        var afterHandshake = seen.ToArray()[(System.Text.Encoding.ASCII.GetString(seen.ToArray()).IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(0x89, afterHandshake[0]);
    }
}

internal static class RawSocket
{
    /// <summary>A WebSocket without a client behind it: it never answers by itself.</summary>
    public static async Task<System.Net.Sockets.TcpClient> Open(Uri address, string path)
    {
        var tcp = new System.Net.Sockets.TcpClient { ReceiveBufferSize = 1024 };
        await tcp.ConnectAsync(address.Host, address.Port);
        var request = $"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await tcp.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        return tcp;
    }
}

public class A_reader_that_is_too_slow : SimulatorTest
{
    protected override Chimera.S4.Simulator.SimulatorOptions Options => base.Options with { SocketBacklog = 4, TickInterval = TimeSpan.FromMilliseconds(1), Volatility = 0.01 };

    [Fact]
    public async Task Is_disconnected_and_the_exchange_goes_on()
    {
        using var tcp = await RawSocket.Open(Simulator.Address, "/stream?streams=btcusdt@depth20@100ms/btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade");
        // Nothing is read until the simulator has given up on this socket, which a write then shows.
        await Until(async () =>
        {
            try
            {
                await tcp.GetStream().WriteAsync(new byte[] { 0x8A, 0x80, 0, 0, 0, 0 });
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        });
        Assert.Equal(200, (await Client.Public("/api/v3/ping")).Status);
    }
}
