namespace Chimera.S4.System.Tests.Processes;

/// <summary>Where the build puts the programs: beside this assembly's project, same configuration.</summary>
static class Executables
{
    public static readonly string Root = FindRoot();

    /// <param name="below">Folder of the project's folder.</param>
    public static string Of(string project, string below = "src")
    {
        // …/tests/Chimera.S4.System.Tests/bin/<Configuration>/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Root, below, project, "bin", output.Parent!.Name, output.Name, project);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not built: dotnet build tests/Chimera.S4.System.Tests");
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Chimera.S4.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("no folder above holds Chimera.S4.sln");
        return folder.FullName;
    }
}
