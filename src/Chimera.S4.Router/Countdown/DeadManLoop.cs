using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Countdown;

/// <summary>Keeps the countdowns under a lease that ends well before they do. Where the store does not answer nothing is said again: orders that nobody can manage are better gone.</summary>
sealed class DeadManLoop(Countdowns countdowns, ILeases leases, Replica replica, DeadManOptions options, StartupGate gate, TimeProvider clock, ILogger<DeadManLoop> log) : BackgroundService
{
    const string Lease = "dead-man";
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    DateTimeOffset renewAt = DateTimeOffset.MinValue, findAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn) return;
        try
        {
            await gate.BusStarted(stoppingToken);
            while (true)
            {
                await Once(stoppingToken);
                await Task.Delay(LookEvery, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    async Task Once(CancellationToken stop)
    {
        try
        {
            if (clock.GetUtcNow() >= renewAt) await Renew(stop);
            await countdowns.Look(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(failure, "The countdowns were not looked after; they are tried again");
        }
    }

    async Task Renew(CancellationToken stop)
    {
        if (await leases.Hold(Lease, replica.Id, options.RefreshEvery, stop)) await countdowns.TakeOver(stop);
        else countdowns.LetGo();
        renewAt = clock.GetUtcNow() + options.RefreshEvery / 3;
        if (clock.GetUtcNow() < findAt) return;
        findAt = clock.GetUtcNow() + options.Countdown;
        await countdowns.FindMakers(stop);
    }

    /// <summary>A countdown that ran on would end orders of a symbol that S4 has left.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!options.IsOn) return;
        try
        {
            await countdowns.Off(cancellationToken);
            await leases.Release(Lease, replica.Id, cancellationToken);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "The countdowns may run on");
        }
    }
}
