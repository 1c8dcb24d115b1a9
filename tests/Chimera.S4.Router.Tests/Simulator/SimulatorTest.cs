using System.Globalization;
using System.Text.Json;
using Chimera.S4.Simulator;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

/// <summary>A fresh simulator with a frozen market for each test, and the words to talk to it.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected SimulatorHost Simulator { get; private set; } = null!;
    protected VenueClient Client { get; private set; } = null!;

    protected virtual SimulatorOptions Options => new() { Urls = "http://127.0.0.1:0", Volatility = 0, TickInterval = TimeSpan.FromMilliseconds(20) };

    public async Task InitializeAsync()
    {
        var options = Options;
        Simulator = await SimulatorHost.StartAsync(options);
        Client = new VenueClient(Simulator.Address) { Clock = options.Time };
        // Round numbers: bid 89,999, ask 90,001, ten coins on each level.
        await Market(new { symbol = "BTCUSDT", mid = "90000", spread = "2", depth = "10" });
    }

    public virtual async Task DisposeAsync()
    {
        Client.Dispose();
        await Simulator.DisposeAsync();
    }

    protected Task<Answer> Spot(string parameters) => Client.Signed("POST", "/api/v3/order", "symbol=BTCUSDT&" + parameters);
    protected Task<Answer> SpotLimit(string side, string price, string quantity, string more = "timeInForce=GTC") =>
        Spot($"side={side}&type=LIMIT&price={price}&quantity={quantity}&{more}");
    protected Task<Answer> SpotOrder(string clientOrderId) => Client.Signed("GET", "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={clientOrderId}");
    protected Task<Answer> SpotCancel(string parameters) => Client.Signed("DELETE", "/api/v3/order", "symbol=BTCUSDT&" + parameters);

    protected Task<Answer> Futures(string parameters) => Client.Signed("POST", "/fapi/v1/order", "symbol=BTCUSDT&" + parameters);
    protected Task<Answer> FuturesMarket(string side, string quantity, string more = "newOrderRespType=RESULT") =>
        Futures($"side={side}&type=MARKET&quantity={quantity}&{more}");
    protected Task<Answer> FuturesLimit(string side, string price, string quantity, string more = "timeInForce=GTC") =>
        Futures($"side={side}&type=LIMIT&price={price}&quantity={quantity}&newOrderRespType=RESULT&{more}");
    protected Task<Answer> FuturesOrder(string clientOrderId) => Client.Signed("GET", "/fapi/v1/order", $"symbol=BTCUSDT&origClientOrderId={clientOrderId}");
    protected Task<Answer> FuturesCancel(string parameters) => Client.Signed("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&" + parameters);

    protected async Task Market(object change) => Assert.Equal(200, (await Client.Admin("PUT", "/sim/market", change)).Status);
    protected async Task Fault(object rule) => Assert.Equal(200, (await Client.Admin("PUT", "/sim/faults", rule)).Status);
    protected async Task NoFaults() => Assert.Equal(200, (await Client.Admin("DELETE", "/sim/faults")).Status);

    protected async Task<JsonElement> Ledger() => (await Client.Admin("GET", "/sim/ledger")).Json;
    protected async Task<JsonElement[]> LedgerOrders(string clientOrderId) =>
        [.. (await Ledger()).GetProperty("orders").EnumerateArray().Where(o => o.GetProperty("clientOrderId").GetString() == clientOrderId)];

    protected async Task<(decimal Free, decimal Locked)> Balance(string asset)
    {
        var balances = (await Client.Signed("GET", "/api/v3/account")).Json.GetProperty("balances");
        var balance = balances.EnumerateArray().Single(b => b.GetProperty("asset").GetString() == asset);
        return (Number(balance, "free"), Number(balance, "locked"));
    }

    protected async Task<decimal> Position()
    {
        var positions = (await Client.Signed("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT")).Json;
        return positions.GetArrayLength() == 0 ? 0 : Number(positions[0], "positionAmt");
    }

    protected async Task<TestSocket> SpotUserStream()
    {
        var socket = await TestSocket.Open(Simulator.Address, "/ws-api/v3");
        var timestamp = VenueClient.Now;
        var signature = Client.Sign($"apiKey=paper-api-key&recvWindow=5000&timestamp={timestamp}");
        await socket.Send(new { id = "s", method = "userDataStream.subscribe.signature", @params = new { apiKey = "paper-api-key", timestamp, recvWindow = 5000, signature } });
        Assert.Equal(200, (await socket.Next()).GetProperty("status").GetInt32());
        return socket;
    }

    protected async Task<string> ListenKey() => (await Client.Raw("POST", "/fapi/v1/listenKey"))["listenKey"];

    protected async Task<TestSocket> FuturesUserStream(string events = "") =>
        await TestSocket.Open(Simulator.Address, events == "" ? "/private/ws/" + await ListenKey() : $"/private/ws?listenKey={await ListenKey()}&events={events}");

    /// <summary>Asks again until it is so.</summary>
    protected static async Task Until(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds()) await Task.Delay(5, deadline.Token);
    }

    protected static decimal Number(JsonElement json, string name) => decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
