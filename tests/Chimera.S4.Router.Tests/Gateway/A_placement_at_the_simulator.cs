using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Tests.Stores;
using Chimera.S4.Router.Tests.Venues;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using VenueMarket = Chimera.S4.Orders.Market;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>One cell for each fault of test matrix A on real parts: protocol, journal file, adapter, HTTP, and the simulator with its ledger. All cells are told in virtual time by Orders.Tests.</summary>
public sealed class A_placement_at_the_simulator : SimulatorTest
{
    readonly GatewayRig parts = new();
    Rig adapter = null!;

    public override async Task DisposeAsync()
    {
        adapter?.Dispose();
        await parts.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("SPOT MARKET      accept-then-drop-response")]
    [InlineData("FUT  MARKET      accept-then-503A")]
    [InlineData("SPOT LIMIT_MAKER -1007-after-execution")]
    [InlineData("FUT  LIMIT_MAKER -1006-after-execution")]
    [InlineData("FUT  MARKET      accept-then-cut-response")]
    [InlineData("SPOT MARKET      latency                   answers after the client has given up")]
    [InlineData("SPOT MARKET      hide-order                fills at once, loses the answer and forgets the id")]
    public async Task Whose_answer_is_lost_is_found_and_told_and_exists_once(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (market, isMarket, kind) = (words[0] is "SPOT" ? VenueMarket.Spot : VenueMarket.Fut, words[1] is "MARKET", words[2]);
        adapter = new Rig(Simulator.Address, change: options =>
            (options.Key, options.Secret, options.ReceiveWindow, options.HttpTimeout) = ("paper-api-key", "paper-api-secret", TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(1)));
        foreach (var health in new[] { adapter.SpotHealth, adapter.FuturesHealth }) health.Reconciled(health.Begin());
        await parts.WithPending();
        var place = new PlaceEffect(GatewayRig.Seq, market, "BTCUSDT", parts.ClientOrderId)
        {
            Side = Side.Buy, Type = isMarket ? OrderType.Market : OrderType.LimitMaker, Qty = new(0.01m), Price = isMarket ? null : new Price(89_000m),
        };
        await Fault(new { kind, venue = words[0], method = "POST", count = 1, ms = 2_500, when = "after", seconds = 3_600 });
        if (kind is "hide-order") Assert.Equal(200, (await Client.Admin("POST", "/sim/faults", new { kind = "accept-then-drop-response", venue = words[0], method = "POST", count = 1 })).Status);

        var runs = 0;
        for (var handled = Handled.After(TimeSpan.Zero); handled.Again is not null; runs++)
        {
            Assert.True(runs < 50, $"not found after {runs} runs");
            handled = await Gateway().Receive(parts.OrderId, place, false, GatewayRig.Ever);                  // another process each time
        }

        Assert.True(runs > 1, "the first answer told it: there was no fault");
        Assert.Equal("Unknown", parts.Wire.Reports[0].Kind);
        var order = Assert.Single(await LedgerOrders(parts.ClientOrderId));
        var told = parts.Wire.Reports[^1];
        Assert.Equal(("Known", Number(order, "executedQty")), (told.Kind, told.CumQty));
        Assert.Equal(isMarket ? "Filled" : "New", told.Status);
        Assert.Equal(Handled.Reported, await Gateway().Receive(parts.OrderId, place, false, GatewayRig.Ever));  // told again, not sent again
        Assert.Single(await LedgerOrders(parts.ClientOrderId));
    }

    VenueGateway Gateway()
    {
        var driver = new ProtocolDriver(parts.Journal, parts.Store, parts.Facts, new ReportSender(parts.Wire.Sends), parts.Records, parts.Setup, parts.Countdowns, parts.Gates, parts.Bell, parts.Options, TimeProvider.System, parts.Metrics, NullLogger<ProtocolDriver>.Instance);
        return new VenueGateway([adapter.Spot, adapter.Futures], driver, NullLogger<VenueGateway>.Instance);
    }
}
