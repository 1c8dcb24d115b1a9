using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>The REST adapter as a process of its own: it knows the broker and nothing else.</summary>
sealed class AdapterProcess(string folder, Uri broker) : ServerProcess("adapter", folder)
{
    readonly int port = Ports.Free();

    /// <inheritdoc cref="RouterProcess.Settings"/>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>What it is asked with whether it is ready, where it asks for keys.</summary>
    public string? ReadKey { get; init; }

    public Uri Address => new($"http://127.0.0.1:{port}");

    protected override (string, IEnumerable<string>) Command => (Executables.Of("Chimera.S4.HttpAdapter"), []);

    protected override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(Settings)
    {
        ["S4_RABBITMQ_URI"] = broker.AbsoluteUri, ["S4_HTTP_URLS"] = Address.AbsoluteUri,
    };

    protected override async Task<string?> NotReady()
    {
        using var http = new JsonCaller(Address, ReadKey);
        var ready = await http.Get("/health/ready");
        return ready.Status == 200 ? null : $"/health/ready says {ready}";
    }
}
