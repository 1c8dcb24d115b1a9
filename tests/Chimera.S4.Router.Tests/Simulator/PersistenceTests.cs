using Chimera.S4.Simulator;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_data_file : SimulatorTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("s4-sim-").FullName;

    protected override SimulatorOptions Options => base.Options with { DataFile = Path.Combine(_folder, "account.jsonl") };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Venue\":\"Spot\",\"Time\":17")]
    public async Task Brings_the_account_back_after_the_process_was_killed(string torn)
    {
        await SpotLimit("BUY", "89000", "1", "timeInForce=GTC&newClientOrderId=resting");
        await SpotLimit("BUY", "90000", "2", "timeInForce=GTC&newClientOrderId=partly");
        await Market(new { venue = "SPOT", symbol = "BTCUSDT", trade = new { side = "SELL", price = "90000", qty = "0.5" } });
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=gone");
        await SpotCancel("origClientOrderId=gone&newClientOrderId=gone-c");
        var last = await Spot("side=SELL&type=MARKET&quantity=1");
        await FuturesMarket("BUY", "3");
        await FuturesLimit("SELL", "91000", "1", "timeInForce=GTC&newClientOrderId=f-rest");
        await Client.Signed("POST", "/fapi/v1/leverage", "symbol=ETHUSDT&leverage=33");
        var (ledger, usdt, btc) = (Orders(await Ledger()), await Balance("USDT"), await Balance("BTC"));

        // What the file holds now is what a kill -9 would leave.
        var copy = Path.Combine(_folder, "killed.jsonl");
        await File.WriteAllTextAsync(copy, await ReadShared(Options.DataFile!));
        await File.AppendAllTextAsync(copy, torn);
        await using var restarted = await SimulatorHost.StartAsync(Options with { DataFile = copy });
        using var client = new VenueClient(restarted.Address);

        Assert.Equal(ledger, Orders((await client.Admin("GET", "/sim/ledger")).Json));
        var balances = (await client.Signed("GET", "/api/v3/account")).Json.GetProperty("balances").EnumerateArray().ToDictionary(b => b.GetProperty("asset").GetString()!);
        Assert.Equal(usdt, (Number(balances["USDT"], "free"), Number(balances["USDT"], "locked")));
        Assert.Equal(btc, (Number(balances["BTC"], "free"), Number(balances["BTC"], "locked")));
        Assert.Equal(3m, Number((await client.Signed("GET", "/fapi/v3/positionRisk", "symbol=BTCUSDT")).Json[0], "positionAmt"));
        Assert.Equal(33, (await client.Signed("GET", "/fapi/v1/symbolConfig", "symbol=ETHUSDT")).Json[0].GetProperty("leverage").GetInt32());
        Assert.Equal(-2013, (await client.Signed("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=gone")).Code);
        Assert.Equal("CANCELED", (await client.Signed("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=gone-c"))["status"]);

        // Resting orders are on the book again, and new ids go on behind the old ones.
        await client.Admin("PUT", "/sim/market", new { symbol = "BTCUSDT", mid = "88000", depth = "10" });
        Assert.Equal("FILLED", (await client.Signed("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=resting"))["status"]);
        var next = await client.Signed("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1");
        Assert.True(next.Amount("orderId") > last.Amount("orderId"));
        Assert.True(Number(next.Json.GetProperty("fills")[0], "price") > 0);
    }

    [Fact]
    public async Task Is_refused_if_it_is_damaged_in_the_middle()
    {
        await Spot("side=BUY&type=MARKET&quantity=1");
        var copy = Path.Combine(_folder, "damaged.jsonl");
        await File.WriteAllTextAsync(copy, "{oops\n" + await ReadShared(Options.DataFile!));
        await Assert.ThrowsAsync<InvalidDataException>(() => SimulatorHost.StartAsync(Options with { DataFile = copy }));
    }

    private static async Task<string> ReadShared(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    private static string[] Orders(System.Text.Json.JsonElement ledger) =>
        [.. ledger.GetProperty("orders").EnumerateArray().Concat(ledger.GetProperty("trades").EnumerateArray()).Select(o => o.GetRawText())];
}

public class A_command_line
{
    [Fact]
    public void Becomes_options()
    {
        var options = CommandLine.Parse(["--urls", "http://127.0.0.1:0", "--limits", "x10", "--seed=5", "--data", "a.jsonl", "--api-key", "k", "--api-secret", "s", "--volatility", "0.01"]);
        Assert.Equal(("http://127.0.0.1:0", 10, 5, "a.jsonl", "k", "s", 0.01), (options.Urls, options.LimitsMultiplier, options.Seed, options.DataFile, options.ApiKey, options.ApiSecret, options.Volatility));
    }

    [Theory]
    [InlineData("--limits xx", "--limits: 'xx' is not a whole number from 1 to 1000000")]
    [InlineData("--limits x0", "--limits: 'x0' is not a whole number from 1 to 1000000")]
    [InlineData("--volatility 7", "--volatility: '7' is not a number from 0 to 0.05")]
    [InlineData("--urls nowhere", "--urls: 'nowhere' is not an address of the form http://host:port")]
    [InlineData("--dance now", "--dance: unknown argument; --help lists them all")]
    [InlineData("--seed", "--seed: a value is missing")]
    public void That_is_wrong_names_itself_its_value_and_what_is_allowed(string line, string text) =>
        Assert.Equal(text, Assert.Throws<CommandLineError>(() => CommandLine.Parse(line.Split(' '))).Message);
}
