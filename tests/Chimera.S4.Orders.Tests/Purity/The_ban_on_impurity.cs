using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>Deciding needs nothing but its arguments, and the compiler keeps it so.</summary>
public class The_ban_on_impurity
{
    static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));
    static readonly string Project = Path.Combine(Root, "src/Chimera.S4.Orders");

    [Fact]
    public void Leaves_the_project_without_packages_and_projects()
    {
        var project = XDocument.Load(Path.Combine(Project, "Chimera.S4.Orders.csproj"));
        Assert.Equal("Microsoft.NET.Sdk", project.Root!.Attribute("Sdk")!.Value);
        Assert.DoesNotContain(project.Descendants(), element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
        // What every project gets runs in the compiler only.
        var props = XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants().Where(element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
        Assert.All(props, reference => Assert.Equal(("PackageReference", "all"), (reference.Name.LocalName, reference.Attribute("PrivateAssets")?.Value)));
    }

    [Fact]
    public void Leaves_the_assembly_with_the_base_library_only()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(typeof(OrderDecider).Assembly.GetReferencedAssemblies(), name => Assert.True(File.Exists(Path.Combine(framework, $"{name.Name}.dll")), $"{name.Name} is not of the base library"));
    }

    /// <summary>Every banned symbol is used once, in a copy of the project with its own settings and bans, and every use is an error.</summary>
    [Fact, Trait("Category", "Services")]   // needs nothing but the SDK; a build takes too long for the quick loop
    public void Is_kept_by_the_compiler()
    {
        var folder = Directory.CreateTempSubdirectory("s4-ban-").FullName;
        try
        {
            var copy = Directory.CreateDirectory(Path.Combine(folder, "src/Chimera.S4.Orders")).FullName;
            foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt" }) File.Copy(Path.Combine(Root, file), Path.Combine(folder, file));
            foreach (var file in new[] { "Chimera.S4.Orders.csproj", "BannedSymbols.txt" }) File.Copy(Path.Combine(Project, file), Path.Combine(copy, file));
            string[] banned = [.. new[] { Path.Combine(Root, "BannedSymbols.txt"), Path.Combine(Project, "BannedSymbols.txt") }.SelectMany(File.ReadLines).Select(line => line.Split(';')[0])];
            File.WriteAllText(Path.Combine(copy, "Impure.cs"), $"namespace Chimera.S4.Orders;\nstatic class Impure\n{{\n{string.Concat(banned.Select((symbol, at) => $"    static object? Use{at}() => {Use(symbol)};\n"))}}}\n");

            var output = Build(copy);
            var lines = Regex.Matches(output, @"Impure\.cs\((\d+),\d+\): error RS0030").Select(error => int.Parse(error.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
            Assert.All(Enumerable.Range(0, banned.Length), at => Assert.True(lines.Contains(at + 4), $"{banned[at]} is not refused; the build said\n{output}"));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>An expression that uses the symbol of a documentation id.</summary>
    static string Use(string symbol)
    {
        var (kind, name) = (symbol[0], symbol[2..]);
        var arguments = name.Contains('(') ? name[(name.IndexOf('(') + 1)..^1] : "";
        return kind switch
        {
            'P' => name,
            'M' when arguments.Length > 0 => $"((Action)(() => {name[..name.IndexOf('(')]}(default({arguments}))))",
            'M' => $"{name}()",
            _ => $"typeof({name.Replace("`1", "<int>")})",
        };
    }

    static string Build(string folder)
    {
        // A compiler of its own and no node that stays behind: nothing outlives the test.
        var start = new ProcessStartInfo("dotnet", ["build", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-clp:NoSummary", "-v:quiet"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(3)), "the build did not end");
        Assert.NotEqual(0, process.ExitCode);
        return output;
    }

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
