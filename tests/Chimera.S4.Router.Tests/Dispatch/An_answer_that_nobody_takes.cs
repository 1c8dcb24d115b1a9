using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Gateway;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Dispatch;

public class An_answer_that_nobody_takes
{
    static readonly Uri Stranger = new("exchange:reply.of-a-stranger");

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero));
    readonly Wire wire = new() { IsDown = true };
    readonly ReplyReceiver receiver;

    public An_answer_that_nobody_takes() => receiver = new ReplyReceiver(wire.Sends, clock, new GatewayRig().Metrics, NullLogger<ReplyReceiver>.Instance);

    [Fact]
    public async Task Is_tried_again_for_two_minutes_and_then_given_up()
    {
        var answer = Answer(Stranger, decided: clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<TimeoutException>(() => receiver.Receive(answer, Given.Ever));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await receiver.Receive(answer, Given.Ever)).IsDone);
    }

    [Fact]
    public async Task Still_goes_out_when_the_broker_is_back_after_hours()
    {
        var answer = Answer(Stranger, decided: clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(3));
        wire.IsDown = false;
        await receiver.Receive(answer, Given.Ever);
        Assert.Equal([Stranger], wire.Destinations);
    }

    [Fact]
    public async Task Is_never_given_up_where_an_order_of_ours_waits_for_it()
    {
        var answer = Answer(Queues.OrdersExchange, decided: clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(3));
        await Assert.ThrowsAsync<TimeoutException>(() => receiver.Receive(answer, Given.Ever));
    }

    [Fact]
    public async Task Is_kept_where_an_older_router_did_not_write_down_when_it_was_decided() =>
        await Assert.ThrowsAsync<TimeoutException>(() => receiver.Receive(Answer(Stranger, decided: null), Given.Ever));

    static PendingEffect Answer(Uri to, DateTimeOffset? decided) => new(Guid.NewGuid(), 1, EffectKinds.Reply,
        JsonSerializer.Serialize(new ReplyPayload(to, Guid.NewGuid(), new IntentReply { HttpStatus = 200, Result = HttpAdapter.FakeRouter.Result("i", "FILLED") }, null, decided), OrderDocument.Options));
}
