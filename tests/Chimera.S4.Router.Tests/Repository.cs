namespace Chimera.S4.Router.Tests;

/// <summary>The checkout that the tests were built from.</summary>
static class Repository
{
    public static readonly string Root = Find();

    /// <summary>The file says this. With <c>S4_WRITE_DOCS=1</c> it is made to say so first.</summary>
    public static async Task Says(string path, string text, string test)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("S4_WRITE_DOCS") == "1") await File.WriteAllTextAsync(file, text);
        Xunit.Assert.True(File.Exists(file) && await File.ReadAllTextAsync(file) == text, $"{path} is stale: run {test} with S4_WRITE_DOCS=1 to rewrite it");
    }

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Chimera.S4.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("no Chimera.S4.sln above the tests");
        return folder.FullName;
    }
}
