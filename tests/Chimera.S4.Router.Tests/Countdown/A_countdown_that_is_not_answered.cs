using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Chimera.S4.Router.Tests.Shutdown;
using Chimera.S4.Router.Venues;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chimera.S4.Router.Tests.Countdown;

/// <summary>Of 30 s, said again every 10 s while a maker rests; the venue falls silent.</summary>
public sealed class A_countdown_that_is_not_answered : IAsyncLifetime
{
    RouterRig rig = null!;
    VenueOutcome looks = VenueOutcome.Known, says = VenueOutcome.Known;
    readonly List<TimeSpan> said = [];

    public async Task InitializeAsync()
    {
        rig = await RouterRig.Start(services =>
        {
            services.AddSingleton(new DeadManOptions { IsOn = true, Countdown = TimeSpan.FromSeconds(30) });
            services.AddSingleton(provider => Stub<IFuturesRequests>.Of(Answer, new ScriptedSettings().Requests));
        });
        rig.Futures.OnPlace = _ => Task.FromResult(ScriptedVenue.Known(ScriptedVenue.State(Maker, VenueStatus.New)));
        await LeavingRouter.Rests(rig, LeavingRouter.Maker("maker") with { Market = "FUT" });
        await rig.Get<Countdowns>().TakeOver(RouterRig.Ever);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    static string Maker => RouterRig.ClientOrderIdOf("maker");

    object? Answer(System.Reflection.MethodInfo method, object?[] asked)
    {
        if (method.Name is nameof(IFuturesRequests.OpenOrders)) return Task.FromResult(new OpenOrdersAnswer(looks, [ScriptedVenue.State(Maker, VenueStatus.New)]));
        if (method.Name is not nameof(IVenueRequests.Send) || asked[0] is not CountdownRequest countdown) return Stub.PassOn;
        said.Add(countdown.In);
        return Task.FromResult(new RequestAnswer(new VenueAnswer { Outcome = says }));
    }

    [Theory]
    [InlineData("the look")]
    [InlineData("the word")]
    public async Task Has_an_alert_while_two_thirds_of_it_are_left(string silent)
    {
        await Seconds(25);
        Assert.Equal(3, said.Count(countdown => countdown == TimeSpan.FromSeconds(30)));
        (looks, says) = silent is "the look" ? (VenueOutcome.Unknown, says) : (looks, VenueOutcome.Unknown);

        await Seconds(14);                              // of them 5 until it is to be said again
        Assert.Empty(Rings());
        await Seconds(2);

        var ring = Rings().First();
        Assert.Equal((AlertCode.DeadManUnanswered, "BTCUSDT"), (ring.Code, ring.About));
        Assert.EndsWith("it may run out, and take every ordinary order of the symbol with it", ring.Text);
    }

    [Fact]
    public async Task Has_none_where_the_venue_answers_in_between()
    {
        await Seconds(25);
        for (var silence = 0; silence < 3; silence++)
        {
            says = VenueOutcome.Unknown;
            await Seconds(14);
            says = VenueOutcome.Known;
            await Seconds(2);
        }
        Assert.Empty(Rings());
    }

    [Fact]
    public async Task Has_one_as_well_where_it_never_ran()
    {
        says = VenueOutcome.Unknown;
        looks = VenueOutcome.Unknown;
        await Seconds(12);
        Assert.EndsWith("makers rest there without one", Rings().First().Text);
    }

    async Task Seconds(int count)
    {
        for (; count > 0; count--)
        {
            await rig.Get<Countdowns>().Look(RouterRig.Ever);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    List<AlertBell.Ring> Rings()
    {
        var rings = new List<AlertBell.Ring>();
        while (rig.Get<AlertBell>().Rings.TryRead(out var ring)) rings.Add(ring);
        return rings;
    }
}
