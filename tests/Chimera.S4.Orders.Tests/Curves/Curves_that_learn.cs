using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>
/// The daily job on markets whose best wait is known. Beside it what simpler jobs make of the same markets: one that takes a canceled order for one that would never have been filled, and never
/// tries another wait; and those that do one of the two right. The figures are kept in <c>infra/docs/curves-that-learn.md</c>; with <c>S4_WRITE_DOCS=1</c> a stale page is rewritten instead of refused.
/// </summary>
public class Curves_that_learn
{
    const int Seeds = 3, DaysToStay = 4;

    /// <summary>Of the flat one: any wait that costs hardly more than the best is as good.</summary>
    const double FlatBps = 0.15;

    static readonly (SimulatedMarket Market, int StartMs, bool IsFlat)[] Stories =
    [
        (new("quick or never", 0.3, 800, 0.5, 8, 2, 1), 3000, false),
        (new("half a second", 0.5, 300, 0.5, 8, 2, 1), 3000, false),
        (new("a second", 0.7, 2000, 0.5, 1, 2, 1), 0, false),
        (new("patience pays", 1, 2000, 0.5, 0.5, 1, 1), 100, false),
        (new("take at once", 1, 20_000, 1.5, 2, 1, 1), 2000, false),
        (new("much the same", 0.5, 2000, 0.5, 2.5, 1, 1), 0, true),
    ];

    static readonly (string Name, bool Censors, bool Explores)[] Jobs = [("S4", true, true), ("naive", false, false), ("explores, does not censor", false, true), ("censors, does not explore", true, false)];

    static readonly Lazy<Dictionary<(int Story, int Job, int Seed), int[]>> Lived = new(() =>
    {
        var all = new Dictionary<(int, int, int), int[]>();
        var runs = from story in Enumerable.Range(0, Stories.Length) from job in Enumerable.Range(0, Jobs.Length) from seed in Enumerable.Range(1, job < 2 ? Seeds : 1) select (story, job, seed);
        Parallel.ForEach(runs, run =>
        {
            var waits = SimulatedDays.Live(Stories[run.story].Market, Stories[run.story].StartMs, run.seed, Jobs[run.job].Censors, Jobs[run.job].Explores);
            lock (all) all[run] = waits;
        });
        return all;
    });

    [Fact]
    public void Come_to_within_a_step_of_the_best_wait_in_twenty_days_and_stay_there()
    {
        foreach (var ((story, job, seed), waits) in Lived.Value.Where(run => run.Key.Job == 0))
            Assert.True(waits[^DaysToStay..].All(wait => IsNear(story, wait)), $"{Stories[story].Market.Name}, seed {seed}: {string.Join(' ', waits)}, best {Stories[story].Market.Best}");
    }

    [Fact]
    public void Do_not_where_cancels_are_taken_for_never_and_nothing_is_tried()
    {
        foreach (var ((story, job, seed), waits) in Lived.Value.Where(run => run.Key.Job == 1))
            Assert.False(IsNear(story, waits[^1]), $"{Stories[story].Market.Name}, seed {seed}: {string.Join(' ', waits)}, best {Stories[story].Market.Best}");
    }

    /// <summary>The stronger opponent sees what lies beyond, and still takes those that were canceled for those that never come.</summary>
    [Fact]
    public void End_dearer_without_censoring_even_where_it_explores()
    {
        var (ours, theirs) = (Lost(0), Lost(2));
        Assert.True(theirs > 2 * ours + 0.1, $"bps above the best wait: {Text(ours)} with censoring, {Text(theirs)} without");
        Assert.Contains(Lived.Value, run => run.Key.Job == 2 && !IsNear(run.Key.Story, run.Value[^1]));
    }

    [Fact]
    public void Move_one_step_of_the_grid_at_a_time()
    {
        foreach (var (run, waits) in Lived.Value)
            for (var day = 1; day < waits.Length; day++) Assert.InRange(SimulatedDays.Steps(waits[day - 1], waits[day]), 0, 1);
    }

