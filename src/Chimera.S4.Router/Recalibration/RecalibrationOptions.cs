using System.Globalization;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Recalibration;

/// <summary>The daily job that learns the curves (spec §7). Environment: <c>S4_RECALIBRATE_AT</c>, <c>S4_TCA_SOURCE</c>.</summary>
public sealed record RecalibrationOptions
{
    /// <summary>Of what is looked at. Not a setting: the specification says 30 days.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Time of day in UTC from which a day is calibrated; a day that nobody was up for is made up for by whoever starts. Default 00:10; 00:00 – 23:59. Null, <c>off</c>: never.</summary>
    public TimeSpan? At { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A file whose name ends in <c>.jsonl</c>. Null: another source.</summary>
    public string? File { get; init; }

    /// <summary>A collection of the database of <c>S4_DB_ARANGO_URLS</c>. Null: another source; neither: S4's own record.</summary>
    public string? Collection { get; init; }

    public static RecalibrationOptions Read(IConfiguration configuration)
    {
        var (at, source) = (EnvironmentValue.Text(configuration, "S4_RECALIBRATE_AT", "00:10"), EnvironmentValue.Text(configuration, "S4_TCA_SOURCE", ""));
        var time = TimeOnly.MinValue;
        if (at != "off" && !TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            throw EnvironmentValue.Wrong("S4_RECALIBRATE_AT", $"'{at}' is neither a time of day in UTC from 00:00 to 23:59, such as 00:10, nor off");
        var options = new RecalibrationOptions { At = at == "off" ? null : time.ToTimeSpan() };
        if (source.Length == 0) return options;
        if (source.EndsWith(".jsonl", StringComparison.Ordinal))
            return System.IO.File.Exists(source) ? options with { File = source } : throw EnvironmentValue.Wrong("S4_TCA_SOURCE", $"there is no file '{source}'; it has a leg a line, such as /var/lib/s11/tca.jsonl");
        if (source.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-')))
            throw EnvironmentValue.Wrong("S4_TCA_SOURCE", $"'{source}' is neither a file whose name ends in .jsonl nor a collection, such as tca");
        if (string.IsNullOrWhiteSpace(configuration[ArangoOptions.UrlsVariable]))
            throw EnvironmentValue.Wrong("S4_TCA_SOURCE", $"'{source}' is a collection and {ArangoOptions.UrlsVariable} names no ArangoDB; a file's name ends in .jsonl");
        return options with { Collection = source };
    }
}
