using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Tests.Simulator;
using Chimera.S4.Router.Tests.Venues;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using VenueMarket = Chimera.S4.Orders.Market;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>Spot order lists on real parts: protocol, journal file, adapter, HTTP, and the simulator with its ledger; best bid 89,999, best ask 90,001.</summary>
public sealed class A_list_at_the_simulator : SimulatorTest
{
    readonly GatewayRig parts = new();
    Rig adapter = null!;

    async Task Up()
    {
        adapter = new Rig(Simulator.Address, change: options =>
            (options.Key, options.Secret, options.ReceiveWindow, options.HttpTimeout) = ("paper-api-key", "paper-api-secret", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30)));
        adapter.SpotHealth.Reconciled(adapter.SpotHealth.Begin());
        await adapter.SpotApi.SyncClock(default);
        await parts.WithPending();
    }

    public override async Task DisposeAsync()
    {
        adapter?.Dispose();
        await parts.DisposeAsync();
        await base.DisposeAsync();
    }

    string Id(int leg) => new ClientOrderId("s4", parts.OrderId, leg, 0).ToString();

    PlaceListEffect Oco => new(GatewayRig.Seq, VenueMarket.Spot, "BTCUSDT", Id(9))
    {
        Side = Side.Sell, Qty = new(0.01m), Above = new(Id(1), OrderType.LimitMaker, new(95_000m), null), Below = new(Id(2), OrderType.Stop, new(87_900m), new(88_000m)),
    };

    PlaceListEffect Otoco => Oco with { Entry = new(Id(0), OrderType.LimitMaker, Side.Buy, new(0.01m), new(89_500m)) };

    /// <summary>Carries the effect out, as another process each time it is tried again.</summary>
    async Task<int> Run(VenueEffect effect)
    {
        var runs = 0;
        for (var handled = Handled.After(TimeSpan.Zero); handled.Again is not null; runs++)
        {
            Assert.True(runs < 50, $"not settled after {runs} runs");
            var driver = new ProtocolDriver(parts.Journal, parts.Store, parts.Facts, new ReportSender(parts.Wire.Sends), parts.Records, parts.Setup, parts.Countdowns, parts.Gates, parts.Bell, parts.Options, TimeProvider.System, parts.Metrics, NullLogger<ProtocolDriver>.Instance);
            handled = await new VenueGateway([adapter.Spot], driver, NullLogger<VenueGateway>.Instance).Receive(parts.OrderId, effect, false, GatewayRig.Ever);
        }
        return runs;
    }

    IEnumerable<string> Told(IEnumerable<VenueReport> reports) => reports.Select(report => $"{report.ClientOrderId[^4..]} {report.Kind} {report.Status ?? report.Reason}{(report.EffectSeq is null ? "" : " answers")}");

    async Task<int> Lists() => (await Ledger()).GetProperty("lists").EnumerateArray().Count(list => list.GetProperty("listClientOrderId").GetString() == Id(9));

    [Theory]
    [InlineData(false, "0100 Known New|0200 Known New answers")]
    [InlineData(true, "0000 Known New|0100 Known New|0200 Known New answers")]
    public async Task Is_told_order_by_order_and_the_last_one_answers(bool withEntry, string told)
    {
        await Up();
        await Run(withEntry ? Otoco : Oco);
        Assert.Equal(told.Split('|'), Told(parts.Wire.Reports));
        await Run(withEntry ? Otoco : Oco);
        Assert.Equal([.. told.Split('|'), .. told.Split('|')], Told(parts.Wire.Reports));            // told again, not sent again
        Assert.Equal(1, await Lists());
        Assert.Equal(withEntry ? 3 : 2, JsonDocument.Parse((await parts.Journal.Load(Id(9), default))!.Resolution!).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("accept-then-drop-response", false)]
    [InlineData("accept-then-503A", true)]
    [InlineData("hide-order", false)]
    public async Task Whose_answer_is_lost_is_found_and_told_and_exists_once(string kind, bool withEntry)
    {
        await Up();
        await Fault(new { kind, venue = "SPOT", method = "POST", path = "/api/v3/orderList/*", count = 1, seconds = 3_600 });
        if (kind is "hide-order") Assert.Equal(200, (await Client.Admin("POST", "/sim/faults", new { kind = "accept-then-drop-response", venue = "SPOT", method = "POST", path = "/api/v3/orderList/*", count = 1 })).Status);
        Assert.True(await Run(withEntry ? Otoco : Oco) > 1, "the first answer told it: there was no fault");
        string[] legs = withEntry ? ["0000", "0100", "0200"] : ["0100", "0200"];
        Assert.Equal(legs.Select(leg => $"{leg} Unknown "), Told(parts.Wire.Reports.Where(report => report.Kind == "Unknown")).Take(legs.Length));
        Assert.Equal([.. legs[..^1].Select(leg => $"{leg} Known New"), "0200 Known New answers"], Told(parts.Wire.Reports.Where(report => report.Kind == "Known")));
        Assert.Equal(1, await Lists());
    }

    [Fact]
    public async Task That_was_never_placed_is_nowhere()
    {
        await Up();
        Assert.Equal(VenueOutcome.NotFound, (await adapter.Spot.LookEverywhere(new("BTCUSDT", Id(9)) { List = Oco }, TimeProvider.System.GetUtcNow().AddMinutes(-1), default)).Outcome);
    }

    [Fact]
    public async Task That_is_refused_is_refused_for_each_of_its_orders()
    {
        await Up();
        await Run(Oco with { Above = new(Id(1), OrderType.LimitMaker, new(89_000m), null) });
        Assert.Equal(["0100", "0200"], parts.Wire.Reports.Where(report => report.Kind == "Rejected").Select(report => report.ClientOrderId[^4..]));
        Assert.Equal([null, GatewayRig.Seq], parts.Wire.Reports.Select(report => report.EffectSeq));
        Assert.Equal(0, await Lists());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public async Task Is_canceled_by_any_of_its_orders(bool withEntry, int leg)
    {
        await Up();
        await Run(withEntry ? Otoco : Oco);
        var known = parts.Wire.Reports.Single(report => report.ClientOrderId == Id(leg));
        await Run(new CancelEffect(2, VenueMarket.Spot, "BTCUSDT", Id(leg)) { VenueOrderId = known.VenueOrderId, IsConditional = leg == 2, CancelId = Chimera.S4.Orders.ClientOrderId.CancelId(Id(leg), 0) });
        Assert.Equal(("Canceled", 2), (parts.Wire.Reports[^1].Status, parts.Wire.Reports[^1].EffectSeq));
        Assert.Empty((await adapter.Spot.OpenOrders(default)).Orders);
    }
}
