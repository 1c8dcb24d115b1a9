using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Check;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>The exchange is the fence: what was signed 20 s ago does not take effect, whether it lay in the network or in a machine that was frozen.</summary>
[Trait("Category", "Services")]
public sealed class A_signed_request_that_comes_20_s_late(ITestOutputHelper output)
{
    const int OutsideRecvWindow = -1021;
    const string FrozenMachine = "in a frozen machine";
    static readonly TimeSpan Late = TimeSpan.FromSeconds(20), Bound = TimeSpan.FromSeconds(60), Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("in the network")]
    [InlineData(FrozenMachine)]
    public Task Is_refused_and_its_order_is_placed_once(string heldUp) => Deployment.Run(async deployment =>
    {
        string[] ids = ["late-SPOT", "late-FUT"];
        var held = new List<(RouterProcess Router, Trap Trap)>();
        foreach (var id in ids)
        {
            var trap = deployment.Tripwire.Arm(new Phase(Step.Post, Side.Before), seen => seen.Subject == ClientOrderIds.First(id));
            await deployment.Bus.Publish(new JsonObject { ["intent_id"] = id, ["market"] = id[5..], ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01", ["expires_at"] = "2100-01-01T00:00:00Z" }, Form.Raw);
            held.Add(((await trap.Sprung.WaitAsync(Bound)).Router, trap));
        }
        var frozen = heldUp == FrozenMachine ? held.Select(one => one.Router).Distinct().ToArray() : [];
        foreach (var router in frozen) router.Pause();
        await Task.Delay(Late);                                 // the lateness itself
        foreach (var router in frozen) router.Resume();
        foreach (var (_, trap) in held) trap.Release();

        await Until.True("the exchange has refused both", async () => await Refused(deployment) == ids.Length, Bound);
        await deployment.AllWitnessesAgree(ids, Patience);
        Assert.Equal(ids.Select(ClientOrderIds.First).Order(), (await Ledger.Read(deployment.Venue)).Orders.Select(order => order.ClientOrderId).Order());
        Assert.All(await RestOrders.Read(deployment.Rest[0]), order => Assert.Equal("FILLED", order.Status));
        output.WriteLine($"{heldUp}: {await Refused(deployment)} requests refused with {OutsideRecvWindow}, {ids.Length} orders");
    });

    /// <summary>How many placements the exchange has refused for their age.</summary>
    static async Task<int> Refused(Deployment deployment) =>
        (await deployment.Venue.Get("/sim/ledger")).Json.GetProperty("rejects").EnumerateArray().Count(row => row.GetProperty("path").GetString()!.EndsWith("/order", StringComparison.Ordinal) && row.GetProperty("code").GetInt32() == OutsideRecvWindow);
}
