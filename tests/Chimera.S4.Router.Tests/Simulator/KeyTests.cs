using System.Security.Cryptography;
using System.Text;
using Chimera.S4.Simulator;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class An_rsa_key : SimulatorTest
{
    private readonly RSA _key = RSA.Create(2048);

    protected override SimulatorOptions Options => base.Options with { RsaPublicKey = _key.ExportSubjectPublicKeyInfoPem(), RsaApiKey = "rsa-key" };

    private string Sign(string text) => Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    [Theory]
    [InlineData("/api/v3/order", "/api/v3/account")]
    [InlineData("/fapi/v1/order", "/fapi/v3/account")]
    public async Task Signs_beside_the_hmac_key(string order, string account)
    {
        using var client = new VenueClient(Simulator.Address, "rsa-key");
        var text = $"symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=rsa&timestamp={VenueClient.Now}";
        Assert.Equal(200, (await client.Raw("POST", order, $"{text}&signature={Uri.EscapeDataString(Sign(text))}")).Status);
        Assert.Single(await LedgerOrders("rsa"));
        Assert.Equal(200, (await Client.Signed("GET", account)).Status);
        var other = Uri.EscapeDataString(Sign(text + "&x=1"));
        Assert.Equal(-1022, (await client.Raw("GET", $"{account}?{text}&signature={other}")).Code);
        Assert.Equal(-1022, (await client.Raw("GET", $"{account}?{text}&signature={client.Sign(text)}")).Code);
    }

    [Fact]
    public async Task Opens_the_user_stream_of_spot()
    {
        await using var socket = await TestSocket.Open(Simulator.Address, "/ws-api/v3");
        var timestamp = VenueClient.Now;
        var signature = Sign($"apiKey=rsa-key&timestamp={timestamp}");
        await socket.Send(new { id = (string?)null, method = "userDataStream.subscribe.signature", @params = new { apiKey = "rsa-key", timestamp, signature } });
        Assert.Equal(200, (await socket.Next()).GetProperty("status").GetInt32());
    }
}

public class A_time_unit : SimulatorTest
{
    [Fact]
    public async Task Of_microseconds_is_for_spot_answers()
    {
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=a");
        await Spot("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=80000&newClientOrderId=b");
        var orders = await Asked("MICROSECOND", "/api/v3/openOrders");
        Assert.InRange(orders.Json[0].GetProperty("time").GetInt64(), 1_000_000_000_000_000, long.MaxValue);
        Assert.Equal(-1, orders.Json[1].GetProperty("workingTime").GetInt64());
        Assert.InRange((await Asked("MILLISECOND", "/api/v3/openOrders")).Json[0].GetProperty("time").GetInt64(), 0, 9_999_999_999_999);
        Assert.Equal(-1194, (await Asked("FORTNIGHT", "/api/v3/openOrders")).Code);
    }

    private async Task<Answer> Asked(string unit, string path)
    {
        using var http = new HttpClient { BaseAddress = Simulator.Address };
        var query = $"symbol=BTCUSDT&timestamp={VenueClient.Now}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?{query}&signature={Client.Sign(query)}");
        request.Headers.Add("X-MBX-APIKEY", "paper-api-key");
        request.Headers.Add("X-MBX-TIME-UNIT", unit);
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}

public class A_data_file_of_waiting_orders : SimulatorTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("s4-sim-").FullName;

    protected override SimulatorOptions Options => base.Options with
    {
        // No tick comes to help: each change has to be in the file when its answer leaves.
        DataFile = Path.Combine(_folder, "account.jsonl"), TickInterval = TimeSpan.FromMinutes(1),
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Brings_lists_and_algo_orders_back_as_they_waited()
    {
        await Client.Signed("POST", "/api/v3/orderList/oco", "symbol=BTCUSDT&side=SELL&quantity=1&listClientOrderId=list&aboveType=LIMIT_MAKER&abovePrice=91000"
            + "&aboveClientOrderId=tp&belowType=STOP_LOSS&belowStopPrice=89000&belowClientOrderId=sl");
        await Client.Signed("POST", "/fapi/v1/algoOrder", "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=1&triggerPrice=89000&clientAlgoId=a");
        var copy = Path.Combine(_folder, "killed.jsonl");
        await using (var living = new FileStream(Options.DataFile!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        await using (var target = File.Create(copy)) await living.CopyToAsync(target);
        await using var restarted = await SimulatorHost.StartAsync(Options with { DataFile = copy });
        using var client = new VenueClient(restarted.Address);
        Assert.Equal("EXECUTING", (await client.Signed("GET", "/api/v3/orderList", "origClientOrderId=list"))["listOrderStatus"]);
        await client.Admin("PUT", "/sim/market", new { symbol = "BTCUSDT", mid = "88000" });
        Assert.Equal("FILLED", (await client.Signed("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=sl"))["status"]);
        Assert.Equal("EXPIRED", (await client.Signed("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=tp"))["status"]);
        Assert.Equal("FINISHED", (await client.Signed("GET", "/fapi/v1/algoOrder", "clientAlgoId=a"))["algoStatus"]);
    }
}
