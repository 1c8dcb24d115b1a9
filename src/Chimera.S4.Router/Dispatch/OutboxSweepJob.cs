using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Stores;
using Quartz;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Takes up effects whose committer died or gave them back, and renews the leases of those still in hand here.</summary>
[DisallowConcurrentExecution]
public sealed class OutboxSweepJob(IOrderStore store, EffectDispatcher dispatcher, DispatchOptions options, Leaving leaving, ILogger<OutboxSweepJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancel)
    {
        try
        {
            foreach (var (orderId, seq) in dispatcher.Renew(options.RenewEvery)) await store.PostponeEffect(orderId, seq, options.Lease, cancel);
            if (!leaving.TakesNothing) dispatcher.HandOff(await store.ClaimDueEffects(options.Lease, options.SweepSize, cancel));
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "The outbox was not swept");
        }
    }
}
