using Chimera.S4.Orders;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class A_placement_in_two_hands : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Is_sent_by_one_of_two_replicas_that_race()
    {
        var both = await Task.WhenAll(rig.Run(rig.NewProcess()), rig.Run(rig.NewProcess()));
        Assert.Equal(1, rig.Venue.Count("place"));
        Assert.Equal(1, (await rig.Entry())!.Epoch);
        Assert.All(both, handled => Assert.False(handled.IsDone));
    }

    [Fact]
    public async Task Moves_on_by_one_epoch_when_two_replicas_know_that_it_was_not_executed()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotExecuted));
        await rig.Run();
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        await Task.WhenAll(rig.Run(rig.NewProcess()), rig.Run(rig.NewProcess()));
        Assert.Equal((2, 2), (rig.Venue.Count("place"), (await rig.Entry())!.Epoch));
    }

    [Fact]
    public async Task Is_looked_for_and_not_sent_by_the_heir_of_a_process_that_died_after_it_journalled()
    {
        var dead = new TaskCompletionSource<VenueAnswer>();
        rig.Venue.OnPlace = _ => dead.Task;
        _ = rig.Run();
        await Eventually.True(() => rig.Venue.Count("place") == 1);

        var handled = await rig.Run(rig.NewProcess());

        Assert.Equal(["place", "look"], rig.Venue.Calls);
        Assert.NotNull(handled.Again);
        Assert.Equal("Unknown", rig.Wire.Only.Kind);              // its own process never lived to say so
    }

    [Fact]
    public async Task Is_told_again_to_the_letter_and_not_sent_when_it_is_handed_over_again()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1)));
        await rig.Run();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Handled.Reported, await rig.Run(rig.NewProcess()));
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal(2, rig.Wire.Reports.Length);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(rig.Wire.Reports[0]), System.Text.Json.JsonSerializer.Serialize(rig.Wire.Reports[1]));
    }

    [Fact]
    public async Task Is_told_later_when_the_broker_was_away()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.New)));
        rig.Wire.IsDown = true;
        await Assert.ThrowsAsync<TimeoutException>(() => rig.Run());
        rig.Wire.IsDown = false;
        await rig.Run(rig.NewProcess());
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal("New", rig.Wire.Only.Status);
    }
}
