using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Guard;

/// <summary>Spec §5.3: S4 itself watches where the venue holds no stop, and finds what it has to watch in the store, whoever put it there.</summary>
public class A_watched_price
{
    static readonly OrderIntent Guarded = RouterRig.Intent("g", "LIMIT_MAKER", 95) with { ExecPolicy = new ExecPolicy { GuardStop = new GuardStop { Enable = true, SlPx = 90 } } };

    static GuardWatch Watch(RouterRig rig, ArmedGuards? guards = null, params IQuoteReads[] reads) => new(guards ?? rig.Get<ArmedGuards>(), rig.Store, rig.Facts, reads, rig.Get<BoundedSends>(), new GuardOptions(),
        new StartupGate(), rig.Clock, rig.Get<RouterMetrics>(), rig.Get<Chimera.S4.Router.Alerts.AlertBell>(), NullLogger<GuardWatch>.Instance);

    static Quote At(decimal mid, RouterRig rig) => new([new BookLevel(mid - 1, 1)], [new BookLevel(mid + 1, 1)], rig.Clock.GetUtcNow());

    static async Task<RouterRig> Armed()
    {
        var rig = await RouterRig.Start();
        await rig.Ask(Guarded);
        await rig.Until("g", order => order.Watch is { IsArmed: true });
        return rig;
    }

    [Fact]
    public async Task Is_in_the_store_with_the_very_commit_that_arms_it()
    {
        await using var rig = await Armed();
        var guard = Assert.Single(await rig.Store.ArmedGuards(RouterRig.Ever));
        Assert.Equal((SagaIds.Of("g"), "BTCUSDT", "g", 90m), (guard.OrderId, guard.Symbol, guard.IntentId, guard.Prices.SlPx));
        Assert.Equal(guard, Assert.Single(rig.Get<ArmedGuards>().All));
    }

    [Fact]
    public async Task Wakes_its_order_when_the_price_is_there_and_is_watched_no_longer()
    {
        await using var rig = await Armed();
        var watch = Watch(rig);
        await watch.Look(RouterRig.Ever);
        Assert.True((await rig.Order("g"))!.Watch is { IsArmed: true }, "the price is not there yet");
        rig.Facts.SetQuote(Market.Spot, "BTCUSDT", At(90, rig));
        await watch.Look(RouterRig.Ever);
        await rig.Until("g", order => order is { Watch.ReachedAt: not null, CancelAsked: true });
        Assert.Empty(await rig.Store.ArmedGuards(RouterRig.Ever));
        await Eventually.True(() => !rig.Get<ArmedGuards>().All.Any());
    }

    [Fact]
    public async Task Is_taken_over_by_a_replica_that_knows_of_it_from_the_store_alone()
    {
        await using var rig = await Armed();
        var (other, fresh) = (new ArmedGuards(), At(89, rig));
        rig.Facts.SetQuote(Market.Spot, "BTCUSDT", fresh);
        await Watch(rig, other).Look(RouterRig.Ever);
        await rig.Until("g", order => order.Watch is { ReachedAt: not null });
    }

    [Fact]
    public async Task Is_asked_for_when_the_stream_has_gone_quiet()
    {
        await using var rig = await Armed();
        // Older than any decision uses, so that no other message of the order notices it either.
        var quiet = At(89, rig);
        rig.Clock.Advance(TimeSpan.FromSeconds(11));
        rig.Facts.SetQuote(Market.Spot, "BTCUSDT", quiet);
        await Watch(rig).Look(RouterRig.Ever);
        Assert.True((await rig.Order("g"))!.Watch is { IsArmed: true }, "a price of 11 s ago says nothing");
        await Watch(rig, null, new Asked(() => At(89, rig))).Look(RouterRig.Ever);
        await rig.Until("g", order => order.Watch is { ReachedAt: not null });
    }

    [Fact]
    public async Task Is_counted_when_nobody_knows_it()
    {
        await using var rig = await Armed();
        using var stale = new Counted(rig, "s4.guard.stale_quotes");
        rig.Clock.Advance(TimeSpan.FromSeconds(6));
        var watch = Watch(rig, null, new Asked(() => null));
        await watch.Look(RouterRig.Ever);
        Assert.Equal(1, stale.Total);
        await watch.Look(RouterRig.Ever);
        Assert.Equal(1, stale.Total);                               // asked again only after a while
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await watch.Look(RouterRig.Ever);
        Assert.Equal(2, stale.Total);
    }

    sealed class Asked(Func<Quote?> answer) : IQuoteReads
    {
        public Task<Quote?> Read(Market market, string symbol, CancellationToken cancel) => Task.FromResult(answer());
    }
}
