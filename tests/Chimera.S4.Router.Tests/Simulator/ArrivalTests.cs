using System.Text.Json;
using Xunit;

namespace Chimera.S4.Router.Tests.Simulator;

public class The_list_of_arrivals : SimulatorTest
{
    [Fact]
    public async Task Holds_each_placement_once_whatever_became_of_it()
    {
        var before = Us(TimeProvider.System.GetUtcNow());
        await Spot("side=BUY&type=MARKET&quantity=1&newClientOrderId=filled");
        await Spot("side=BUY&type=LIMIT&price=1&quantity=0.0000001&timeInForce=GTC&newClientOrderId=refused");
        await FuturesLimit("BUY", "80000", "1", "timeInForce=GTC&newClientOrderId=resting");
        await SpotOrder("filled");
        var after = Us(TimeProvider.System.GetUtcNow());

        var arrivals = (await Client.Admin("GET", "/sim/arrivals")).Json.EnumerateArray().ToArray();
        Assert.Equal([("SPOT", "filled"), ("SPOT", "refused"), ("FUT", "resting")], arrivals.Select(row => (Text(row, "venue"), Text(row, "clientOrderId"))));
        Assert.All(arrivals, row => Assert.InRange(row.GetProperty("atUs").GetInt64(), before, after));
        var trade = (await Ledger()).GetProperty("trades")[0].GetProperty("timeUs").GetInt64();
        Assert.InRange(trade, arrivals[0].GetProperty("atUs").GetInt64(), after);

        await Client.Admin("POST", "/sim/reset", new { });
        Assert.Empty((await Client.Admin("GET", "/sim/arrivals")).Json.EnumerateArray());
    }

    static long Us(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
