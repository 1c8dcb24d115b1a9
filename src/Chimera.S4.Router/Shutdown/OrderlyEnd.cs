using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Startup;

namespace Chimera.S4.Router.Shutdown;

/// <summary>
/// What is done between the signal and the taking down of the parts (decision 0028): no intent is taken any more; the last replica withdraws its makers; what is in hand is carried out. All parts still serve meanwhile.
/// Nothing hangs on its success: whatever is not done is pending in the store, as after a kill.
/// </summary>
public sealed class OrderlyEnd(
    Leaving leaving, Presence presence, MakerWithdrawal withdrawal, ReceiveEndpoints endpoints, EffectDispatcher dispatcher, StartupGate gate, ShutdownOptions options, ShutdownMetrics metrics, TimeProvider clock,
    ILogger<OrderlyEnd> log) : IHostedLifecycleService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20), Again = TimeSpan.FromSeconds(1);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        gate.Stop();
        // Queues that are not consumed any more cannot be left in order either, and a successor is wanted at once.
        if (!gate.HasBusStarted || gate.IsDeaf) return;
        using var time = new CancellationTokenSource(options.ForDraining, clock);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        await Run(bound.Token);
    }

    internal async Task Run(CancellationToken bound)
    {
        log.LogInformation("Told to stop: no intent is taken any more");
        await Bounded("stop taking intents", () => endpoints.Stop(Queues.Intents, bound), bound);
        var isLast = false;
        await Bounded("see whether another replica is there", async () => isLast = await presence.LeavesLast(bound), bound);
        if (isLast) await Bounded("withdraw all makers", () => withdrawal.Run(bound), bound);
        Tell(isLast);
        leaving.TakeNothing();
        // What the last replica has in hand ends in a message to an order, which nobody else would take; where there is another, new messages are its own.
        if (!isLast) await Bounded("stop taking reports", () => endpoints.Stop(Queues.Orders, bound), bound);
        await Bounded("carry out what is in hand", () => Drained(bound), bound);
        if (isLast) await Bounded("stop taking reports", () => endpoints.Stop(Queues.Orders, bound), bound);
        metrics.LeftEffects(dispatcher.InHand);
        if (dispatcher.InHand > 0) log.LogWarning("{Count} effects in hand were not carried out; they are pending in the store", dispatcher.InHand);
        else log.LogInformation("Nothing is in hand any more");
    }

    void Tell(bool isLast)
    {
        if (!isLast)
        {
            log.LogInformation("Makers stay: they are another replica's as well");
            return;
        }
        var withdrawn = withdrawal.Result;
        metrics.Withdrew(withdrawn);
        log.LogInformation("No other replica is there: {Canceled} makers withdrawn, {Ended} had ended; their intents go on after the next start. Stops, exits and plain limits stay", withdrawn.Canceled, withdrawn.Ended);
        if (withdrawn.Left.Count > 0) log.LogWarning("{Count} makers are not known to be gone and may rest while nobody is there: {Left}", withdrawn.Left.Count, withdrawn.Left);
    }

    async Task Drained(CancellationToken bound)
    {
        while (dispatcher.InHand > 0) await Task.Delay(LookEvery, clock, bound);
    }

    /// <summary>Tried until it succeeds or the bound is over: a store or a broker that is away for a moment does not end it.</summary>
    async Task Bounded(string what, Func<Task> step, CancellationToken bound)
    {
        while (!bound.IsCancellationRequested)
        {
            try
            {
                await step();
                return;
            }
            catch (Exception failure) when (!bound.IsCancellationRequested)
            {
                log.LogWarning(failure, "It was not possible to {What}; it is tried again", what);
                await Task.Delay(Again, clock, bound).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception)
            {
                // Cut short by the bound.
            }
        }
        log.LogWarning("The time was over before it was possible to {What}", what);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
