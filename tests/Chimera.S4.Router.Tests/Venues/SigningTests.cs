using System.Security.Cryptography;
using System.Text;
using Chimera.S4.Orders;
using Chimera.S4.Router.Venues.Binance;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

public class A_signature
{
    const string SpotSecret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    const string FuturesSecret = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

    [Theory] // Binance's own examples.
    [InlineData(SpotSecret, "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData(SpotSecret, "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    [InlineData(SpotSecret, "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC" + "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77")]
    [InlineData(SpotSecret, "apiKey=vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1645423376532&type=LIMIT", "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24")]
    [InlineData(FuturesSecret, "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943", "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9")]
    public void Is_what_Binance_computes(string secret, string text, string signature) => Assert.Equal(signature, new RequestSigner(secret).Sign(text));

    [Fact]
    public void Is_made_over_percent_encoded_text() =>
        Assert.Equal("symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&list=%5B%22A%22%5D", new Params().Add("symbol", "１２３４５６").Add("none", null).Add("list", "[\"A\"]").Text);

    [Fact]
    public void Of_an_RSA_key_verifies_with_its_public_half()
    {
        using var rsa = RSA.Create(2048);
        var signer = new RequestSigner(rsa.ExportPkcs8PrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal));
        var sealedText = signer.Seal("symbol=BTCUSDT&timestamp=1");
        var signature = Convert.FromBase64String(Uri.UnescapeDataString(sealedText.Split("&signature=")[1]));
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes("symbol=BTCUSDT&timestamp=1"), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}

public class A_signed_placement
{
    [Theory]
    [InlineData("SPOT", OrderType.Market, null, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=r-01&newOrderRespType=FULL&recvWindow=1000&timestamp=")]
    [InlineData("SPOT", OrderType.Limit, null, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=90000.5&newClientOrderId=r-01&newOrderRespType=FULL&recvWindow=1000&timestamp=")]
    [InlineData("SPOT", OrderType.Limit, TimeInForce.Fok, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.01&price=90000.5&newClientOrderId=r-01&newOrderRespType=FULL&recvWindow=1000&timestamp=")]
    [InlineData("SPOT", OrderType.LimitMaker, null, "symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.01&price=90000.5&newClientOrderId=r-01&newOrderRespType=FULL&recvWindow=1000&timestamp=")]
    [InlineData("FUT", OrderType.Market, null, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&reduceOnly=true&newClientOrderId=r-01&newOrderRespType=RESULT&recvWindow=1000&timestamp=")]
    [InlineData("FUT", OrderType.Limit, TimeInForce.Ioc, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.01&price=90000.5&reduceOnly=true&newClientOrderId=r-01&newOrderRespType=RESULT&recvWindow=1000&timestamp=")]
    [InlineData("FUT", OrderType.LimitMaker, null, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.01&price=90000.5&reduceOnly=true&newClientOrderId=r-01&newOrderRespType=RESULT&recvWindow=1000&timestamp=")]
    public void Says_what_the_venue_expects(string market, OrderType type, TimeInForce? timeInForce, string begin)
    {
        using var rig = new Rig(new("http://127.0.0.1:1"));
        var request = rig.Venue(market).Sign(Rig.Placement(market, type, timeInForce, reduceOnly: true));
        Assert.StartsWith(begin, request.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", request.Text, StringComparison.Ordinal);
        Assert.Contains($"&timestamp={request.Timestamp.ToUnixTimeMilliseconds()}&signature=", request.Text, StringComparison.Ordinal);
        var (text, signature) = (request.Text.Split("&signature=")[0], request.Text.Split("&signature=")[1]);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData("the-secret"u8, Encoding.ASCII.GetBytes(text))), signature);
    }

    [Theory]
    [InlineData("SPOT", "POST /api/v3/order")]
    [InlineData("FUT", "POST /fapi/v1/order")]
    public async Task Is_sent_byte_for_byte_in_the_body(string market, string path)
    {
        await using var stub = await StubVenue.Start();
        using var rig = new Rig(stub.Rest);
        stub.Answer = _ => (200, market is "SPOT" ? Samples.SpotFull : Samples.FuturesAck);
        var request = rig.Venue(market).Sign(Rig.Placement(market));
        await rig.Venue(market).Place(request, default);
        var sent = Assert.Single(stub.Requests);
        Assert.Equal((path, request.Text, "", "the-key"), (sent.ToString(), sent.Body, sent.Query, sent.Key));
    }
}
