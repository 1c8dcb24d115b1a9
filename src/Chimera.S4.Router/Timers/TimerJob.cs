using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using Quartz;

namespace Chimera.S4.Router.Timers;

/// <summary>Delivers timers that are due: claimed by lease, sent with confirm, taken out by the commit that handles them (design §3.8).</summary>
[DisallowConcurrentExecution]
public sealed class TimerJob(IOrderStore store, BoundedSends sends, ILogger<TimerJob> log) : IJob
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    const int Batch = 256;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel)
    {
        try
        {
            foreach (var timer in await store.ClaimDueTimers(Lease, Batch, cancel))
            {
                try
                {
                    await sends.Timer(Queues.OrdersExchange, TimerBody.Read(timer.Body), timer.Token, cancel);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // Inflight until its lease ends; the reaper returns it to the queue.
                    log.LogWarning(failure, "Timer {Token} due {Due} was not delivered and will be again", timer.Token, timer.Due);
                }
            }
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "Timers were not read");
        }
    }
}

/// <summary>Returns timers whose claimer died to the queue.</summary>
[DisallowConcurrentExecution]
public sealed class TimerReapJob(IOrderStore store, ILogger<TimerReapJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel)
    {
        try
        {
            if (await store.ReapTimers(cancel) is > 0 and var reaped) log.LogWarning("{Count} timers were claimed and not handled; they are due again", reaped);
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "Timers were not reaped");
        }
    }
}
