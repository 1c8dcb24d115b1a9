using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using Quartz;

namespace Chimera.S4.Router.Timers;

/// <summary>Delivers timers that are due: claimed by lease, sent with confirm, taken out by the commit that handles them (design §3.8).</summary>
[DisallowConcurrentExecution]
public sealed class TimerJob(IOrderStore store, BoundedSends sends, Leaving leaving, RouterMetrics metrics, AlertBell bell, ILogger<TimerJob> log) : IJob
{
    const int Batch = 256;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel)
    {
        if (leaving.TakesNothing) return;
        try
        {
            foreach (var timer in await store.ClaimDueTimers(Leases.Timer, Batch, cancel))
            {
                if (TimerBody.TryRead(timer.Body, out var message, out var why)) await Deliver(timer, message, cancel);
                else await Park(timer, why, cancel);
            }
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "Timers were not read");
        }
    }

    async Task Deliver(DueTimer timer, object message, CancellationToken cancel)
    {
        try
        {
            await sends.Timer(Queues.OrdersExchange, message, timer.Token, cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Inflight until its lease ends; the reaper returns it to the queue.
            log.LogWarning(failure, "Timer {Token} due {Due} was not delivered and will be again", timer.Token, timer.Due);
        }
    }

    /// <summary>Delivering it again would help nobody; a newer build that starts takes up what was parked.</summary>
    async Task Park(DueTimer timer, string why, CancellationToken cancel)
    {
        await store.ParkTimer(timer.Token, cancel);
        metrics.TimerParked();
        bell.Raise(AlertCode.TimerUnreadable, timer.Token.ToString(), $"timer {timer.Token} due {timer.Due:O} cannot be read and is parked: {why}. Its order waits for it");
        log.LogCritical("Timer {Token} due {Due} cannot be read and is parked: {Why}. Its order waits for it: {Body}", timer.Token, timer.Due, why, timer.Body);
    }
}

/// <summary>Returns timers whose claimer died to the queue, and sees whether the queue moves.</summary>
[DisallowConcurrentExecution]
public sealed class TimerReapJob(IOrderStore store, RouterMetrics metrics, TimeProvider clock, ILogger<TimerReapJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel)
    {
        try
        {
            if (await store.ReapTimers(cancel) is > 0 and var reaped) log.LogWarning("{Count} timers were claimed and not handled; they are due again", reaped);
            metrics.TimersLate(await store.NextTimerDue(cancel) is { } due && due < clock.GetUtcNow() ? clock.GetUtcNow() - due : TimeSpan.Zero);
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "Timers were not reaped");
        }
    }
}
