using System.Globalization;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Gates;

/// <summary>The gates' limits. Environment: <c>S4_MAX_ORDER_QTY</c>, <c>S4_MAX_ORDER_NOTIONAL</c>, <c>S4_PRICE_COLLAR_BPS</c>, <c>S4_MAX_ORDERS_PER_MINUTE</c>, those of the liquidity guard and of the breaker.</summary>
static class GateOptions
{
    static readonly GateLimits Default = new();
    static readonly BreakerOptions Breakers = new();

    public static GateLimits Limits(IConfiguration configuration) => new()
    {
        MaxQty = Read(configuration, "S4_MAX_ORDER_QTY", 1_000_000_000_000, Default.MaxQty),
        MaxNotional = Read(configuration, "S4_MAX_ORDER_NOTIONAL", 1_000_000_000_000, Default.MaxNotional),
        CollarBps = Read(configuration, "S4_PRICE_COLLAR_BPS", 10_000, Default.CollarBps),
        OrdersPerMinute = EnvironmentValue.Whole(configuration, "S4_MAX_ORDERS_PER_MINUTE", 1, 1_000_000, Default.OrdersPerMinute, "intents"),
        Liquidity = new LiquidityLimits
        {
            MaxSlippageBps = Read(configuration, "S4_MAX_SLIPPAGE_BPS", 10_000, Default.Liquidity.MaxSlippageBps),
            MaxSpreadBps = Read(configuration, "S4_MAX_SPREAD_BPS", 10_000, Default.Liquidity.MaxSpreadBps),
            Action = EnvironmentValue.Text(configuration, "S4_LIQUIDITY_ACTION", "LIMIT") is var word && Words.TryRead<LiquidityAction>(word, out var action)
                ? action : throw EnvironmentValue.Wrong("S4_LIQUIDITY_ACTION", $"'{word}' is not one of {Words.Allowed<LiquidityAction>()}"),
            MaxDelay = EnvironmentDuration.Read(configuration, "S4_LIQUIDITY_MAX_DELAY", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), Default.Liquidity.MaxDelay),
        },
    };

    public static BreakerOptions Breaker(IConfiguration configuration) => new()
    {
        Window = EnvironmentDuration.Read(configuration, "S4_CB_ERROR_RATE_WINDOW", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), Breakers.Window),
        Threshold = EnvironmentValue.Number(configuration, "S4_CB_ERROR_RATE_THRESH", 0.01m, 1, Breakers.Threshold),
        MinSample = EnvironmentValue.Whole(configuration, "S4_CB_MIN_SAMPLE", 1, 100_000, Breakers.MinSample, "answers"),
        OpenFor = EnvironmentDuration.Read(configuration, "S4_CB_OPEN_FOR", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), Breakers.OpenFor),
        Probes = EnvironmentValue.Whole(configuration, "S4_CB_PROBES", 1, 100, Breakers.Probes, "placements"),
    };

    static PerSymbol Read(IConfiguration configuration, string name, decimal most, PerSymbol otherwise)
    {
        if (EnvironmentValue.Text(configuration, name, "") is not { Length: > 0 } text) return otherwise;
        var (general, exceptions) = ((decimal?)null, new Dictionary<string, decimal>());
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=', 2);
            if (!decimal.TryParse(pair[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value <= 0 || value > most) throw Wrong();
            if (pair.Length == 1 && general is null) general = value;
            else if (pair.Length == 1 || !exceptions.TryAdd(pair[0], value) || pair[0].Length == 0) throw Wrong();
        }
        return new PerSymbol(general ?? throw Wrong(), exceptions);

        Exception Wrong() => EnvironmentValue.Wrong(name, $"'{text}' is not a number above 0 and at most {most} for every symbol, and SYMBOL=number for exceptions, separated by commas, such as {Write(otherwise)}");
    }

    internal static string Write(PerSymbol value) => string.Join(',', value.Exceptions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={DecimalJson.Format(pair.Value)}").Prepend(DecimalJson.Format(value.Otherwise)));
}
