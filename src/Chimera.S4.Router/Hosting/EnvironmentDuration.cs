using System.Globalization;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router;

/// <summary>A duration as the environment writes it: a number and its unit, <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>24h</c>.</summary>
static class EnvironmentDuration
{
    static readonly (string Unit, TimeSpan One)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    public static TimeSpan Read(IConfiguration configuration, string name, TimeSpan min, TimeSpan max, TimeSpan otherwise)
    {
        if (configuration[name] is not { Length: > 0 } text) return otherwise;
        foreach (var (unit, one) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (!decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) continue;
            // Compared before it becomes a TimeSpan, which overflows.
            var ms = (double)number * one.TotalMilliseconds;
            if (ms >= min.TotalMilliseconds && ms <= max.TotalMilliseconds) return TimeSpan.FromMilliseconds(ms);
        }
        throw EnvironmentValue.Wrong(name, $"'{text}' is not a duration from {Write(min)} to {Write(max)} inclusive, such as {Write(otherwise)}");
    }

    public static string Write(TimeSpan value)
    {
        var (unit, one) = Units.Last(candidate => candidate.Unit == "ms" || value >= candidate.One && value.Ticks % candidate.One.Ticks == 0);
        return $"{value.Ticks / one.Ticks}{unit}";
    }
}
