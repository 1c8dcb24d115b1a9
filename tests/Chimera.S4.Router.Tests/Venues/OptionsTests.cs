using Chimera.S4.Orders;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class The_Binance_options
{
    static (BinanceOptions Options, string Problems) Read(params string[] lines)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new[] { "S4_BINANCE_KEY=k", "S4_BINANCE_SECRET=s3cr3t" }.Concat(lines).Select(line => line.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(g => g.Key, g => (string?)g.Last()[1]))
            .Build();
        var options = new BinanceOptions();
        options.Read(configuration);
        return (options, string.Join('\n', new BinanceOptionsRules().Validate(null, options).Failures ?? []));
    }

    [Fact]
    public void Point_at_demo_trading_by_default()
    {
        var (options, problems) = Read();
        Assert.Equal("", problems);
        Assert.Equal(
            ["https://demo-api.binance.com", "https://demo-fapi.binance.com", "wss://demo-ws-api.binance.com", "wss://demo-stream.binance.com", "wss://demo-fstream.binance.com"],
            [options.RestUrl(Market.Spot), options.RestUrl(Market.Fut), options.SpotWsApiUrl, options.SpotStreamUrl, options.FutStreamUrl]);
        Assert.Equal((1000, 10_000), (options.ReceiveWindow.TotalMilliseconds, options.HttpTimeout.TotalMilliseconds));
    }

    [Fact]
    public void Point_at_real_money_only_when_told()
    {
        var (options, _) = Read("S4_TESTNET=false");
        Assert.Equal(
            ["https://api.binance.com", "https://fapi.binance.com", "wss://ws-api.binance.com", "wss://stream.binance.com:9443", "wss://fstream.binance.com"],
            [options.RestUrl(Market.Spot), options.RestUrl(Market.Fut), options.SpotWsApiUrl, options.SpotStreamUrl, options.FutStreamUrl]);
    }

    [Fact]
    public void Serve_everything_from_one_base_where_one_is_given()
    {
        var (options, problems) = Read("S4_BINANCE_SPOT_REST_URL=http://127.0.0.1:9090/", "S4_BINANCE_SPOT_WS_URL=ws://127.0.0.1:9090/");
        Assert.Equal("", problems);
        Assert.Equal(["http://127.0.0.1:9090", "ws://127.0.0.1:9090", "ws://127.0.0.1:9090"], [options.RestUrl(Market.Spot), options.SpotWsApiUrl, options.SpotStreamUrl]);
    }

    [Theory]
    [InlineData("S4_BINANCE_KEY=", "S4_BINANCE_KEY is not set")]
    [InlineData("S4_BINANCE_SECRET=", "S4_BINANCE_SECRET is not set")]
    [InlineData("S4_BINANCE_SECRET=-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----", "no RSA private key")]
    [InlineData("S4_TESTNET=maybe", "allowed: true, false")]
    [InlineData("S4_BINANCE_RECV_WINDOW_MS=0", "allowed: 1–60000")]
    [InlineData("S4_BINANCE_RECV_WINDOW_MS=60001", "allowed: 1–60000")]
    [InlineData("S4_BINANCE_RECV_WINDOW_MS=1s", "a whole number of milliseconds, 1–60000")]
    [InlineData("S4_BINANCE_HTTP_TIMEOUT_MS=1000", "more than S4_BINANCE_RECV_WINDOW_MS (1000)")]
    [InlineData("S4_BINANCE_HTTP_TIMEOUT_MS=70000", "at most 60000")]
    [InlineData("S4_BINANCE_SPOT_REST_URL=http://api.binance.com", "outside loopback it must begin with https://")]
    [InlineData("S4_BINANCE_FUT_WS_URL=http://127.0.0.1:1", "it must begin with ws:// or wss://")]
    [InlineData("S4_BINANCE_FUT_REST_URL=here", "it must be an absolute address such as http://127.0.0.1:9090")]
    [InlineData("S4_BINANCE_FUT_REST_URL=http://127.0.0.1:9090", "both must be on loopback, or neither")]
    [InlineData("S4_SYMBOLS=BTCUSDT,eth/usdt", "'eth/usdt'; a symbol is")]
    [InlineData("S4_SYMBOLS=,", "names no symbol")]
    public void Refuse_and_say_what_is_allowed(string line, string says)
    {
        var (_, problems) = Read(line);
        Assert.Contains(says, problems, StringComparison.Ordinal);
        Assert.Contains(line.Split('=')[0], problems, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", problems, StringComparison.Ordinal);
    }
}
