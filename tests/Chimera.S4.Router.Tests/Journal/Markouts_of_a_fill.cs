using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Journal;

public sealed class Markouts_of_a_fill : IAsyncLifetime
{
    readonly string id = $"intent-{Guid.NewGuid():N}";
    RouterRig rig = null!;

    public async Task InitializeAsync() => rig = await RouterRig.Start();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    void Quote(decimal mid) => rig.Facts.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(mid - 1, 1)], [new BookLevel(mid + 1, 1)], rig.Clock.GetUtcNow()));

    Task<List<string>> Told() => rig.Get<SqliteDatabase>().Read(db => db.Query("SELECT horizon_s, mid, markout_bps, reason FROM markouts ORDER BY horizon_s",
        row => string.Join(' ', Enumerable.Range(0, 4).Select(i => row.IsDBNull(i) ? "-" : row.GetValue(i).ToString()))), RouterRig.Ever);

    /// <summary>One unit bought at 100, now.</summary>
    async Task Fill()
    {
        var now = rig.Clock.GetUtcNow();
        rig.Spot.OnPlace = _ => Task.FromResult(Known(State(RouterRig.ClientOrderIdOf(id), VenueStatus.Filled, 1) with { Trades = [new Trade("7", new(1), new(100), 0, "BTC", false, now)] }));
        await rig.Ask(RouterRig.Intent(id));
        await rig.Until(id, order => order.Status is OrderStatus.Closed);
    }

    /// <summary>The market moves by two a second, from 100 on.</summary>
    void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            Quote(100 + 2 * ++passed);
        }
    }

    int passed;

    [Fact]
    public async Task Say_where_the_market_was_at_each_horizon()
    {
        await Fill();
        Pass(62);
        await rig.Sweep();
        await Eventually.True(async () => (await Told()).Count == 4);
        // At 1 s the middle was 102: two more than was paid, which is 2 % to the good.
        Assert.Equal(["1 102 200 -", "5 110 1000 -", "30 160 6000 -", "60 220 12000 -"], await Told());
        await Eventually.True(async () => (await rig.Pending(id)).Length == 0);
    }

    [Fact]
    public async Task Are_not_told_before_the_last_horizon()
    {
        await Fill();
        Pass(59);
        await rig.Sweep();
        // Whoever hands it over early gets it back.
        rig.Dispatcher.HandOff([.. await rig.Store.PendingEffects(SagaIds.Of(id), RouterRig.Ever)]);
        await Eventually.True(() => Task.FromResult(rig.Dispatcher.InHand == 0));
        Assert.Empty(await Told());
        Assert.Equal(["markout"], await rig.Pending(id));
    }

    /// <summary>What the process before had seen of the market is gone; what it owed is not.</summary>
    [Fact]
    public async Task Say_after_a_restart_that_nobody_watched()
    {
        await Fill();
        Pass(40);
        var restarted = new MarketFacts();
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        restarted.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(139, 1)], [new BookLevel(141, 1)], rig.Clock.GetUtcNow()));
        rig.Clock.Advance(TimeSpan.FromSeconds(17));
        var receiver = ActivatorUtilities.CreateInstance<MarkoutReceiver>(rig.Get<IServiceProvider>(), restarted);
        var effect = (await rig.Store.PendingEffects(SagaIds.Of(id), RouterRig.Ever)).Single(pending => pending.Kind == EffectKinds.Markout);

        Assert.True((await receiver.Receive(effect, RouterRig.Ever)).IsDone);

        Assert.Equal([$"1 - - {MarkoutReasons.NotWatched}", $"5 - - {MarkoutReasons.NotWatched}", $"30 - - {MarkoutReasons.NotWatched}", $"60 - - {MarkoutReasons.Stale}"], await Told());
        // Told again by whoever did watch, they stay as they were told first.
        await rig.Get<MarkoutReceiver>().Receive(effect, RouterRig.Ever);
        Assert.Contains($"1 - - {MarkoutReasons.NotWatched}", await Told());
    }

    [Fact]
    public void Cost_a_seller_what_a_buyer_gains() => Assert.Equal((200m, -200m), (Execution.MarkoutBps(Side.Buy, 100, 102), Execution.MarkoutBps(Side.Sell, 100, 102)));
}
