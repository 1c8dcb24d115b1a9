using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Reads <see cref="BinanceOptions"/> from the flat keys of the environment. An empty value counts as absent.</summary>
static class BinanceConfiguration
{
    public static void Read(this BinanceOptions options, IConfiguration configuration)
    {
        string? Value(string key) => configuration[key]?.Trim() is { Length: > 0 } text ? text : null;

        if (Value("S4_TESTNET") is { } testnet)
        {
            if (bool.TryParse(testnet, out var flag)) options.Testnet = flag;
            else options.Problems.Add($"S4_TESTNET is '{testnet}'; allowed: true, false");
        }
        options.SpotRestUrl = Address("S4_BINANCE_SPOT_REST_URL") ?? options.SpotRestUrl;
        options.SpotWsUrl = Address("S4_BINANCE_SPOT_WS_URL") ?? options.SpotWsUrl;
        options.FutRestUrl = Address("S4_BINANCE_FUT_REST_URL") ?? options.FutRestUrl;
        options.FutWsUrl = Address("S4_BINANCE_FUT_WS_URL") ?? options.FutWsUrl;
        options.Key = Value("S4_BINANCE_KEY") ?? options.Key;
        options.Secret = Value("S4_BINANCE_SECRET") ?? options.Secret;
        options.ReceiveWindow = Milliseconds("S4_BINANCE_RECV_WINDOW_MS") ?? options.ReceiveWindow;
        options.HttpTimeout = Milliseconds("S4_BINANCE_HTTP_TIMEOUT_MS") ?? options.HttpTimeout;
        if (Value("S4_WORKING_TYPE") is { } working)
        {
            if (working is "MARK_PRICE" or "CONTRACT_PRICE") options.ByMarkPrice = working is "MARK_PRICE";
            else options.Problems.Add($"S4_WORKING_TYPE is '{working}'; allowed: MARK_PRICE, CONTRACT_PRICE");
        }
        if (Value("S4_SYMBOLS") is { } symbols)
            options.Symbols = symbols.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Uri? Address(string key)
        {
            if (Value(key) is not { } text) return null;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address)) return address;
            options.Problems.Add($"{key} is '{text}'; it must be an absolute address such as {(key.EndsWith("WS_URL", StringComparison.Ordinal) ? "ws" : "http")}://127.0.0.1:9090");
            return null;
        }

        TimeSpan? Milliseconds(string key)
        {
            if (Value(key) is not { } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)) return TimeSpan.FromMilliseconds(ms);
            options.Problems.Add($"{key} is '{text}'; it must be a whole number of milliseconds, 1–60000");
            return null;
        }
    }
}
