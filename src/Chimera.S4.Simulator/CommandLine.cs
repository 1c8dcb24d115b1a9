using System.Globalization;

namespace Chimera.S4.Simulator;

/// <summary>A wrong argument: its name, its value, what is allowed.</summary>
internal sealed class CommandLineError(string text) : Exception(text);

/// <summary>Turns arguments into options.</summary>
internal static class CommandLine
{
    public const string Help = """
        Chimera S4 exchange simulator: Binance spot and USD-M futures on one port.

          --urls URL             address to listen on            (default http://127.0.0.1:9090; port 0 takes a free one)
          --limits xN            factor on every rate limit      (1 to 1000000, default x1: Binance's own)
          --seed N               seed of every random choice     (default 1)
          --data FILE            keep the account in this file across restarts
          --api-key K            the account's key               (default paper-api-key)
          --api-secret S         its HMAC secret                 (default paper-api-secret)
          --rsa-key FILE         public RSA key (PEM) of a second API key, paper-rsa-key
          --tape FILE            CSV that plays the markets it names, instead of the price process
          --tape-pace P          clock (default) or hand: POST /sim/tape plays it
          --volatility V         relative move per second        (0 to 0.05, default 0.0001; 0 freezes the market)
          --spread-bps B         bid-ask distance in 1/10000     (0 to 1000, default 1)
          --depth Q              quote value of one price level  (1 to 1000000000, default 100000)
          --tick-ms MS           how often the market moves      (1 to 60000, default 100)
          --help

        Admin, loopback only: GET /sim/ledger, GET|PUT /sim/market, GET|PUT|POST|DELETE /sim/faults, GET /sim/arrivals, GET|POST /sim/tape,
        POST /sim/reset.
        """;

    public static SimulatorOptions Parse(string[] args)
    {
        var options = new SimulatorOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = Split(args, ref i);
            options = name switch
            {
                "--urls" => options with { Urls = Url(value) },
                "--limits" => options with { LimitsMultiplier = (int)Number(name, value, value.TrimStart('x', 'X', '×'), 1, 1_000_000) },
                "--seed" => options with { Seed = (int)Number(name, value, value, int.MinValue, int.MaxValue) },
                "--data" => options with { DataFile = Text(name, value) },
                "--api-key" => options with { ApiKey = Text(name, value) },
                "--api-secret" => options with { ApiSecret = Text(name, value) },
                "--rsa-key" => options with { RsaPublicKey = Content(name, value) },
                "--tape" => options with { TapeFile = Text(name, value) },
                "--tape-pace" => options with { TapeByHand = value is "hand" || (value is "clock" ? false : throw new CommandLineError($"{name}: '{value}' is not clock or hand")) },
                "--volatility" => options with { Volatility = (double)Number(name, value, value, 0, 0.05m, whole: false) },
                "--spread-bps" => options with { SpreadBps = Number(name, value, value, 0, 1000, whole: false) },
                "--depth" => options with { DepthPerLevel = Number(name, value, value, 1, 1_000_000_000, whole: false) },
                "--tick-ms" => options with { TickInterval = TimeSpan.FromMilliseconds((double)Number(name, value, value, 1, 60_000)) },
                _ => throw new CommandLineError($"{name}: unknown argument; --help lists them all"),
            };
        }
        return options;
    }

    private static (string Name, string Value) Split(string[] args, ref int i)
    {
        var equals = args[i].IndexOf('=');
        if (equals > 0) return (args[i][..equals], args[i][(equals + 1)..]);
        var name = args[i];
        if (!name.StartsWith("--", StringComparison.Ordinal)) throw new CommandLineError($"{name}: unknown argument; --help lists them all");
        return ++i < args.Length ? (name, args[i]) : throw new CommandLineError($"{name}: a value is missing");
    }

    private static string Text(string name, string value) =>
        string.IsNullOrWhiteSpace(value) ? throw new CommandLineError($"{name}: '{value}' is empty") : value;

    private static string Content(string name, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineError($"{name}: {error.Message}");
        }
    }

    private static string Url(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http"
            ? value
            : throw new CommandLineError($"--urls: '{value}' is not an address of the form http://host:port");

    private static decimal Number(string name, string given, string text, decimal min, decimal max, bool whole = true) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max && (!whole || number == decimal.Truncate(number))
            ? number
            : throw new CommandLineError($"{name}: '{given}' is not a {(whole ? "whole number" : "number")} from {min} to {max}");
}
