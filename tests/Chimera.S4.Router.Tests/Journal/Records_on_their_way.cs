using Chimera.S4.Contracts;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Journal;

public sealed class Records_on_their_way
{
    readonly GatewayRig rig = new();
    readonly FakeTimeProvider clock = new();
    readonly RecordWriter records;

    public Records_on_their_way() => records = new(rig.Wire.Sends, null!, new BusOptions(new Uri("amqp://localhost")), rig.JournalMetrics, clock);

    static JournalBatch Of(string intent) => new() { IntentId = intent, Events = [GivenRecord.Event(1) with { IntentId = intent }] };

    [Fact]
    public async Task Leave_as_one_message_and_none_is_told_to_be_there_before()
    {
        var (first, second) = (records.Write(Of("a"), default), records.Write(Of("b"), default));
        Assert.False(first.IsCompleted || second.IsCompleted);
        Assert.Empty(rig.Wire.Sent<JournalBatch>());
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["a", "b"], Assert.Single(rig.Wire.Sent<JournalBatch>()).Events.Select(told => told.IntentId));

        var third = records.Write(Of("c"), default);
        clock.Advance(TimeSpan.FromSeconds(1));
        await third.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["c"], rig.Wire.Sent<JournalBatch>()[1].Events.Select(told => told.IntentId));
    }

    [Fact]
    public async Task Fail_together_without_a_confirm_and_go_again()
    {
        rig.Wire.IsDown = true;
        var both = new[] { records.Write(Of("a"), default), records.Write(Of("b"), default) };
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var one in both) await Assert.ThrowsAsync<TimeoutException>(() => one.WaitAsync(TimeSpan.FromSeconds(30)));
        rig.Wire.IsDown = false;
        var again = records.Write(Of("a"), default);
        clock.Advance(TimeSpan.FromSeconds(1));
        await again.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("a", Assert.Single(rig.Wire.Sent<JournalBatch>()).IntentId);
    }
}
