using System.Net.Http.Json;
using System.Text.Json;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Simulator;
using Xunit;

namespace Chimera.S4.Router.Tests.Hosting;

public class Secrets
{
    /// <summary>A whole life at the most talkative level: start, an order, a cancel, a question. As JSON, which shows every property that a message carries.</summary>
    [Fact]
    public async Task Never_reach_a_log()
    {
        const string Secret = "s3cr3t-of-the-exchange", Key = "key-of-the-exchange", Caller = "trade-key-0123456789abcdef";
        await using var exchange = await SimulatorHost.StartAsync(new SimulatorOptions { Urls = "http://127.0.0.1:0", ApiKey = Key, ApiSecret = Secret });
        var (rest, stream) = (exchange.Address.AbsoluteUri, new UriBuilder(exchange.Address) { Scheme = "ws" }.Uri.AbsoluteUri);
        await using var router = new RouterProcess(("S4_EXCHANGE", "binance"), ("S4_BINANCE_KEY", Key), ("S4_BINANCE_SECRET", Secret), ("S4_API_KEYS", $"trade={Caller}"),
            ("S4_BINANCE_SPOT_REST_URL", rest), ("S4_BINANCE_FUT_REST_URL", rest), ("S4_BINANCE_SPOT_WS_URL", stream), ("S4_BINANCE_FUT_WS_URL", stream),
            ("S4_HTTP_WAIT_MS", "20000"), ("S4_LOG_LEVEL", "Verbose"), ("S4_LOG_FORMAT", "json"), ("Logging__LogLevel__Default", "Trace"));
        using var http = new HttpClient { BaseAddress = await router.Address() };
        http.DefaultRequestHeaders.Add("X-API-Key", Caller);
        await Eventually.True(() => router.Output.Contains("Ready", StringComparison.Ordinal));

        var market = await http.PostAsJsonAsync("/orders", new { intent_id = "a", market = "SPOT", symbol = "BTCUSDT", side = "BUY", qty = "0.01" });
        Assert.Equal("FILLED", (await market.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        await http.PostAsJsonAsync("/orders", new { intent_id = "b", market = "FUT", symbol = "BTCUSDT", side = "BUY", qty = "0.01", type = "LIMIT", price = "1000" });
        await http.PostAsJsonAsync("/cancel", new { intent_id = "b" });
        await http.GetAsync("/health");

        var told = router.Output + router.Errors;
        foreach (var secret in new[] { Secret, Key, Caller }) Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
        Assert.Contains("\"@l\":\"Debug\"", told, StringComparison.Ordinal);      // it was talkative
    }
}
