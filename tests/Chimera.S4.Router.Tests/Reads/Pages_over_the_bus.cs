using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Venues;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.Reads;

public sealed class Pages_over_the_bus : IAsyncLifetime
{
    const int Orders = 5;
    RouterRig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await RouterRig.Start();
        for (var number = 0; number < Orders; number++) await rig.Ask(RouterRig.Intent($"i{number}") with { Symbol = "NOSUCH" });   // denied: final, with one result line
        await Eventually.True(async () => (await List(new ListIntents())).Items.Length == Orders);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    // An error here would be a fault, and the request would throw.
    async Task<IntentPage> List(ListIntents query) => (await rig.Client<ListIntents>("s4-queries").GetResponse<IntentPage>(query)).Message;
    async Task<ResultsPage> Results(ListResults query) => (await rig.Client<ListResults>("s4-queries").GetResponse<ResultsPage>(query)).Message;

    [Fact]
    public async Task Hold_every_order_once()
    {
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await List(new ListIntents { Limit = 2, Cursor = cursor });
            seen.AddRange(page.Items.Select(item => item.IntentId));
            if ((cursor = page.NextCursor) is null) break;
        }
        Assert.Equal(["i0", "i1", "i2", "i3", "i4"], seen.Order());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-7, 1)]
    [InlineData(int.MinValue, 1)]
    [InlineData(501, Orders)]
    [InlineData(int.MaxValue, Orders)]
    public async Task Take_a_wrong_limit_for_the_nearest_right_one(int limit, int items)
    {
        Assert.Equal(items, (await List(new ListIntents { Limit = limit })).Items.Length);
        Assert.Equal(items, (await Results(new ListResults { Limit = limit })).Items.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("here")]
    [InlineData("1-2-3-4")]
    [InlineData("99999999999999999999999-00000000-0000-0000-0000-000000000000")]
    [InlineData("'; DROP TABLE s4_order; --")]
    public async Task Begin_again_where_the_place_is_not_one_that_a_page_ended_with(string place)
    {
        Assert.Equal(Orders, (await List(new ListIntents { Cursor = place })).Items.Length);
        Assert.Equal(Orders, (await Results(new ListResults { After = place })).Items.Length);
    }

    [Fact]
    public async Task Answer_a_health_question_with_every_check()
    {
        var report = (await rig.Client<GetHealth>("s4-queries").GetResponse<HealthReport>(new GetHealth())).Message;
        Assert.Equal(["redis", "arango", "exch", "cb_state", "route_rev", "bus"], report.Checks.Select(check => check.Name));
        Assert.Equal("OK", report.Status);
        rig.Spot.StreamReconciledSince = rig.Futures.StreamReconciledSince = null;
        Assert.Equal("DOWN", (await rig.Client<GetHealth>("s4-queries").GetResponse<HealthReport>(new GetHealth())).Message.Status);
    }

    [Fact]
    public async Task Tell_in_health_how_well_the_last_sweeps_found_open_orders_to_agree()
    {
        Assert.Null(await Detail());
        var lost = new ClientOrderId("s4", SagaIds.Of("lost"), 0, 0).ToString();
        foreach (var venue in new[] { rig.Spot, rig.Futures })
        {
            await rig.Get<ResidualSweep>().Run(venue, RouterRig.Ever);
            Assert.Equal("jaccard 1", await Detail());
        }
        var resting = await Sweep.A_sweep_of_a_market.Resting(rig, "resting");
        var open = new[] { resting, lost, lost[..^1] + "1" }.Select(name => Sweep.A_sweep_of_a_market.State(rig, name)).ToArray();
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        rig.Spot.OnOpenOrders = () => Task.FromResult(new OpenOrdersAnswer(VenueOutcome.Known, open));
        await rig.Get<ResidualSweep>().Run(rig.Spot, RouterRig.Ever);
        Assert.Equal("jaccard 0.333333333", await Detail());
        rig.Spot.StreamReconciledSince = null;
        Assert.Matches("^no reconciled user stream: Spot; .*; jaccard 0.333333333$", await Detail());

        async Task<string?> Detail() => (await rig.Client<GetHealth>("s4-queries").GetResponse<HealthReport>(new GetHealth())).Message.Checks.Single(check => check.Name == "exch").Detail;
    }

    [Fact]
    public async Task Tell_an_intent_that_is_known_from_one_that_is_not()
    {
        var reads = rig.Client<GetIntent>("s4-queries");
        Assert.Equal("REJECTED", (await reads.GetResponse<IntentView, IntentNotFound>(new GetIntent { IntentId = "i0" })).Is(out Response<IntentView>? view) ? view!.Message.Result.Status : null);
        Assert.True((await reads.GetResponse<IntentView, IntentNotFound>(new GetIntent { IntentId = "i9" })).Is(out Response<IntentNotFound>? _));
    }
}
