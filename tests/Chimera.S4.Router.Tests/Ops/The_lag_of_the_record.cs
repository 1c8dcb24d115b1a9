using System.Diagnostics.Metrics;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Tests.Gateway;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Ops;

public sealed class The_lag_of_the_record
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero));
    readonly JournalMetrics metrics;
    Exception? trouble;

    public The_lag_of_the_record() => metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), clock);

    JournalBatch Batch(string key) => new() { IntentId = "i", Events = [new StrategyEvent { Key = key, Type = "T", IntentId = "i", Seq = 1, Timestamp = new DateTimeOffset(2026, 11, 29, 7, 59, 50, TimeSpan.Zero) }] };

    async Task Write(string key)
    {
        var journal = Stub<IJournal>.Of((_, _) => trouble is null ? Task.CompletedTask : Task.FromException(trouble));
        try
        {
            await metrics.Write(journal, [Batch(key)], CancellationToken.None);
        }
        catch (Exception told) when (told == trouble)
        {
        }
    }

    [Fact]
    public async Task Is_the_age_of_the_oldest_record_that_could_not_be_written_until_it_is()
    {
        trouble = new HttpRequestException("away");
        await Write("a");
        clock.Advance(TimeSpan.FromSeconds(5));
        await Write("a");
        Assert.Equal(TimeSpan.FromSeconds(15), metrics.Lag);
        trouble = null;
        await Write("a");
        Assert.Equal(TimeSpan.Zero, metrics.Lag);
    }

    [Fact]
    public async Task Is_not_told_of_a_record_that_the_database_will_never_take_nor_of_one_that_is_anothers_by_now()
    {
        trouble = new JournalRefusedException("wrong");
        await Write("a");
        Assert.Equal(TimeSpan.Zero, metrics.Lag);
        trouble = new HttpRequestException("away");
        await Write("b");
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(TimeSpan.Zero, metrics.Lag);
    }
}
