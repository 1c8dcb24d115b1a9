using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class A_placement_whose_time_has_passed : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    PlaceEffect Expiring => rig.Placement with { NotAfter = rig.Clock.Start.AddSeconds(10) };

    [Theory]
    [InlineData(10_000)]
    [InlineData(3_600_000)]
    public async Task Is_rejected_as_expired_and_not_sent(int laterMs)
    {
        rig.Clock.Advance(TimeSpan.FromMilliseconds(laterMs));
        Assert.Equal(Handled.Reported, await rig.Run(effect: Expiring));
        Assert.Empty(rig.Venue.Calls);
        Assert.Equal(("Rejected", "IntentExpired", GatewayRig.Seq, (DateTimeOffset?)null), (rig.Wire.Only.Kind, rig.Wire.Only.Reason, rig.Wire.Only.EffectSeq, rig.Wire.Only.SentAt));
        Assert.Contains("expires_at", rig.Wire.Only.VenueText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_sent_up_to_the_last_moment()
    {
        rig.Clock.Advance(TimeSpan.FromMilliseconds(9_999));
        await rig.Run(effect: Expiring);
        Assert.Equal(["place"], rig.Venue.Calls);
    }

    [Fact]
    public async Task Is_rejected_rather_than_tried_again()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotSent));
        await rig.Run(effect: Expiring);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        await rig.Run(effect: Expiring);
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal("IntentExpired", rig.Wire.Only.Reason);
    }

    [Fact]
    public async Task Is_still_looked_for_once_it_was_sent()
    {
        await rig.Run(effect: Expiring);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        rig.Venue.OnLook = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1)));
        await rig.Run(effect: Expiring);
        Assert.Equal("Filled", rig.Wire.Reports[^1].Status);
    }

    // A process that was paused between reading the journal and its clock must not speak for the one that has sent meanwhile.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_not_called_expired_by_a_process_that_slept_while_another_sent_it(bool afterATry)
    {
        if (afterATry)
        {
            rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotSent));
            await rig.Run(effect: Expiring);
        }
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        var slept = false;
        var sleepy = Stub<IPlacementJournal>.Of((method, args) => method.Name != nameof(IPlacementJournal.Load) || slept ? Stub.PassOn : Sleep(), rig.Journal);

        Assert.Equal(TimeSpan.Zero, (await rig.Run(rig.NewProcess(sleepy), Expiring)).Again);

        Assert.DoesNotContain(rig.Wire.Reports, report => report.Kind == "Rejected");
        Assert.Null((await rig.Entry())!.Resolution);

        async Task<PlacementEntry?> Sleep()
        {
            slept = true;
            var before = await rig.Entry();
            await rig.Run(rig.NewProcess(), Expiring);
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
            return before;
        }
    }

    [Fact]
    public async Task Is_not_called_refused_for_an_epoch_that_is_over_by_a_process_that_slept()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Rejected));
        var sleepy = Stub<IPlacementJournal>.Of((method, args) => method.Name != nameof(IPlacementJournal.Resolve) ? Stub.PassOn : Sleep(args), rig.Journal);

        Assert.Equal(TimeSpan.Zero, (await rig.Run(rig.NewProcess(sleepy))).Again);

        Assert.DoesNotContain(rig.Wire.Reports, report => report.Kind == "Rejected");
        Assert.Null((await rig.Entry())!.Resolution);

        async Task<bool> Sleep(object?[] args)
        {
            var entry = (await rig.Entry())!;
            Assert.True(await rig.Journal.TryAdvance(entry with { Epoch = 2 }, CancellationToken.None));
            return await rig.Journal.Resolve((string)args[0]!, (int?)args[1], (string)args[2]!, CancellationToken.None);
        }
    }
}
