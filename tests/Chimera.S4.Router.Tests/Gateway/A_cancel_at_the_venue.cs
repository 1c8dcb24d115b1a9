using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Venues;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class A_cancel_at_the_venue : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Theory]
    [InlineData("Known        Canceled -> told Canceled  cancel")]
    [InlineData("Known        Filled   -> told Filled    cancel")]
    [InlineData("Known        New      -> again in 500   cancel              accepted is not yet done")]
    [InlineData("NotOpen      Canceled -> told Canceled  cancel query        it was canceled before")]
    [InlineData("NotOpen      Filled   -> told Filled    cancel query        the fill beat the cancel")]
    [InlineData("NotOpen      Expired  -> told Expired   cancel query")]
    [InlineData("NotOpen      -        -> again in 500   cancel query        not visible yet")]
    [InlineData("Unknown      Canceled -> told Canceled  cancel query")]
    [InlineData("Unknown      New      -> again in 500   cancel query")]
    [InlineData("Rejected     New      -> again in 500   cancel query")]
    [InlineData("NotSent      -        -> again in 500   cancel")]
    [InlineData("NotExecuted  -        -> again in 500   cancel")]
    public async Task Ends_when_a_terminal_state_is_seen(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var outcome = Enum.Parse<VenueOutcome>(words[0]);
        var state = words[1] == "-" ? null : State(rig.ClientOrderId, Enum.Parse<VenueStatus>(words[1]));
        rig.Venue.OnCancel = _ => Task.FromResult(Answer(outcome, outcome is VenueOutcome.Known ? state : null));
        rig.Venue.OnQuery = _ => Task.FromResult(state is null ? Answer(VenueOutcome.NotFound) : Known(state));

        var handled = await rig.Run(effect: rig.Ending);

        var came = handled == Handled.Reported ? $"told {rig.Wire.Only.Status}" : $"again in {handled.Again!.Value.TotalMilliseconds}";
        Assert.StartsWith($"{words[0],-12} {words[1],-8} -> {came,-14} {string.Join(' ', rig.Venue.Calls)}", row, StringComparison.Ordinal);
        if (handled == Handled.Reported) Assert.Equal(GatewayRig.Seq, rig.Wire.Only.EffectSeq);
        else Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Is_repeated_under_one_id_less_and_less_often_until_it_is_proven()
    {
        var ids = new List<string>();
        rig.Venue.OnCancel = effect =>
        {
            ids.Add(effect.CancelId);
            return Task.FromResult(Answer(VenueOutcome.Unknown));
        };
        var process = rig.NewProcess();
        var waits = new List<double>();
        for (var run = 0; run < 5; run++) waits.Add((await rig.Run(process, rig.Ending)).Again!.Value.TotalSeconds);
        rig.Venue.OnQuery = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Canceled, 0.5m)));
        Assert.Equal(Handled.Reported, await rig.Run(process, rig.Ending));
        Assert.Equal([0.5, 1, 2, 4, 8], waits);
        Assert.Equal([$"{rig.ClientOrderId}c0"], ids.Distinct());
        Assert.Equal(("Canceled", 0.5m), (rig.Wire.Only.Status, rig.Wire.Only.CumQty));
    }

    [Fact]
    public async Task Honours_the_pause_that_the_venue_asks_for()
    {
        rig.Venue.OnCancel = _ => Task.FromResult(Answer(VenueOutcome.NotExecuted) with { RetryAfter = TimeSpan.FromSeconds(3) });
        Assert.Equal(TimeSpan.FromSeconds(3), (await rig.Run(effect: rig.Ending)).Again);
    }
}

public sealed class A_query_at_the_venue : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    Task<Handled> Run() => rig.Run(effect: new QueryEffect(GatewayRig.Seq, Market.Spot, "BTCUSDT", rig.ClientOrderId));

    [Fact]
    public async Task Brings_the_trades_where_the_answer_holds_none()
    {
        rig.Venue.OnQuery = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1, withTrades: false)));
        rig.Venue.OnTrades = order => Task.FromResult(new TradesAnswer(order.VenueOrderId == "71" ? VenueOutcome.Known : VenueOutcome.Unknown, [Trade(1), Trade(2)]));
        Assert.Equal(Handled.Reported, await Run());
        Assert.Equal(["query", "trades"], rig.Venue.Calls);
        Assert.Equal(("QUERY", 1m, 2, GatewayRig.Seq), (rig.Wire.Only.Source, rig.Wire.Only.CumQty, rig.Wire.Only.Trades.Length, rig.Wire.Only.EffectSeq));
    }

    [Fact]
    public async Task Asks_for_no_trades_that_it_has()
    {
        rig.Venue.OnQuery = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1)));
        await Run();
        Assert.Equal(["query"], rig.Venue.Calls);
    }

    [Fact]
    public async Task Says_that_there_is_nothing_new_where_the_venue_shows_no_order()
    {
        Assert.Equal(Handled.Reported, await Run());
        Assert.Equal(("NothingNew", GatewayRig.Seq), (rig.Wire.Only.Kind, rig.Wire.Only.EffectSeq));
    }

    [Theory]
    [InlineData(VenueOutcome.Unknown)]
    [InlineData(VenueOutcome.NotSent)]
    [InlineData(VenueOutcome.NotExecuted)]
    public async Task Is_asked_again_when_it_is_not_answered(VenueOutcome outcome)
    {
        rig.Venue.OnQuery = _ => Task.FromResult(Answer(outcome));
        Assert.Equal(TimeSpan.FromSeconds(1), (await Run()).Again);
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Is_asked_again_when_its_trades_are_not_answered()
    {
        rig.Venue.OnQuery = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1, withTrades: false)));
        rig.Venue.OnTrades = _ => Task.FromResult(new TradesAnswer(VenueOutcome.Unknown, []));
        Assert.NotNull((await Run()).Again);
        Assert.Empty(rig.Wire.Reports);
    }
}
