using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Chimera.S4.Router.Tests.Hosting;

/// <summary>The built router as a process of its own, in an empty folder and with no setting but the given ones. Ends with the test.</summary>
sealed partial class RouterProcess : IAsyncDisposable
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    readonly Process process;
    readonly StringBuilder output = new(), errors = new();
    readonly string folder = Directory.CreateTempSubdirectory("s4-process-").FullName;

    public RouterProcess(params (string Name, string Value)[] settings) : this([], settings)
    {
    }

    public RouterProcess(string[] switches, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [Path.Combine(AppContext.BaseDirectory, "Chimera.S4.Router.dll"), .. switches])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("S4_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment["S4_HTTP_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output { get { lock (output) return output.ToString(); } }
    public string Errors { get { lock (errors) return errors.ToString(); } }

    public async Task<int> Exit()
    {
        using var bound = new CancellationTokenSource(Bound);
        await process.WaitForExitAsync(bound.Token);
        process.WaitForExit();                                    // and until its last line has been read
        return process.ExitCode;
    }

    /// <summary>Where it listens, once it does.</summary>
    public async Task<Uri> Address()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (Listening().Match(Output) is { Success: true } told) return new Uri(told.Groups[1].Value);
            if (process.HasExited || TimeProvider.System.GetElapsedTime(started) > Bound) throw new InvalidOperationException($"the router does not listen:\n{Output}\n{Errors}");
            await Task.Delay(20);
        }
    }

    [GeneratedRegex("Now listening on: [\\\\\"]*(http://[0-9.:]+)")]
    private static partial Regex Listening();

    static void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
