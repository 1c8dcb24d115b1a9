using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Processes;
using Xunit;

namespace Chimera.S4.System.Tests.Stories;

[Trait("Category", "Services")]
public sealed class A_futures_account
{
    [Fact]
    public Task That_holds_a_crossed_position_may_reduce_and_takes_on_more_only_once_it_is_isolated() => World.Embedded(async world =>
    {
        await world.Venue.Place("/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.02");
        var refused = await Order(world, "more", "BUY", reduce: false);
        Assert.True((refused.Status, refused.Text("code"), refused.Json.GetProperty("result").GetProperty("rejected_by").GetString()) == (422, "MARGIN_SETUP_CONFLICT", "ROUTER"), refused.ToString());
        var reduced = await Order(world, "less", "SELL", reduce: true);
        Assert.True(reduced.Text("status") == "FILLED", reduced.ToString());
        var opened = await Order(world, "anew", "BUY", reduce: false);
        Assert.True(opened.Text("status") == "FILLED", opened.ToString());
        var settings = (await world.Venue.Ask("/fapi/v1/symbolConfig", "symbol=BTCUSDT")).Json[0];
        Assert.Equal(("ISOLATED", 20), (settings.GetProperty("marginType").GetString(), settings.GetProperty("leverage").GetInt32()));
        await world.AllWitnessesAgree(["more", "less", "anew"]);
    });

    [Fact]
    public Task In_hedge_mode_is_refused_at_the_start() => World.Embedded(async world =>
    {
        world.Router.Kill();
        await world.Venue.Place("/fapi/v1/positionSide/dual", "dualSidePosition=true");
        world.Router.Launch();
        await Until.True("the router ends", () => Task.FromResult(world.Router.HasEnded));
        Assert.Contains("the futures account is in hedge mode, and S4 trades in one-way mode only", world.Router.Output, StringComparison.Ordinal);
    });

    static Task<Answer> Order(World world, string id, string side, bool reduce) => world.Rest.Post("/orders", new JsonObject
    {
        ["intent_id"] = id, ["market"] = "FUT", ["symbol"] = "BTCUSDT", ["side"] = side, ["qty"] = "0.02", ["reduce_only"] = reduce,
    }, 60);
}
