using System.Diagnostics;
using System.Globalization;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>A real process that listens on a port of its own. It can be killed and started again on the same data; it ends with the story, and nothing else does.</summary>
abstract class ServerProcess(string name, string folder) : IAsyncDisposable
{
    static readonly string[] Complaints = [" WRN ", " ERR ", " FTL ", "R-FAULT"];

    Process? process;
    volatile bool disposed;

    public string Name => name;
    protected string Folder { get; } = Directory.CreateDirectory(folder).FullName;
    string OutputFile => Path.Combine(Folder, $"{name}.log");

    protected abstract (string Program, IEnumerable<string> Arguments) Command { get; }
    protected virtual IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();

    /// <summary>What it still lacks to serve; null once it does.</summary>
    protected abstract Task<string?> NotReady();

    public async Task Start()
    {
        Launch();
        await Ready();
    }

    public Task Ready() => Until.Done($"{name} serves", async () => HasEnded ? throw new InvalidOperationException($"{name} ended with exit code {process!.ExitCode}") : await NotReady());

    public void Launch()
    {
        // Whoever still wants to start it again has outlived the story.
        ObjectDisposedException.ThrowIf(disposed, this);
        var (program, arguments) = Command;
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The machine's own settings must not change a story.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("S4_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        foreach (var (variable, value) in Environment) start.Environment[variable] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = TextWriter.Synchronized(new StreamWriter(File.Open(OutputFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => output.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => output.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process!.Id;
    public bool HasEnded => process?.HasExited ?? true;

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        if (process is null) return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM: it is asked to end, and does so in its own time. Its exit code.</summary>
    public async Task<int> Terminate()
    {
        Signal("TERM");
        await Until.True($"{Name} has ended", () => Task.FromResult(HasEnded));
        process!.WaitForExit();
        var code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    /// <summary>SIGSTOP: it holds all that it holds, and does nothing.</summary>
    public void Pause() => Signal("STOP");
    public void Resume() => Signal("CONT");

    void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill -{name} of {Name} ended with exit code {kill.ExitCode}");
    }

    public string Output
    {
        get
        {
            if (!File.Exists(OutputFile)) return "";
            using var reader = new StreamReader(File.Open(OutputFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    /// <summary>The last complaints, each kind once, and the last lines; without the frames of stack traces, which would be all there is.</summary>
    public string Tail(int lines)
    {
        var said = Output.TrimEnd().Split('\n').Where(line => !line.StartsWith("   at ", StringComparison.Ordinal)).ToArray();
        var complaints = said.SkipLast(lines).Where((line, at) => IsComplaint(line) || at > 0 && IsComplaint(said[at - 1])).Reverse().DistinctBy(Kind).Take(20).Reverse();
        return string.Join('\n', [.. complaints, .. said.TakeLast(lines)]);
    }

    static bool IsComplaint(string line) => Complaints.Any(word => line.Contains(word, StringComparison.Ordinal));

    // What differs from one to the next is when, and the names and numbers in it.
    static string Kind(string line) => string.Join(' ', line.Split(' ').Where(word => !word.Any(char.IsDigit)));

    public ValueTask DisposeAsync()
    {
        disposed = true;
        Kill();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
