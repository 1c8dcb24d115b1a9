using Chimera.S4.Simulator.Instruments;

namespace Chimera.S4.Simulator;

/// <summary>Everything a simulator can be told at start. The defaults give a quiet, generous paper exchange on loopback.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Address to listen on. Port 0 takes a free one; <see cref="SimulatorHost.Address"/> then tells which.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:9090";

    /// <summary>The one account's API key. The default is a published paper value and protects nothing.</summary>
    public string ApiKey { get; init; } = "paper-api-key";

    /// <summary>The secret its requests are signed with (HMAC-SHA256).</summary>
    public string ApiSecret { get; init; } = "paper-api-secret";

    /// <summary>A second key of the same account, which signs with RSA. Used only together with <see cref="RsaPublicKey"/>.</summary>
    public string RsaApiKey { get; init; } = "paper-rsa-key";

    /// <summary>The public half of the RSA key as PEM. Null: HMAC only.</summary>
    public string? RsaPublicKey { get; init; }

    /// <summary>A CSV file that plays the markets it names; README tells the format.</summary>
    public string? TapeFile { get; init; }

    /// <summary>The tape waits for <c>POST /sim/tape</c> instead of following the clock.</summary>
    public bool TapeByHand { get; init; }

    /// <summary>Seed of every random choice: prices, sizes, faults, generated ids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Factor on every rate limit of Binance. At least 1.</summary>
    public int LimitsMultiplier { get; init; } = 1;

    /// <summary>How many refused requests in a row are answered 429 before the address is banned with 418.</summary>
    public int RefusalsBeforeBan { get; init; } = 10;

    /// <summary>How long a 418 ban lasts.</summary>
    public TimeSpan BanDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>File that keeps the account across restarts. Null keeps it in memory only.</summary>
    public string? DataFile { get; init; }

    /// <summary>Standard deviation of a price's relative move over one second, 0 to 0.05. Zero freezes the market.</summary>
    public double Volatility { get; init; } = 0.0001;

    /// <summary>Distance of best ask and best bid, in 1/10,000 of the start price; at least one tick.</summary>
    public decimal SpreadBps { get; init; } = 1m;

    /// <summary>Quote value of one synthetic level at the start price. There are 20 on each side.</summary>
    public decimal DepthPerLevel { get; init; } = 100_000m;

    /// <summary>How often the market moves.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Spot balances at the first start.</summary>
    public IReadOnlyDictionary<string, decimal> SpotBalances { get; init; } = new Dictionary<string, decimal>
    {
        ["USDT"] = 10_000_000m, ["BTC"] = 100m, ["ETH"] = 2_000m, ["DOGE"] = 20_000_000m, ["BNB"] = 100m,
    };

    /// <summary>Futures wallet in USDT at the first start.</summary>
    public decimal FuturesWallet { get; init; } = 10_000_000m;

    public decimal SpotCommissionRate { get; init; } = 0.001m;
    public decimal FuturesMakerRate { get; init; } = 0.0002m;
    public decimal FuturesTakerRate { get; init; } = 0.0005m;

    public IReadOnlyList<Instrument> SpotInstruments { get; init; } = DefaultInstruments.Spot;
    public IReadOnlyList<Instrument> FuturesInstruments { get; init; } = DefaultInstruments.Futures;

    /// <summary>Between two server pings on spot sockets; Binance's 20 s. The futures interval is nine times as long.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a futures listen key lives without being extended.</summary>
    public TimeSpan ListenKeyLifetime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Messages that may wait on one socket before its reader counts as too slow and is disconnected.</summary>
    public int SocketBacklog { get; init; } = 4096;

    /// <summary>The clock. Replaced in process only.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
