using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

public abstract partial class OrderStoreContract
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(40);

    Task<IReadOnlyList<PendingEffect>> Claim(TimeSpan? lease = null, int max = 10) => Store.ClaimDueEffects(lease ?? Given.Week, max, Ever);

    [Fact]
    public async Task Lists_the_pending_effects_of_an_order_in_sequence_whether_due_or_not()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(10, Given.Week), Given.Effect(9), Given.Effect(2, kind: "cancel")] });
        var pending = await Store.PendingEffects(id, Ever);
        Assert.Equal([2, 9, 10], pending.Select(effect => effect.Seq));
        Assert.Equal(new PendingEffect(id, 2, "cancel", Given.Effect(2).Payload), pending[0]);
    }

    [Fact]
    public async Task Leaves_an_effect_to_its_committer_while_the_lease_runs()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(1, Given.Week), Given.Effect(2, Short)] });
        var claimed = await backend.Until(() => Claim(), found => found.Count > 0);
        Assert.Equal(2, Assert.Single(claimed).Seq);
    }

    [Fact]
    public async Task Gives_an_effect_to_one_claimer_until_its_lease_ends()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(1)] });
        Assert.Single(await backend.Until(() => Claim(TimeSpan.FromMilliseconds(400)), found => found.Count > 0));
        Assert.Empty(await Claim());
        Assert.Single(await backend.Until(() => Claim(), found => found.Count > 0));
    }

    [Fact]
    public async Task Never_gives_an_effect_to_two_claimers_at_once()
    {
        await Committed(Step(null) with { Effects = [.. Enumerable.Range(1, 200).Select(seq => Given.Effect(seq))] });
        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Claim(max: 7)));
        Assert.Equal(Enumerable.Range(1, 200), claims.SelectMany(found => found).Select(effect => effect.Seq).Order());
    }

    [Fact]
    public async Task Tells_how_much_waits_and_for_how_long_it_has_been_due()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(1, Given.Week), Given.Effect(2, Given.Week)], Queued = [new QueuedSlice(backend.Now, "{}")] });
        Assert.Equal(new StoreBacklog(1, 2, TimeSpan.Zero, 1), await Store.Backlog(Ever));
        await Store.PostponeEffect(id, 2, TimeSpan.Zero, Ever);
        await backend.Until(() => Store.Backlog(Ever), seen => seen.Overdue > TimeSpan.Zero);
        await Claim();
        await Store.CompleteEffects(id, [1], Ever);
        await Committed(Step(1) with { TombstoneTtl = Given.Week, Unqueued = [new QueuedSlice(backend.Now, "{}")] });
        Assert.Equal(new StoreBacklog(0, 1, TimeSpan.Zero, 0), await Store.Backlog(Ever));
    }

    [Fact]
    public async Task Gives_the_oldest_effect_first()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(3, Short), Given.Effect(4)] });
        await backend.Until(() => Claim(max: 1), found => found is [{ Seq: 4 }]);
        await backend.Until(() => Claim(max: 1), found => found is [{ Seq: 3 }]);
    }

    [Fact]
    public async Task Postpones_an_effect_that_is_pending_and_no_other()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(1), Given.Effect(2)] });
        await Store.PostponeEffect(id, 1, Given.Week, Ever);
        await Store.CompleteEffects(id, [2], Ever);
        await Store.PostponeEffect(id, 2, TimeSpan.Zero, Ever);
        Assert.Empty(await Claim());
        await Store.PostponeEffect(id, 1, TimeSpan.Zero, Ever);
        await backend.Until(() => Claim(), found => found is [{ Seq: 1 }]);
    }

    [Fact]
    public async Task Completes_effects_beside_the_document_so_that_no_commit_conflicts()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(1), Given.Effect(2), Given.Effect(3)] });
        await Store.CompleteEffects(id, [1, 3, 99], Ever);
        await Store.CompleteEffects(id, [1], Ever);
        await Store.CompleteEffects(id, [], Ever);
        Assert.False(await Store.IsPending(id, 1, Ever));
        Assert.True(await Store.IsPending(id, 2, Ever));
        Assert.False(await Store.IsPending(Guid.NewGuid(), 2, Ever));
        await Committed(Step(1) with { DoneEffects = [2, 98], Effects = [Given.Effect(4, Given.Week)] });
        Assert.Equal([4], (await Store.PendingEffects(id, Ever)).Select(effect => effect.Seq));
        Assert.Empty(await Claim());
    }

    [Fact]
    public async Task Leaves_a_pending_effect_as_it_is_when_it_is_decided_again()
    {
        await Committed(Step(null) with { Effects = [Given.Effect(1, Given.Week, "place")] });
        await Committed(Step(1) with { Effects = [Given.Effect(1, TimeSpan.Zero, "cancel")] });
        Assert.Equal("place", Assert.Single(await Store.PendingEffects(id, Ever)).Kind);
        Assert.Empty(await Claim());
    }

    [Fact]
    public async Task Drops_effects_whose_order_has_lapsed()
    {
        var live = Guid.NewGuid();
        await Committed(Step(null) with { Effects = [Given.Effect(1)], TombstoneTtl = Given.Week });
        await backend.Lapse(id);
        await Committed(Step(null, live) with { Effects = [Given.Effect(1)], TombstoneTtl = Given.Week });
        var found = await backend.Until(() => Claim(max: 1), found => found.Count > 0);
        Assert.Equal(live, Assert.Single(found).OrderId);
    }

    [Fact]
    public async Task Delivers_a_timer_not_before_it_is_due_and_once()
    {
        var due = new DateTimeOffset(backend.Now.Ticks, TimeSpan.Zero).AddMilliseconds(60);
        var (soon, far) = (new NewTimer(Guid.NewGuid(), due, "{\"soon\":\n1}"), new NewTimer(Guid.NewGuid(), due.AddHours(1), "far"));
        await Committed(Step(null) with { Arm = [far, soon] });
        Assert.Equal(due, (await Store.NextTimerDue(Ever))!.Value, TimeSpan.FromMilliseconds(1));
        var claimed = Assert.Single(await backend.Until(() => ClaimTimers(), found => found.Count > 0));
        Assert.True(backend.Now >= due);
        Assert.Equal((soon.Token, soon.Body), (claimed.Token, claimed.Body));
        Assert.InRange(claimed.Due - due, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ClaimTimers());
        Assert.Equal(far.Due, (await Store.NextTimerDue(Ever))!.Value, TimeSpan.FromMilliseconds(1));
    }

    Task<IReadOnlyList<DueTimer>> ClaimTimers(TimeSpan? lease = null) => Store.ClaimDueTimers(lease ?? Given.Week, 10, Ever);

    async Task<NewTimer> ArmedAndClaimed(TimeSpan? lease = null)
    {
        var timer = new NewTimer(Guid.NewGuid(), backend.Now.AddMinutes(-1), "body");
        await Committed(Step(null) with { Arm = [timer] });
        Assert.Single(await ClaimTimers(lease));
        return timer;
    }

    [Fact]
    public async Task Returns_a_timer_whose_claimer_died_with_its_original_due_time()
    {
        var timer = await ArmedAndClaimed(Short);
        await backend.Until(() => Store.ReapTimers(Ever), reaped => reaped == 1);
        Assert.Equal(0, await Store.ReapTimers(Ever));
        Assert.InRange(Assert.Single(await ClaimTimers()).Due - timer.Due, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Forgets_a_claimed_timer_when_the_commit_that_handles_it_disarms_it()
    {
        var timer = await ArmedAndClaimed(TimeSpan.Zero);
        await Committed(Step(1) with { Disarm = [timer.Token, Guid.NewGuid()] });
        Assert.Equal(0, await Store.ReapTimers(Ever));
        Assert.Null(await Store.NextTimerDue(Ever));
    }

    [Fact]
    public async Task Replaces_due_time_and_body_of_a_timer_armed_again()
    {
        var timer = await ArmedAndClaimed(TimeSpan.Zero);
        await Committed(Step(1) with { Disarm = [timer.Token], Arm = [timer with { Body = "again" }] });
        Assert.Equal("again", Assert.Single(await ClaimTimers()).Body);
        await Committed(Step(2) with { Arm = [timer with { Due = backend.Now.AddHours(1), Body = "third" }] });
        Assert.Empty(await ClaimTimers());
        Assert.Equal(0, await Store.ReapTimers(Ever));
        Assert.NotNull(await Store.NextTimerDue(Ever));
    }

    [Fact]
    public async Task Parks_a_timer_that_nobody_can_read_until_it_is_returned()
    {
        var timer = await ArmedAndClaimed(TimeSpan.Zero);
        await Store.ParkTimer(timer.Token, Ever);
        await Store.ParkTimer(Guid.NewGuid(), Ever);
        Assert.Equal(0, await Store.ReapTimers(Ever));
        Assert.Null(await Store.NextTimerDue(Ever));
        Assert.Equal(1, await Store.ReturnParkedTimers(Ever));
        Assert.Equal(0, await Store.ReturnParkedTimers(Ever));
        var again = Assert.Single(await ClaimTimers());
        Assert.Equal((timer.Token, timer.Body), (again.Token, again.Body));
        Assert.InRange(again.Due - timer.Due, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    /// <summary>The tables of who may take what are written down once, in <see cref="Outbox"/> and <see cref="TimerQueue"/>; scripts and SQL do the same, whatever is asked in whatever order.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Does_with_effects_and_timers_what_the_rules_say(int seed)
    {
        var (random, outbox, timers, version) = (new Random(seed), new Outbox(), new TimerQueue(), (int?)null);
        Guid[] tokens = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];
        for (var step = 0; step < 150; step++)
        {
            var (seq, token, now) = (1 + random.Next(6), tokens[random.Next(6)], backend.Now);
            // Long ago or far away: what a real clock does between two lines changes nothing.
            var (lease, due) = (random.Next(2) == 0 ? TimeSpan.Zero : Given.Week, random.Next(2) == 0 ? now.AddDays(-1) : now.AddDays(1));
            switch (random.Next(9))
            {
                case 0:
                    await Committed(Step(version) with { Effects = [Given.Effect(seq, lease)], Arm = [new NewTimer(token, due, "body")] });
                    version = (version ?? 0) + 1;
                    outbox.Add(new EffectId(id, seq), now, lease);
                    timers.Arm(token, due);
                    break;
                case 1 when version is not null:
                    await Committed(Step(version) with { DoneEffects = [seq], Disarm = [token] });
                    version++;
                    outbox.Complete(new EffectId(id, seq));
                    timers.Disarm(token);
                    break;
                case 2:
                    await Store.PostponeEffect(id, seq, lease, Ever);
                    outbox.Postpone(new EffectId(id, seq), now, lease);
                    break;
                case 3:
                    await Store.CompleteEffects(id, [seq], Ever);
                    outbox.Complete(new EffectId(id, seq));
                    break;
                case 4:
                    await backend.Tick();
                    var effects = outbox.Claim(backend.Now, Given.Week, 10).Select(effect => effect.Seq).Order();
                    Assert.Equal(effects, (await Claim()).Select(effect => effect.Seq).Order());
                    break;
                case 5:
                    var claimed = timers.Claim(backend.Now, lease, 10).Order();
                    Assert.Equal(claimed, (await ClaimTimers(lease)).Select(timer => timer.Token).Order());
                    break;
                case 6:
                    await backend.Tick();
                    Assert.Equal(timers.Reap(backend.Now), await Store.ReapTimers(Ever));
                    break;
                case 7:
                    await Store.DropTimer(token, Ever);
                    timers.Disarm(token);
                    break;
                default:
                    Assert.Equal(outbox.IsPending(new EffectId(id, seq)), await Store.IsPending(id, seq, Ever));
                    Assert.Equal(timers.NextDue is null, await Store.NextTimerDue(Ever) is null);
                    break;
            }
        }
    }

    [Fact]
    public async Task Drops_a_timer_that_no_order_owns_queued_or_claimed()
    {
        var timer = await ArmedAndClaimed(TimeSpan.Zero);
        await Store.DropTimer(timer.Token, Ever);
        Assert.Equal(0, await Store.ReapTimers(Ever));
        await Committed(Step(1) with { Arm = [timer] });
        await Store.DropTimer(timer.Token, Ever);
        Assert.Empty(await ClaimTimers());
    }
}
