using System.Text.RegularExpressions;
using Chimera.S4.HttpAdapter.Telemetry;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Redis;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Chimera.S4.Router.Tests.Hosting;

public partial class The_example_environment
{
    /// <summary>Texts that look like variables and are none.</summary>
    static readonly string[] NotVariables =
    [
        "S4_BINANCE_",     // beginning of a name that a message composes
        "S4_NAME",         // stands for any name in the help of the command line
    ];

    [Fact]
    public void Lists_every_variable_that_the_source_reads_and_no_other()
    {
        var read = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).Select(line => line.TrimStart()).Where(line => !line.StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Variable().Matches(line)).Select(match => match.Value).Except(NotVariables).Distinct().Order();
        Assert.Equal(read, Listed.Select(line => line.Name).Order());
    }

    [Fact]
    public void Says_of_each_what_it_means_before_it_names_it()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, ".env.example"));
        for (var i = 0; i < lines.Length; i++)
            if (Assignment().IsMatch(lines[i])) Assert.True(i > 0 && lines[i - 1].StartsWith("# ", StringComparison.Ordinal), $"{lines[i]} has no comment above it");
    }

    /// <summary>A line that is set must be the default, so that copying the file changes nothing.</summary>
    [Fact]
    public void Sets_nothing_but_defaults()
    {
        var set = Listed.Where(line => line.IsSet).ToDictionary(line => line.Name, line => (string?)line.Value);
        var (copied, untouched) = (new ConfigurationBuilder().AddInMemoryCollection(set).Build(), new ConfigurationBuilder().Build());
        Assert.Equivalent(IntakeOptions.Read(untouched), IntakeOptions.Read(copied), strict: true);
        Assert.Equal(GatewayOptions.Read(untouched), GatewayOptions.Read(copied));
        Assert.Equivalent(GateOptions.Limits(untouched), GateOptions.Limits(copied), strict: true);
        Assert.Equal(GateOptions.Breaker(untouched), GateOptions.Breaker(copied));
        Assert.Equal(MarkoutOptions.Read(untouched).Horizons, MarkoutOptions.Read(copied).Horizons);
        Assert.Equal(DeadManOptions.Read(untouched), DeadManOptions.Read(copied));
        Assert.Equal(RecalibrationOptions.Read(untouched), RecalibrationOptions.Read(copied));
        Assert.Equal(SweepOptions.Read(untouched), SweepOptions.Read(copied));
        Assert.Equal(TelemetryOptions.Read(untouched), TelemetryOptions.Read(copied));
        Assert.Equal(ShutdownOptions.Read(untouched), ShutdownOptions.Read(copied));
        foreach (var read in new Func<IConfiguration, object>[] { c => Read(new BinanceOptions(), o => o.Read(c)), c => Read(new DataOptions(), o => o.Read(c)), c => Read(new RedisOptions(), o => o.Read(c)), c => Read(new ArangoOptions(), o => o.Read(c)) })
            Assert.Equivalent(read(untouched), read(copied), strict: true);
        Assert.Equal(("paper", "human", "Information", "http://127.0.0.1:8084", "1000"),
            (copied["S4_EXCHANGE"], copied["S4_LOG_FORMAT"], copied["S4_LOG_LEVEL"], copied["S4_HTTP_URLS"], copied["S4_HTTP_WAIT_MS"]));

        static T Read<T>(T options, Action<T> read)
        {
            read(options);
            return options;
        }
    }

    [Fact]
    public Task Is_the_table_in_the_docs() => Repository.Says("infra/docs/configuration.md", Table(), nameof(The_example_environment));

    static string Table()
    {
        var (table, said) = (new System.Text.StringBuilder("# Configuration\n\nEvery variable that S4 reads: [`.env.example`](../../.env.example) as a table. A wrong value stops the start with a sentence that names the variable, its form and its range.\n"), "");
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, ".env.example")))
            if (line.StartsWith("# ----", StringComparison.Ordinal)) table.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {line.Trim('#', '-', ' ')}\n\n| variable | default | what it says |\n|---|---|---|\n");
            else if (Assignment().Match(line) is { Success: true } set) table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{set.Groups["name"]}` | {(set.Groups["value"].Length > 0 ? $"`{set.Groups["value"]}`" : "")} | {said.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            else said = line.StartsWith("# ", StringComparison.Ordinal) ? $"{said} {line[2..]}".TrimStart() : "";
        return table.ToString();
    }

    static (string Name, string Value, bool IsSet)[] Listed =>
        [.. File.ReadLines(Path.Combine(Repository.Root, ".env.example")).Select(line => Assignment().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["name"].Value, match.Groups["value"].Value, match.Groups["off"].Length == 0))];

    [GeneratedRegex("S4_[A-Z0-9_]+")]
    private static partial Regex Variable();

    [GeneratedRegex("^(?<off>#?)(?<name>S4_[A-Z0-9_]+)=(?<value>.*)$")]
    private static partial Regex Assignment();
}
