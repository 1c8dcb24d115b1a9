using Chimera.S4.Router.Stores;
using Chimera.S4.Simulator;

namespace Chimera.S4.Router.Hosting;

/// <summary>Which exchange. Environment: <c>S4_EXCHANGE</c> = paper (default: the simulator in this process) or binance.</summary>
static class ExchangeSetup
{
    /// <summary>In paper mode an exchange is started now and the Binance adapter is pointed at it: the code path is the same, over real HTTP and WebSocket.</summary>
    public static async Task<IAsyncDisposable> AddExchange(this WebApplicationBuilder builder)
    {
        var exchange = EnvironmentValue.Text(builder.Configuration, "S4_EXCHANGE", "paper");
        if (exchange == "binance") return new Elsewhere();
        if (exchange != "paper") throw EnvironmentValue.Wrong("S4_EXCHANGE", $"'{exchange}' is not one of paper, binance");

        // The paper account survives a restart like a real one.
        var folder = Directory.CreateDirectory(EnvironmentValue.Text(builder.Configuration, DataOptions.DirVariable, "data"));
        var options = new SimulatorOptions { Urls = "http://127.0.0.1:0", DataFile = Path.Combine(folder.FullName, "paper-exchange.jsonl") };
        var simulator = await SimulatorHost.StartAsync(options);
        var rest = simulator.Address.AbsoluteUri;
        var stream = new UriBuilder(simulator.Address) { Scheme = "ws" }.Uri.AbsoluteUri;
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["S4_BINANCE_SPOT_REST_URL"] = rest, ["S4_BINANCE_FUT_REST_URL"] = rest, ["S4_BINANCE_SPOT_WS_URL"] = stream, ["S4_BINANCE_FUT_WS_URL"] = stream,
            ["S4_BINANCE_KEY"] = options.ApiKey, ["S4_BINANCE_SECRET"] = options.ApiSecret,
        });
        return simulator;
    }

    sealed class Elsewhere : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
