using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>A RabbitMQ: the one that all stories share, or a copy of one story, which may be killed.</summary>
/// <param name="Copy">Name of the copy in <c>infra/services.sh</c>; null: it belongs to the environment.</param>
sealed record Broker(Uri Amqp, Uri Management, string? Copy) : IAsyncDisposable
{
    static readonly Lazy<Task<Broker>> Running = new(Find);

    /// <summary>The one of the environment, else a copy of our own for the life of this test process.</summary>
    public static Task<Broker> Shared() => Running.Value;

    static async Task<Broker> Find()
    {
        if (Environment.GetEnvironmentVariable("S4_RABBITMQ_URI") is { Length: > 0 } uri && Environment.GetEnvironmentVariable("S4_RABBITMQ_MANAGEMENT") is { Length: > 0 } management)
            return new Broker(new Uri(uri), new Uri(management), null);
        var broker = await OfItsOwn("systemtests");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return broker;
    }

    public static async Task<Broker> OfItsOwn(string copy)
    {
        var lines = await Script(copy, "up");
        return new Broker(new Uri(Exported("S4_RABBITMQ_URI")), new Uri(Exported("S4_RABBITMQ_MANAGEMENT")), copy);

        string Exported(string name) => lines.Split('\n').Single(line => line.StartsWith($"export {name}=", StringComparison.Ordinal)).Split('=', 2)[1];
    }

    /// <summary>SIGKILL.</summary>
    public Task Kill() => Script(Copy!, "kill", "rabbitmq");
    public Task Start() => Script(Copy!, "start", "rabbitmq");

    /// <summary>SIGSTOP, SIGCONT.</summary>
    public Task Pause() => Script(Copy!, "pause", "rabbitmq");
    public Task Resume() => Script(Copy!, "resume", "rabbitmq");

    static async Task<string> Script(string copy, params string[] command)
    {
        string[] words = [Path.Combine(Executables.Root, "infra", "services.sh"), .. command, "--name", copy];
        using var script = Process.Start(new ProcessStartInfo("bash", words) { RedirectStandardOutput = true })!;
        var lines = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? lines : throw new InvalidOperationException($"infra/services.sh {string.Join(' ', command)} --name {copy} ended with exit code {script.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Copy is not null) await Script(Copy, "down");
    }
}

/// <summary>A virtual host of one story, so that stories see none of each other's queues.</summary>
sealed class VirtualHost(Broker broker, string name) : IAsyncDisposable
{
    readonly HttpClient management = new() { BaseAddress = broker.Management, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8)) } };

    readonly List<string> users = [];

    public Uri Uri => new UriBuilder(broker.Amqp) { Path = name }.Uri;

    public async Task Create()
    {
        await Put($"/api/vhosts/{name}", "{}");
        await Put($"/api/permissions/{name}/guest", """{"configure":".*","write":".*","read":".*"}""");
    }

    /// <summary>Somebody who may do all in this host. The host as he reaches it.</summary>
    public async Task<Uri> User(string user, string password)
    {
        await Put($"/api/users/{user}", $$"""{"password":"{{password}}","tags":""}""");
        await Put($"/api/permissions/{name}/{user}", """{"configure":".*","write":".*","read":".*"}""");
        users.Add(user);
        return new UriBuilder(Uri) { UserName = user, Password = password }.Uri;
    }

    /// <summary>What lies in queues that must stay empty.</summary>
    public async Task<IReadOnlyList<string>> FailedMessages(BusCaller bus)
    {
        var failed = new List<string>();
        foreach (var queue in (await Rows($"/api/queues/{name}?columns=name")).Select(queue => queue.GetProperty("name").GetString()!))
            if ((queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal)) && await bus.Count(queue) is > 0 and var count) failed.Add($"{queue}: {count}");
        return failed;
    }

    /// <summary>What waits in each queue, and for how many consumers, as the broker tells it with a delay of seconds: what a story misses may lie there.</summary>
    public async Task<string> Queues()
    {
        var queues = await Rows($"/api/queues/{name}?columns=name,messages_ready,messages_unacknowledged,consumers");
        return string.Join(", ", queues.Select(queue => $"{Of(queue, "name")} {Of(queue, "messages_ready")} ready {Of(queue, "messages_unacknowledged")} unacknowledged {Of(queue, "consumers")} consumers"));

        static string Of(JsonElement queue, string column) => queue.TryGetProperty(column, out var value) ? value.ToString() : "?";
    }

    /// <summary>The broker closes every connection in this host but those of the test itself; how many it knew of, which it counts with a delay of seconds.</summary>
    public async Task<int> CutConnections()
    {
        var others = (await Rows($"/api/vhosts/{name}/connections")).Where(connection => !(connection.TryGetProperty("user_provided_name", out var own) && own.GetString() == BusCaller.ConnectionName)).Select(connection => connection.GetProperty("name").GetString()!).ToArray();
        foreach (var connection in others) using (await management.DeleteAsync($"/api/connections/{Uri.EscapeDataString(connection)}")) { }
        return others.Length;
    }

    async Task<IEnumerable<JsonElement>> Rows(string path) => JsonDocument.Parse(await management.GetStringAsync(path)).RootElement.EnumerateArray();

    async Task Put(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await management.PutAsync(path, content)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in users) using (await management.DeleteAsync($"/api/users/{user}")) { }
        using (await management.DeleteAsync($"/api/vhosts/{name}")) management.Dispose();
    }
}
