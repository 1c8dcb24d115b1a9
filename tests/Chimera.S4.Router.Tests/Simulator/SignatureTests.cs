using Chimera.S4.Simulator.Security;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_signature
{
    private const string SpotSecret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string FuturesSecret = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

    [Theory]
    [InlineData(SpotSecret, "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "",
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData(SpotSecret, "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "",
        "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    [InlineData(SpotSecret, "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC", "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
        "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77")]
    [InlineData(FuturesSecret, "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943", "",
        "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9")]
    public void Is_the_one_that_Binance_documents(string secret, string query, string body, string signature)
    {
        var credentials = new HmacCredentials("k", secret);
        Assert.True(credentials.Verify(SignedText.OfRequest(query, body), signature));
        Assert.True(credentials.Verify(SignedText.OfRequest(query + "&signature=" + signature, body), signature));
        Assert.True(credentials.Verify(SignedText.OfRequest(query, body + "&signature=" + signature), signature) || body == "");
        Assert.True(credentials.Verify(SignedText.OfRequest(query, body), signature.ToUpperInvariant()));
        Assert.False(credentials.Verify(SignedText.OfRequest(query + "0", body), signature));
    }

    [Fact]
    public void Of_a_socket_request_covers_its_parameters_sorted_by_name()
    {
        var parameters = new Dictionary<string, string>
        {
            ["symbol"] = "BTCUSDT", ["side"] = "SELL", ["type"] = "LIMIT", ["timeInForce"] = "GTC", ["quantity"] = "0.01000000", ["price"] = "52000.00", ["recvWindow"] = "100",
            ["timestamp"] = "1645423376532", ["apiKey"] = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A", ["signature"] = "left out",
        };
        Assert.True(new HmacCredentials("k", SpotSecret).Verify(SignedText.OfParameters(parameters), "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24"));
    }
}

public class A_signed_request : SimulatorTest
{
    private const string Limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
    private static string Rest => $"quantity=1&price=80000&recvWindow=5000&timestamp={VenueClient.Now}";

    [Fact]
    public async Task Is_taken_from_the_query_the_body_or_both()
    {
        var rest = Rest;
        var inBody = await Client.Raw("POST", "/api/v3/order", $"{Limit}&{rest}&signature={Client.Sign($"{Limit}&{rest}")}");
        var mixed = await Client.Raw("POST", $"/api/v3/order?{Limit}", $"{rest}&signature={Client.Sign(Limit + rest)}");
        var signedInQuery = await Client.Raw("POST", $"/api/v3/order?{Limit}&signature={Client.Sign(Limit + rest)}", rest);
        var signatureFirst = await Client.Raw("POST", $"/api/v3/order?signature={Client.Sign($"{Limit}&{rest}").ToUpperInvariant()}&{Limit}&{rest}");
        var jsonType = await Client.Raw("POST", $"/api/v3/order?{Limit}&{rest}&signature={Client.Sign($"{Limit}&{rest}")}", "", contentType: "application/json");
        Assert.All([inBody, mixed, signedInQuery, signatureFirst, jsonType], answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Follows_the_query_where_query_and_body_disagree()
    {
        var (query, body) = ($"{Limit}&{Rest}", "price=70000");
        var answer = await Client.Raw("POST", $"/api/v3/order?{query}", $"{body}&signature={Client.Sign(query + body)}");
        Assert.Equal("80000.00000000", answer["price"]);
    }

    [Theory]
    [InlineData("/api/v3/order")]
    [InlineData("/fapi/v1/order")]
    public async Task Is_refused_for_what_is_wrong_with_it(string path)
    {
        var (good, late) = ($"{Limit}&{Rest}", $"{Limit}&quantity=1&price=80000&recvWindow=1000&timestamp={VenueClient.Now - 1500}");
        await Refused(401, -2014, Client.Raw("POST", $"{path}?{good}&signature={Client.Sign(good)}", withKey: false));
        using var stranger = new VenueClient(Simulator.Address, "somebody-else");
        await Refused(401, -2015, stranger.Signed("POST", path, good));
        using var forger = new VenueClient(Simulator.Address, secret: "guessed");
        await Refused(400, -1022, forger.Signed("POST", path, good));
        await Refused(400, -1102, Client.Raw("POST", $"{path}?{good}"));
        await Refused(400, -1102, Client.Raw("POST", $"{path}?{Limit}&quantity=1&price=80000&signature={Client.Sign(Limit)}"));
        await Refused(400, -1021, Client.Signed("POST", path, late));
        await Refused(400, -1021, Client.Signed("POST", path, $"{Limit}&quantity=1&price=80000&timestamp={VenueClient.Now + 3000}"));
        await Refused(400, -1131, Client.Signed("POST", path, $"{Limit}&recvWindow=60001&timestamp={VenueClient.Now}"));
        Assert.Equal(0, (await Ledger()).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task May_name_its_time_in_microseconds() =>
        Assert.Equal(200, (await Client.Signed("POST", "/api/v3/order", $"{Limit}&quantity=1&price=80000&timestamp={VenueClient.Now}000")).Status);

    [Theory]
    [InlineData("POST", "/api/v3/order", -1021)]
    [InlineData("DELETE", "/api/v3/order", -1021)]
    [InlineData("POST", "/fapi/v1/order", -5028)]
    public async Task Is_refused_before_the_engine_when_it_got_late_on_the_way(string method, string path, int code)
    {
        await Fault(new { kind = "latency", ms = 700 });
        await Refused(400, code, Client.Signed(method, path, $"{Limit}&quantity=1&price=80000&recvWindow=500&timestamp={VenueClient.Now}"));
        var ledger = await Ledger();
        Assert.Equal(0, ledger.GetProperty("orders").GetArrayLength());
        Assert.Equal(code, ledger.GetProperty("rejects")[0].GetProperty("code").GetInt32());
    }

    private static async Task Refused(int status, int code, Task<Answer> sent)
    {
        var answer = await sent;
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }
}
