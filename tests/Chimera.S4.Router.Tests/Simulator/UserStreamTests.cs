using System.Text.Json;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class A_spot_user_stream : SimulatorTest
{
    [Fact]
    public async Task Tells_of_an_order_its_fill_and_the_balances()
    {
        await using var stream = await SpotUserStream();
        await Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=m-1");
        var accepted = await Report(stream);
        Assert.Equal(("NEW", "m-1", -1L), (Text(accepted, "x"), Text(accepted, "c"), accepted.GetProperty("t").GetInt64()));
        var filled = await Report(stream);
        Assert.Equal(("TRADE", "FILLED", "1.00000000", "0.00100000", "BTC"), (Text(filled, "x"), Text(filled, "X"), Text(filled, "l"), Text(filled, "n"), Text(filled, "N")));
        Assert.True(filled.GetProperty("I").GetInt64() > accepted.GetProperty("I").GetInt64());
        var position = await stream.Next(m => m.GetProperty("event").GetProperty("e").GetString() == "outboundAccountPosition");
        Assert.Equal(["BTC", "USDT"], position.GetProperty("event").GetProperty("B").EnumerateArray().Select(b => Text(b, "a")).Order());
    }

    [Fact]
    public async Task Tells_a_cancel_under_its_own_name_and_the_original()
    {
        await using var stream = await SpotUserStream();
        await SpotLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=orig");
        await SpotCancel("origClientOrderId=orig&newClientOrderId=orig-c");
        var canceled = (await stream.Next(m => Text(m.GetProperty("event"), "e") == "executionReport" && Text(m.GetProperty("event"), "x") == "CANCELED")).GetProperty("event");
        Assert.Equal(("orig-c", "orig", "CANCELED", false), (Text(canceled, "c"), Text(canceled, "C"), Text(canceled, "X"), canceled.GetProperty("w").GetBoolean()));
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("17")]
    [InlineData("null")]
    public async Task Gives_an_id_back_as_it_came(string id)
    {
        await using var socket = await TestSocket.Open(Simulator.Address, "/ws-api/v3");
        await socket.SendText($$"""{"id":{{id}},"method":"time"}""");
        var reply = await socket.Next();
        Assert.Equal(id, reply.GetProperty("id").GetRawText());
        Assert.True(reply.GetProperty("result").GetProperty("serverTime").GetInt64() > 0);
        Assert.Equal("REQUEST_WEIGHT", reply.GetProperty("rateLimits")[0].GetProperty("rateLimitType").GetString());
    }

    [Fact]
    public async Task Is_opened_once_per_session_and_can_be_closed()
    {
        await using var stream = await SpotUserStream();
        await Subscribe(stream, VenueClient.Now);
        Assert.Equal(-2035, Code(await stream.Next()));
        await stream.SendText("""{"id":1,"method":"session.subscriptions"}""");
        Assert.Equal(0, (await stream.Next()).GetProperty("result")[0].GetProperty("subscriptionId").GetInt32());
        await stream.SendText("""{"id":2,"method":"userDataStream.unsubscribe"}""");
        Assert.Equal(200, (await stream.Next()).GetProperty("status").GetInt32());
        await stream.SendText("""{"id":3,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}""");
        Assert.Equal(-2036, Code(await stream.Next()));
        await Spot("side=BUY&type=MARKET&quantity=1");
        await stream.SendText("""{"id":4,"method":"ping"}""");
        Assert.Equal(4, (await stream.Next()).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Is_not_to_be_had_by_listen_key_any_more() =>
        Assert.Equal(410, (await Client.Raw("POST", "/api/v3/userDataStream")).Status);

    [Fact]
    public async Task Is_refused_to_the_late_and_to_nonsense()
    {
        await using var socket = await TestSocket.Open(Simulator.Address, "/ws-api/v3");
        await Subscribe(socket, VenueClient.Now - 10_000);
        Assert.Equal(-1021, Code(await socket.Next()));
        await socket.SendText("{nonsense");
        Assert.Equal(-1135, Code(await socket.Next()));
        await socket.SendText("""{"id":1,"method":"dance"}""");
        Assert.Equal(-1020, Code(await socket.Next()));
    }

    private async Task Subscribe(TestSocket socket, long timestamp)
    {
        var signature = Client.Sign($"apiKey=paper-api-key&timestamp={timestamp}");
        await socket.Send(new { id = 9, method = "userDataStream.subscribe.signature", @params = new { apiKey = "paper-api-key", timestamp, signature } });
    }

    private static async Task<JsonElement> Report(TestSocket stream) =>
        (await stream.Next(m => Text(m.GetProperty("event"), "e") == "executionReport")).GetProperty("event");

    private static int Code(JsonElement reply) => reply.GetProperty("error").GetProperty("code").GetInt32();
    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}

public class A_futures_user_stream : SimulatorTest
{
    [Fact]
    public async Task Tells_of_an_order_its_fill_and_the_position()
    {
        await using var stream = await FuturesUserStream();
        await FuturesMarket("BUY", "0.5", "newClientOrderId=f-1");
        var accepted = await stream.Next(Is("ORDER_TRADE_UPDATE"));
        Assert.Equal("NEW", accepted.GetProperty("o").GetProperty("x").GetString());
        var account = (await stream.Next(Is("ACCOUNT_UPDATE"))).GetProperty("a");
        Assert.Equal(("ORDER", "0.500"), (account.GetProperty("m").GetString(), account.GetProperty("P")[0].GetProperty("pa").GetString()));
        var filled = (await stream.Next(Is("ORDER_TRADE_UPDATE"))).GetProperty("o");
        Assert.Equal(("TRADE", "FILLED", "f-1", "90001", "22.50025"),
            (filled.GetProperty("x").GetString(), filled.GetProperty("X").GetString(), filled.GetProperty("c").GetString(), filled.GetProperty("ap").GetString(), filled.GetProperty("n").GetString()));
    }

    [Fact]
    public async Task Can_be_had_wrapped_and_filtered()
    {
        var key = await ListenKey();
        Assert.Equal(key, await ListenKey());
        await using var wrapped = await TestSocket.Open(Simulator.Address, "/private/stream");
        await wrapped.Send(new { method = "SUBSCRIBE", @params = new[] { key }, id = "a1f" });
        Assert.Equal("a1f", (await wrapped.Next()).GetProperty("id").GetString());
        await using var filtered = await FuturesUserStream("ACCOUNT_UPDATE");
        await FuturesMarket("BUY", "0.5");
        Assert.Equal("ACCOUNT_UPDATE", (await filtered.Next()).GetProperty("e").GetString());
        var update = await wrapped.Next();
        Assert.Equal((key, "ORDER_TRADE_UPDATE"), (update.GetProperty("stream").GetString(), update.GetProperty("data").GetProperty("e").GetString()));
    }

    [Theory]
    [InlineData("/ws/{key}")]
    [InlineData("/private/ws/unknown")]
    [InlineData("/private/stream?streams=unknown")]
    public async Task Stays_silent_where_it_is_not_to_be_had(string path)
    {
        await using var silent = await TestSocket.Open(Simulator.Address, path.Replace("{key}", await ListenKey()));
        await using var stream = await FuturesUserStream();
        await FuturesMarket("BUY", "0.5");
        await stream.Next(m => m.GetProperty("e").GetString() == "ORDER_TRADE_UPDATE" && m.GetProperty("o").GetProperty("x").GetString() == "TRADE");
        await silent.SendText("""{"method":"LIST_SUBSCRIPTIONS","id":7}""");
        Assert.Equal(7, (await silent.Next()).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Ends_with_its_key_and_says_so_once()
    {
        await using var stream = await FuturesUserStream();
        var key = await ListenKey();
        await Client.Admin("POST", "/sim/faults", new { kind = "expire-listen-key" });
        Assert.Equal(key, (await stream.Next(Is("listenKeyExpired"))).GetProperty("listenKey").GetString());
        Assert.Equal(-1125, (await Client.Raw("PUT", "/fapi/v1/listenKey")).Code);
        Assert.NotEqual(key, await ListenKey());
        await FuturesMarket("BUY", "0.5");
        await stream.SendText("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal(1, (await stream.Next()).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Is_lost_to_everybody_when_one_deletes_the_key()
    {
        await using var stream = await FuturesUserStream();
        Assert.Equal(200, (await Client.Raw("PUT", "/fapi/v1/listenKey")).Status);
        Assert.Equal(200, (await Client.Raw("DELETE", "/fapi/v1/listenKey")).Status);
        await FuturesMarket("BUY", "0.5");
        await stream.SendText("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal(1, (await stream.Next()).GetProperty("id").GetInt32());
    }

    private static Func<JsonElement, bool> Is(string type) => message => message.GetProperty("e").GetString() == type;
}
