using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Chimera.S4.Router.Tests.Alerts;

/// <summary><c>infra/prometheus</c>. Whether what they name exists is asked of a running router (System.Tests, <c>The_metrics</c>).</summary>
public sealed partial class The_rules_of_prometheus
{
    static readonly string Folder = Path.Combine(Repository.Root, "infra", "prometheus");

    /// <summary>In the order of the file.</summary>
    public static IReadOnlyList<string> Alerts => [.. AlertName().Matches(File.ReadAllText(Path.Combine(Folder, "rules", "alerts.yml"))).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Have_each_a_case_in_which_they_fire_and_one_in_which_they_are_silent()
    {
        var cases = File.ReadAllText(Path.Combine(Folder, "tests", "alerts.yml")).Split("\n  - name: ").Skip(1).Select(text => (Alert: Tested().Match(text).Groups[1].Value, Fires: text.Contains("exp_labels:", StringComparison.Ordinal))).ToArray();
        Assert.NotEmpty(Alerts);
        Assert.Equal(Alerts.SelectMany(alert => new[] { (alert, false), (alert, true) }).Order(), cases.Distinct().Order());
    }

    [Fact]
    public void Name_each_its_own_runbook() =>
        Assert.Equal(Alerts.Select(alert => $"infra/runbooks/{alert}.md"), Runbook().Matches(File.ReadAllText(Path.Combine(Folder, "rules", "alerts.yml"))).Select(match => match.Groups[1].Value));

    /// <summary>By Prometheus itself: <c>promtool</c> of Debian's package.</summary>
    [Theory, Trait("Category", "Services")]
    [InlineData("check config prometheus.yml")]
    [InlineData("test rules tests/alerts.yml")]
    public async Task Are_taken_by_Prometheus(string command)
    {
        var (installed, said) = await Run("bash", [Path.Combine(Repository.Root, "infra", "install.sh"), "prometheus"]);
        Assert.True(installed == 0, said);
        var (code, output) = await Run("promtool", command.Split(' '));
        Assert.True(code == 0, output);
    }

    static async Task<(int Code, string Said)> Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}\n{await errors}");
    }

    [GeneratedRegex(@"^ +- alert: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"^ +alertname: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Tested();

    [GeneratedRegex(@"^ +runbook: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Runbook();
}
