using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Hosting;

/// <summary>The router's own switches; everything else is the environment's business (<c>.env.example</c>).</summary>
/// <param name="Demo">Trade a set of intents and show them.</param>
/// <param name="Exit">End after the demo.</param>
/// <param name="Recalibrate">Learn the curves of today, show what was learnt, and end.</param>
/// <param name="DryRun">Show it only.</param>
sealed record CommandLine(bool Demo, bool Exit, bool Recalibrate, bool DryRun, string[] HostArguments)
{
    // Settings are read once, at the start. The host would watch its working directory for changed ones, and be woken by every line of a log and every write of s4.db in it.
    const string WatchNothing = "--hostBuilder:reloadConfigOnChange=false";

    public static CommandLine Read(string[] args)
    {
        string[] ours = ["--demo", "--exit", "--recalibrate", "--dry-run"];
        var (demo, recalibrate) = (args.Contains("--demo"), args.Contains("--recalibrate"));
        if (args.Contains("--exit") && !demo) throw EnvironmentValue.Wrong("--exit", "it goes with --demo");
        if (args.Contains("--dry-run") && !recalibrate) throw EnvironmentValue.Wrong("--dry-run", "it goes with --recalibrate");
        if (demo && recalibrate) throw EnvironmentValue.Wrong("--recalibrate", "it does not go with --demo");
        if (args.FirstOrDefault(arg => arg.StartsWith("--", StringComparison.Ordinal) && !ours.Contains(arg) && !arg.Contains('=')) is { } unknown)
            throw EnvironmentValue.Wrong(unknown, "not a switch of the router; there are --demo, --exit, --recalibrate and --dry-run, and settings as --S4_NAME=value or in the environment");
        return new CommandLine(demo, args.Contains("--exit"), recalibrate, args.Contains("--dry-run"), [WatchNothing, .. args.Except(ours)]);
    }
}

static class ExitCodes
{
    public const int Failed = 1, WrongConfiguration = 2;
}
