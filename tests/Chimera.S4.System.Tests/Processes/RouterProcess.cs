using Chimera.S4.System.Tests.Callers;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>Where a router finds the others. Without broker and Redis it is embedded: in-memory bus, SQLite.</summary>
/// <param name="Rest">The exchange's REST; replicas must be told the same.</param>
/// <param name="Arango">Null: the record is in SQLite.</param>
sealed record Neighbours(Uri Rest, Uri Sockets, Uri? Broker, string? Redis, Uri? Arango = null);

/// <summary>The router with its mapped REST adapter.</summary>
sealed class RouterProcess(string folder, Neighbours around, string name = "router") : ServerProcess(name, folder)
{
    readonly int port = Ports.Free();

    /// <summary>Of this story, beside or instead of what every router gets. To be set before the start.</summary>
    public Dictionary<string, string> Settings { get; } = [];
    /// <inheritdoc cref="AdapterProcess.ReadKey"/>
    public string? ReadKey { get; init; }
    public Uri Address => new($"http://127.0.0.1:{port}");
    public string DatabaseFile => Path.Combine(Folder, "data", "s4.db");

    protected override (string, IEnumerable<string>) Command => (Executables.Of("Chimera.S4.Router"), []);

    protected override IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var variables = new Dictionary<string, string>
            {
                ["S4_EXCHANGE"] = "binance",
                ["S4_BINANCE_SPOT_REST_URL"] = around.Rest.AbsoluteUri, ["S4_BINANCE_FUT_REST_URL"] = around.Rest.AbsoluteUri,
                ["S4_BINANCE_SPOT_WS_URL"] = around.Sockets.AbsoluteUri, ["S4_BINANCE_FUT_WS_URL"] = around.Sockets.AbsoluteUri,
                ["S4_BINANCE_KEY"] = SimulatorProcess.Key, ["S4_BINANCE_SECRET"] = SimulatorProcess.Secret,
                ["S4_DATA_DIR"] = Path.Combine(Folder, "data"),
                ["S4_HTTP_URLS"] = Address.AbsoluteUri,
                ["S4_MAX_ORDERS_PER_MINUTE"] = "100000",    // stories come in bursts that no caller would
                ["S4_MARKOUT_SECONDS"] = "1,5",             // a story does not wait a minute
                ["S4_ABSENCE_SETTLE"] = "12s",              // the simulator hides nothing; the exchange's own fence still holds
            };
            if (around.Broker is { } broker) variables["S4_RABBITMQ_URI"] = broker.AbsoluteUri;
            if (around.Redis is { } redis) variables["S4_REDIS_ADDRESSES"] = redis;
            if (around.Arango is { } arango) (variables["S4_DB_ARANGO_URLS"], variables["S4_DB_ARANGO_PASSWORD"]) = (arango.AbsoluteUri, ArangoProcess.Password);
            foreach (var (variable, value) in Settings) variables[variable] = value;
            return variables;
        }
    }

    protected override async Task<string?> NotReady()
    {
        using var http = new JsonCaller(Address, ReadKey);
        var health = await http.Get("/health");
        return health.Status == 200 && health.Text("status") == "OK" ? null : $"/health says {health}";
    }
}
