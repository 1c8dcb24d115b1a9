using Chimera.S4.Orders;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class A_placement_that_nobody_knows_of : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    /// <summary>Runs, and waits as long as it was told to, until <paramref name="end"/>. The waits, in seconds.</summary>
    async Task<List<double>> RunUntil(Func<bool> end)
    {
        var waits = new List<double>();
        for (var run = 0; run < 500; run++)
        {
            var handled = await rig.Run();
            if (end() || handled.Again is not { } again) return waits;
            waits.Add(again.TotalSeconds);
            rig.Clock.Advance(again);
        }
        throw new InvalidOperationException("500 runs and no end");
    }

    [Fact]
    public async Task Is_looked_for_at_growing_intervals_and_sent_again_only_after_proof()
    {
        var started = rig.Clock.GetUtcNow();
        var waits = await RunUntil(() => rig.Venue.Count("place") == 2);
        Assert.Equal([0.5, 1, 2, 4, 8, 15, 30], waits.Take(7));
        // 60 s after the send, and two empty rounds at least 5 s apart.
        Assert.InRange(rig.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(65), TimeSpan.FromSeconds(125));
        Assert.Equal((2, 2), ((await rig.Entry())!.Epoch, rig.Venue.Placed.Select(request => request.Text).Distinct().Count()));
        Assert.Equal("look", rig.Venue.Calls[^2]);
    }

    [Fact]
    public async Task Is_told_unknown_and_not_with_every_look()
    {
        await RunUntil(() => rig.Venue.Count("look") == 4);
        Assert.All(rig.Wire.Reports, report => Assert.Equal("Unknown", report.Kind));
        Assert.InRange(rig.Wire.Reports.Length, 1, 2);
    }

    [Fact]
    public async Task Is_never_sent_again_while_looks_go_unanswered_and_is_handed_to_a_person_after_a_quarter_of_an_hour()
    {
        rig.Venue.OnLook = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        var end = rig.Clock.GetUtcNow().AddMinutes(20);
        await RunUntil(() => rig.Clock.GetUtcNow() > end);
        Assert.Equal(1, rig.Venue.Count("place"));
        Assert.True((await rig.Entry())!.NeedsReview);
        Assert.Equal("Unknown", Assert.Single(rig.Wire.Reports, report => report.NeedsReview).Kind);      // its order is told, once
    }

    [Fact]
    public async Task Is_never_sent_again_while_the_stream_keeps_breaking()
    {
        rig.Venue.OnLook = _ =>
        {
            rig.Venue.StreamReconciledSince = rig.Clock.GetUtcNow();      // back again, just now: whatever was looked at before may have been missed
            return Task.FromResult(Answer(VenueOutcome.NotFound));
        };
        var end = rig.Clock.GetUtcNow().AddMinutes(20);
        await RunUntil(() => rig.Clock.GetUtcNow() > end);
        Assert.Equal(1, rig.Venue.Count("place"));
    }

    [Fact]
    public async Task Is_taken_as_it_is_found()
    {
        await rig.Run();
        rig.Venue.OnLook = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.PartiallyFilled, 0.5m)));
        Assert.Equal(Handled.Reported, await rig.Run());
        Assert.Equal(("Known", "PartiallyFilled", 0.5m, GatewayRig.Seq), (rig.Wire.Reports[^1].Kind, rig.Wire.Reports[^1].Status, rig.Wire.Reports[^1].CumQty, rig.Wire.Reports[^1].EffectSeq));
        Assert.Equal(1, rig.Venue.Count("place"));
    }
}