    [Fact]
    public void Are_told_of_as_they_were_learnt()
    {
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "../../../infra/docs/curves-that-learn.md");
        var (page, known) = (Page(), File.Exists(file) ? File.ReadAllText(file) : "");
        if (known == page) return;
        if (Environment.GetEnvironmentVariable("S4_WRITE_DOCS") != "1") Assert.Fail($"infra/docs/curves-that-learn.md is stale: {Shape.Differ(known, page)}\nrun the tests with S4_WRITE_DOCS=1 to rewrite it");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, page);
    }

    static string Here([CallerFilePath] string here = "") => here;

    static string Page()
    {
        int[] grid = [.. RouteChoice.WaitGrid];
        var page = new StringBuilder("""
            # Curves that learn

            Written by `Curves_that_learn` in `tests/Chimera.S4.Orders.Tests`, which also compares it; how the job works is in [`curves.md`](curves.md).

            Each market below is simulated: how soon a resting order is filled, how the price runs away from one that is not, and what a fill is worth are given functions, so that the wait that costs least
            is known. An order takes its wait from the curve by the code that decides it in operation, and the daily job makes the next day's curve from what came of it.

            """).AppendLine().AppendLine($"{SimulatedDays.Days} days of {SimulatedDays.IntentsPerDay} intents, {Seeds} seeds each (one for the last two columns). A step is one of the grid {string.Join(", ", grid)} ms.").AppendLine();
        page.AppendLine("## Where the wait ends").AppendLine().AppendLine($"| market | best | begins at | {string.Join(" | ", Jobs.Select(job => job.Name))} |").AppendLine($"|---|---|---|{string.Concat(Jobs.Select(_ => "---|"))}");
        for (var story = 0; story < Stories.Length; story++)
            page.AppendLine($"| {Stories[story].Market.Name} | **{Stories[story].Market.Best}** | {Stories[story].StartMs} | {string.Join(" | ", Jobs.Select((_, job) => string.Join(", ", Of(story, job).Select(waits => waits[^1]))))} |");
        page.AppendLine($"| **within reach of the best** | | | {string.Join(" | ", Jobs.Select((_, job) => $"{Lived.Value.Count(run => run.Key.Job == job && IsNear(run.Key.Story, run.Value[^1]))} of {Lived.Value.Keys.Count(run => run.Job == job)}"))} |");
        page.AppendLine($"| **bps above the best, mean** | | | {string.Join(" | ", Jobs.Select((_, job) => Text(Lost(job))))} |");
        page.AppendLine().AppendLine("*Naive* takes a canceled order for one that would never have been filled, and never tries a wait that the curve does not give: it cannot see what lies beyond what it does.")
            .AppendLine("The last two columns do one of the two right, each alone. Within reach is one step at most; on *much the same*, where steps mean little, at most")
            .AppendLine($"{Text(FlatBps)} bps dearer than the best.").AppendLine();
        page.AppendLine("## How far from the best, day by day").AppendLine().AppendLine("Steps of the grid, mean of all markets and seeds.").AppendLine().AppendLine("```mermaid").AppendLine("xychart-beta")
            .AppendLine($"    x-axis \"day\" 1 --> {SimulatedDays.Days}").AppendLine("    y-axis \"steps from the best wait\" 0 --> 5");
        for (var job = 0; job < Jobs.Length; job++) page.AppendLine($"    line \"{Jobs[job].Name}\" [{string.Join(", ", Enumerable.Range(0, SimulatedDays.Days).Select(day => Text(Distance(job, day))))}]");
        page.AppendLine("```").AppendLine().AppendLine($"After {SimulatedDays.Days} days, in this order: {string.Join(", ", Jobs.Select((job, i) => $"{Text(Distance(i, SimulatedDays.Days - 1))} steps ({job.Name})"))}.").AppendLine();
        page.AppendLine("## What each wait truly costs").AppendLine().AppendLine("Basis points, without any estimate.").AppendLine().AppendLine($"| market | {string.Join(" | ", grid.Select(wait => $"{wait} ms"))} |").AppendLine($"|---|{string.Concat(grid.Select(_ => "---|"))}");
        foreach (var (market, _, _) in Stories) page.AppendLine($"| {market.Name} | {string.Join(" | ", grid.Select(wait => wait == market.Best ? $"**{Text(market.Cost(wait))}**" : Text(market.Cost(wait))))} |");
        return page.ToString();
    }

    static bool IsNear(int story, int waitMs)
    {
        var (market, _, isFlat) = Stories[story];
        return isFlat ? market.Cost(waitMs) - market.Cost(market.Best) <= FlatBps : SimulatedDays.Steps(waitMs, market.Best) <= 1;
    }

    static double Lost(int job) => Lived.Value.Where(run => run.Key.Job == job).Average(run => Stories[run.Key.Story].Market.Cost(run.Value[^1]) - Stories[run.Key.Story].Market.Cost(Stories[run.Key.Story].Market.Best));

    static int[][] Of(int story, int job) => [.. Lived.Value.Where(run => run.Key.Story == story && run.Key.Job == job).OrderBy(run => run.Key.Seed).Select(run => run.Value)];

    static double Distance(int job, int day) => Lived.Value.Where(run => run.Key.Job == job).Average(run => SimulatedDays.Steps(run.Value[day], Stories[run.Key.Story].Market.Best));

    static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
