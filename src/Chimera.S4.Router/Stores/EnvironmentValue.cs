using System.Globalization;
using Microsoft.Extensions.Options;

namespace Chimera.S4.Router.Stores;

/// <summary>Reads one setting by its environment name; a wrong value stops the start with a sentence that names the variable, its form and its range.</summary>
static class EnvironmentValue
{
    public static string Text(IConfiguration configuration, string name, string otherwise) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : otherwise;

    /// <exception cref="OptionsValidationException">Not a whole number, or out of range.</exception>
    public static int Whole(IConfiguration configuration, string name, int min, int max, int otherwise, string unit)
    {
        var text = Text(configuration, name, "");
        if (text.Length == 0) return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        throw Wrong(name, $"'{text}' is not a whole number of {unit} from {min} to {max} inclusive, such as {otherwise}");
    }

    /// <exception cref="OptionsValidationException">Not a number, or out of range.</exception>
    public static decimal Number(IConfiguration configuration, string name, decimal min, decimal max, decimal otherwise)
    {
        var text = Text(configuration, name, "");
        if (text.Length == 0) return otherwise;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        throw Wrong(name, $"'{text}' is not a number from {min} to {max} inclusive, such as {otherwise}");
    }

    /// <exception cref="OptionsValidationException">Neither true nor false.</exception>
    public static bool Flag(IConfiguration configuration, string name, bool otherwise)
    {
        var text = Text(configuration, name, "");
        if (text.Length == 0) return otherwise;
        return bool.TryParse(text, out var value) ? value : throw Wrong(name, $"'{text}' is neither true nor false");
    }

    public static OptionsValidationException Wrong(string name, string why) => new(name, typeof(EnvironmentValue), [$"{name}: {why}."]);
}
