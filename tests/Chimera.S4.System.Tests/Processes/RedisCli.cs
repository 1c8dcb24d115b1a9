using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>A person or another service at Redis, with <c>redis-cli</c>.</summary>
sealed class RedisCli(int port)
{
    public string Ask(params string[] words) => Run("redis-cli", ["-p", port.ToString(CultureInfo.InvariantCulture), .. words]);

    public Dictionary<string, string> Hash(string key) => Ask("HGETALL", key).Split('\n').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The entries of a stream, oldest first, without their ids.</summary>
    public Dictionary<string, string>[] Streamed(string key) => [.. JsonDocument.Parse(Ask("--json", "XRANGE", key, "-", "+")).RootElement.EnumerateArray()
        .Select(entry => entry[1].EnumerateArray().Select(word => word.GetString()!).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]))];

    /// <param name="command">As a person types it.</param>
    public string Shell(string command) => Run("bash", ["-c", command.Replace("redis-cli ", $"redis-cli -p {port} ", StringComparison.Ordinal)]);

    static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.TrimEnd('\n');
    }
}
