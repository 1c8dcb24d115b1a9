using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Gates;

public sealed class GetGatesConsumer(IGateStore store, BreakerOptions options, Answers answers) : IConsumer<GetGates>
{
    public async Task Consume(ConsumeContext<GetGates> context) => await answers.Send(context, GatesViews.Of(await store.Read(context.CancellationToken), options));
}

/// <summary>Stored first, since nothing is more urgent; then audited, then answered. Asked again it does the same again.</summary>
public sealed class SetKillSwitchConsumer(IGateStore store, BreakerOptions options, RecordWriter records, TimeProvider clock, Answers answers, ILogger<SetKillSwitchConsumer> log) : IConsumer<SetKillSwitch>
{
    public async Task Consume(ConsumeContext<SetKillSwitch> context)
    {
        var (asked, cancel) = (context.Message, context.CancellationToken);
        // A word that is neither is ON, as it is where it is stored.
        await store.SetKillSwitch(GateState.IsOn(asked.State), cancel);
        log.LogWarning("The kill switch was set {State} by {By}: {Reason}", asked.State, asked.By, asked.Reason);
        await records.Write(Audit.Of("KILL_SWITCH", asked.State, asked.By, asked.Reason, clock.GetUtcNow(), context.RequestId ?? context.MessageId ?? Guid.Empty), cancel);
        await answers.Send(context, GatesViews.Of(await store.Read(cancel), options));
    }
}

static class GatesViews
{
    public static GatesView Of(GateReading read, BreakerOptions options) => new()
    {
        KillSwitch = GateState.IsOn(read.KillSwitch) ? "ON" : "OFF",
        Breakers = [Of(Market.Spot, read, options), Of(Market.Fut, read, options)],
    };

    static BreakerView Of(Market market, GateReading read, BreakerOptions options)
    {
        var breaker = (BreakerDocument.Read(read.Of(market)) ?? Breaker.New(read.Now)).At(read.Now, options);
        return new BreakerView { Market = Words.Of(market), State = Words.Of(breaker.State), Answers = breaker.Answers, Failures = breaker.Failures, Since = breaker.Since };
    }
}
