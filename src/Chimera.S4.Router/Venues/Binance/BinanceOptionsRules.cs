using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What <see cref="BinanceOptions"/> must meet. Each failure names the variable, its value (never a secret) and what is allowed.</summary>
sealed partial class BinanceOptionsRules : IValidateOptions<BinanceOptions>
{
    public ValidateOptionsResult Validate(string? name, BinanceOptions options)
    {
        var problems = new List<string>(options.Problems);
        Address("S4_BINANCE_SPOT_REST_URL", options.SpotRestUrl, "http");
        Address("S4_BINANCE_SPOT_WS_URL", options.SpotWsUrl, "ws");
        Address("S4_BINANCE_FUT_REST_URL", options.FutRestUrl, "http");
        Address("S4_BINANCE_FUT_WS_URL", options.FutWsUrl, "ws");
        SameWorld("SPOT", options.SpotRestUrl, options.SpotWsUrl);
        SameWorld("FUT", options.FutRestUrl, options.FutWsUrl);
        if (options.Key.Length == 0) problems.Add("S4_BINANCE_KEY is not set; it must be the account's API key");
        if (options.Key.Any(c => c is < '!' or > '~')) problems.Add("S4_BINANCE_KEY must be printable ASCII without spaces");
        if (options.Secret.Length == 0) problems.Add("S4_BINANCE_SECRET is not set; it must be the HMAC secret, or an RSA private key in PEM (PKCS#8)");
        else if (!CanSign(options.Secret)) problems.Add("S4_BINANCE_SECRET begins as PEM but is no RSA private key (PKCS#8, not encrypted)");
        var windowMs = options.ReceiveWindow.TotalMilliseconds;
        if (windowMs is < 1 or > 60_000 || windowMs % 1 != 0) problems.Add($"S4_BINANCE_RECV_WINDOW_MS is {windowMs}; allowed: 1–60000 (whole milliseconds)");
        var timeoutMs = options.HttpTimeout.TotalMilliseconds;
        if (timeoutMs > 60_000 || timeoutMs <= windowMs)
            problems.Add($"S4_BINANCE_HTTP_TIMEOUT_MS is {timeoutMs}; allowed: more than S4_BINANCE_RECV_WINDOW_MS ({windowMs}), at most 60000 (milliseconds)");
        if (options.Symbols.Count == 0) problems.Add("S4_SYMBOLS names no symbol; it must be a comma-separated list such as BTCUSDT,ETHUSDT");
        foreach (var symbol in options.Symbols.Where(symbol => !SymbolForm().IsMatch(symbol)))
            problems.Add($"S4_SYMBOLS holds '{symbol}'; a symbol is 2–32 characters of A–Z, 0–9 and _");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Address(string variable, Uri? address, string scheme)
        {
            if (address is null) return;
            if (address.Scheme != scheme && address.Scheme != scheme + "s") problems.Add($"{variable} is '{address}'; it must begin with {scheme}:// or {scheme}s://");
            else if (address.Scheme == scheme && !address.IsLoopback) problems.Add($"{variable} is '{address}'; outside loopback it must begin with {scheme}s://");
            if (address.Query.Length > 0 || address.Fragment.Length > 0) problems.Add($"{variable} is '{address}'; it must be a base address without ? or #");
        }

        // Orders on a simulator with a user stream from Binance (or the reverse) would look alive and hear nothing.
        void SameWorld(string market, Uri? rest, Uri? ws)
        {
            if ((rest?.IsLoopback ?? false) != (ws?.IsLoopback ?? false))
                problems.Add($"S4_BINANCE_{market}_REST_URL is '{rest}' and S4_BINANCE_{market}_WS_URL is '{ws}'; both must be on loopback, or neither");
        }
    }

    static bool CanSign(string secret)
    {
        try
        {
            _ = new RequestSigner(secret).Sign("timestamp=0");
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[A-Z0-9_]{2,32}$")]
    private static partial Regex SymbolForm();
}
