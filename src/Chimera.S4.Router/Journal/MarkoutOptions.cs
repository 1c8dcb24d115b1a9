using System.Globalization;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Journal;

/// <summary>When after a fill the market is looked at. Environment: <c>S4_MARKOUT_SECONDS</c>.</summary>
public sealed record MarkoutOptions
{
    const string Variable = "S4_MARKOUT_SECONDS";
    const int Longest = 240;

    /// <summary>Whole seconds after the fill, rising; default 1, 5, 30, 60 (spec §14), each 1–240 inclusive: as far as prices are kept.</summary>
    public IReadOnlyList<int> Horizons { get; init; } = [1, 5, 30, 60];

    /// <summary>When the last horizon of these fills has certainly passed, whatever books are still on their way.</summary>
    public DateTimeOffset DueAt(IReadOnlyList<FillRecord> fills) => fills.Max(fill => fill.Timestamp) + TimeSpan.FromSeconds(Horizons[^1] + 1);

    public static MarkoutOptions Read(IConfiguration configuration)
    {
        var text = EnvironmentValue.Text(configuration, Variable, "");
        if (text.Length == 0) return new();
        int[] horizons = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0)];
        return horizons.All(seconds => seconds is >= 1 and <= Longest) && horizons.Zip(horizons.Skip(1)).All(pair => pair.First < pair.Second) ? new() { Horizons = horizons }
            : throw EnvironmentValue.Wrong(Variable, $"'{text}' is not a rising list of whole seconds from 1 to {Longest} inclusive, such as 1,5,30,60");
    }
}
