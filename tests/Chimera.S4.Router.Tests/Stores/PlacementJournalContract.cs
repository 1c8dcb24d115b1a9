using Chimera.S4.Router.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>What every journal of placements keeps (design §3.5).</summary>
public abstract class PlacementJournalContract : IAsyncLifetime
{
    IStoreBackend backend = null!;
    readonly string id = $"s4-{Guid.NewGuid():N}"[..30];

    private protected abstract Task<IStoreBackend> Open();
    private protected IPlacementJournal Journal => backend.Placements;
    private protected IStoreBackend Backend => backend;
    private protected string Id => id;
    static CancellationToken Ever => Given.Ever;

    public async Task InitializeAsync() => backend = await Open();
    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task Knows_nothing_that_was_never_begun()
    {
        Assert.Null(await Journal.Load(id, Ever));
        Assert.False(await Journal.TryAdvance(Given.Placement(id, 2), Ever));
        await Journal.NoteProbe(Given.Placement(id), Ever);
        Assert.Null(await Journal.Load(id, Ever));
    }

    [Fact]
    public async Task Gives_back_every_field_exactly()
    {
        var entry = Given.Placement(id) with { Probes = 3, FirstEmptyAt = DateTimeOffset.UnixEpoch.AddTicks(7), LastEmptyAt = DateTimeOffset.UnixEpoch.AddDays(1), NeedsReview = true };
        Assert.True(await Journal.TryBegin(entry, Ever));
        Assert.Equal(entry, await Journal.Load(id, Ever));
    }

    [Fact]
    public async Task Lets_exactly_one_of_many_begin()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Journal.TryBegin(Given.Placement(id, request: $"r{i}"), Ever)));
        Assert.Single(won, true);
        Assert.Equal($"r{Array.IndexOf(won, true)}", (await Journal.Load(id, Ever))!.Request);
    }

    [Fact]
    public async Task Lets_exactly_one_of_many_advance_each_epoch()
    {
        await Journal.TryBegin(Given.Placement(id), Ever);
        for (var epoch = 2; epoch < 6; epoch++)
        {
            var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Journal.TryAdvance(Given.Placement(id, epoch, $"e{epoch}r{i}"), Ever)));
            Assert.Single(won, true);
            Assert.Equal($"e{epoch}r{Array.IndexOf(won, true)}", (await Journal.Load(id, Ever))!.Request);
        }
        Assert.False(await Journal.TryAdvance(Given.Placement(id, 9), Ever));
        Assert.Equal(5, (await Journal.Load(id, Ever))!.Epoch);
    }

    [Fact]
    public async Task Notes_a_round_of_looks_only_for_its_own_epoch()
    {
        await Journal.TryBegin(Given.Placement(id), Ever);
        await Journal.NoteProbe(Given.Placement(id) with { Probes = 4 }, Ever);
        Assert.Equal(4, (await Journal.Load(id, Ever))!.Probes);
        await Journal.TryAdvance(Given.Placement(id, 2), Ever);
        await Journal.NoteProbe(Given.Placement(id) with { Probes = 5 }, Ever);
        Assert.Equal((2, 0), ((await Journal.Load(id, Ever))!.Epoch, (await Journal.Load(id, Ever))!.Probes));
    }

    [Fact]
    public async Task Lets_the_first_resolution_stand_against_everything_after_it()
    {
        await Journal.TryBegin(Given.Placement(id), Ever);
        Assert.True(await Journal.Resolve(id, null, "{\"filled\":1}", Ever));
        Assert.False(await Journal.Resolve(id, null, "second", Ever));
        await Journal.NoteProbe(Given.Placement(id) with { Probes = 9 }, Ever);
        Assert.False(await Journal.TryAdvance(Given.Placement(id, 2), Ever));
        Assert.False(await Journal.TryBegin(Given.Placement(id), Ever));
        Assert.Equal(Given.Placement(id) with { Resolution = "{\"filled\":1}" }, await Journal.Load(id, Ever));
    }

    [Fact]
    public async Task Takes_a_refusal_for_the_epoch_that_was_refused_and_for_no_later_one()
    {
        await Journal.TryBegin(Given.Placement(id), Ever);
        await Journal.TryAdvance(Given.Placement(id, 2), Ever);
        Assert.False(await Journal.Resolve(id, 1, "refused", Ever));
        Assert.Null((await Journal.Load(id, Ever))!.Resolution);
        Assert.True(await Journal.Resolve(id, 2, "refused", Ever));
        Assert.Equal("refused", (await Journal.Load(id, Ever))!.Resolution);
    }

    [Fact]
    public async Task Lets_either_the_resolution_or_the_advance_win_a_race()
    {
        for (var round = 0; round < 20; round++)
        {
            var raced = $"{id}-{round}";
            await Journal.TryBegin(Given.Placement(raced), Ever);
            var resolve = Journal.Resolve(raced, null, "seen", Ever);
            var advanced = await Journal.TryAdvance(Given.Placement(raced, 2), Ever);
            await resolve;
            var entry = (await Journal.Load(raced, Ever))!;
            Assert.Equal((advanced ? 2 : 1, "seen"), (entry.Epoch, entry.Resolution));
        }
    }

    [Fact]
    public async Task Never_begins_what_the_venue_has_already_told_of()
    {
        await Journal.Resolve(id, null, "filled", Ever);
        Assert.False(await Journal.TryBegin(Given.Placement(id), Ever));
        Assert.Equal("filled", (await Journal.Load(id, Ever))!.Resolution);
    }
}
