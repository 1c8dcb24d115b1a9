using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>The RabbitMQ that all stories share: the one of the environment, else a copy of our own for the life of this test process.</summary>
sealed record Broker(Uri Amqp, Uri Management)
{
    const string Copy = "systemtests";
    static readonly Lazy<Task<Broker>> Running = new(Find);

    public static Task<Broker> Get() => Running.Value;

    static async Task<Broker> Find()
    {
        if (Environment.GetEnvironmentVariable("S4_RABBITMQ_URI") is { Length: > 0 } uri && Environment.GetEnvironmentVariable("S4_RABBITMQ_MANAGEMENT") is { Length: > 0 } management)
            return new Broker(new Uri(uri), new Uri(management));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Script("down").GetAwaiter().GetResult();
        var lines = await Script("up");
        return new Broker(new Uri(Exported("S4_RABBITMQ_URI")), new Uri(Exported("S4_RABBITMQ_MANAGEMENT")));

        string Exported(string name) => lines.Split('\n').Single(line => line.StartsWith($"export {name}=", StringComparison.Ordinal)).Split('=', 2)[1];
    }

    static async Task<string> Script(string command)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Executables.Root, "infra", "services.sh"), command, "--name", Copy]) { RedirectStandardOutput = true })!;
        var lines = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? lines : throw new InvalidOperationException($"infra/services.sh {command} --name {Copy} ended with exit code {script.ExitCode}");
    }
}

/// <summary>A virtual host of one story, so that stories see none of each other's queues.</summary>
sealed class VirtualHost(Broker broker, string name) : IAsyncDisposable
{
    readonly HttpClient management = new() { BaseAddress = broker.Management, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8)) } };

    public Uri Uri => new UriBuilder(broker.Amqp) { Path = name }.Uri;

    public async Task Create()
    {
        await Put($"/api/vhosts/{name}", "{}");
        await Put($"/api/permissions/{name}/guest", """{"configure":".*","write":".*","read":".*"}""");
    }

    public async Task<string[]> Queues()
    {
        using var json = global::System.Text.Json.JsonDocument.Parse(await management.GetStringAsync($"/api/queues/{name}?columns=name"));
        return [.. json.RootElement.EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!)];
    }

    async Task Put(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await management.PutAsync(path, content)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        using (await management.DeleteAsync($"/api/vhosts/{name}")) management.Dispose();
    }
}
