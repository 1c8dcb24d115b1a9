using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>How the router reaches Binance. Read at first use, so that paper mode can still set the addresses of an exchange that it starts itself (<c>PostConfigure</c>).</summary>
public sealed class BinanceOptions
{
    /// <summary><c>S4_TESTNET</c>: true (default) = Binance's demo trading, where one key serves spot and futures; false = real money.</summary>
    public bool Testnet { get; set; } = true;

    /// <summary><c>S4_BINANCE_SPOT_REST_URL</c>. Default by <see cref="Testnet"/>: https://demo-api.binance.com or https://api.binance.com. Plain http is allowed on loopback only.</summary>
    public Uri? SpotRestUrl { get; set; }

    /// <summary>
    /// <c>S4_BINANCE_SPOT_WS_URL</c>: one base that serves <c>/ws-api/v3</c> and <c>/stream</c>, such as <c>ws://127.0.0.1:9090</c>. Leave it out for Binance itself, where the two are
    /// different hosts: demo-ws-api and demo-stream.binance.com, or ws-api.binance.com and stream.binance.com:9443.
    /// </summary>
    public Uri? SpotWsUrl { get; set; }

    /// <summary><c>S4_BINANCE_FUT_REST_URL</c>. Default: https://demo-fapi.binance.com or https://fapi.binance.com.</summary>
    public Uri? FutRestUrl { get; set; }

    /// <summary><c>S4_BINANCE_FUT_WS_URL</c>: base that serves <c>/private/ws/…</c> and <c>/public/stream</c>. Default: wss://demo-fstream.binance.com or wss://fstream.binance.com.</summary>
    public Uri? FutWsUrl { get; set; }

    /// <summary><c>S4_BINANCE_KEY</c>: the API key. Required.</summary>
    public string Key { get; set; } = "";

    /// <summary><c>S4_BINANCE_SECRET</c>: HMAC secret, or an RSA private key in PEM (PKCS#8; line ends may be written as <c>\n</c>). Required; never logged.</summary>
    public string Secret { get; set; } = "";

    /// <summary><c>S4_BINANCE_RECV_WINDOW_MS</c>: how long a signed request stays valid. Default 1000 ms (the fence of design §3.5), 1–60000 inclusive.</summary>
    public TimeSpan ReceiveWindow { get; set; } = TimeSpan.FromMilliseconds(1000);

    /// <summary><c>S4_BINANCE_HTTP_TIMEOUT_MS</c>: how long an answer is waited for. Default 10000 ms (Binance's own limit is 10 s), at most 60000, and longer than <see cref="ReceiveWindow"/>.</summary>
    public TimeSpan HttpTimeout { get; set; } = TimeSpan.FromMilliseconds(10_000);

    /// <summary><c>S4_WORKING_TYPE</c>: which price sets off futures stops. True (MARK_PRICE, default): the mark price, which one print cannot move; false (CONTRACT_PRICE): the last trade.</summary>
    public bool ByMarkPrice { get; set; } = true;

    /// <summary><c>S4_SYMBOLS</c>: comma-separated; whose books are followed. Default BTCUSDT,ETHUSDT,DOGEUSDT.</summary>
    public IReadOnlyList<string> Symbols { get; set; } = ["BTCUSDT", "ETHUSDT", "DOGEUSDT"];

    /// <summary>What could not be read from the configuration; told by the validator together with the rest.</summary>
    internal List<string> Problems { get; } = [];

    internal string RestUrl(Market market) => Base(market is Market.Spot
        ? SpotRestUrl ?? new Uri(Testnet ? "https://demo-api.binance.com" : "https://api.binance.com")
        : FutRestUrl ?? new Uri(Testnet ? "https://demo-fapi.binance.com" : "https://fapi.binance.com"));

    internal string SpotWsApiUrl => Base(SpotWsUrl ?? new Uri(Testnet ? "wss://demo-ws-api.binance.com" : "wss://ws-api.binance.com"));
    internal string SpotStreamUrl => Base(SpotWsUrl ?? new Uri(Testnet ? "wss://demo-stream.binance.com" : "wss://stream.binance.com:9443"));
    internal string FutStreamUrl => Base(FutWsUrl ?? new Uri(Testnet ? "wss://demo-fstream.binance.com" : "wss://fstream.binance.com"));

    static string Base(Uri address) => address.AbsoluteUri.TrimEnd('/');
}
