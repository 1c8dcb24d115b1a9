using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Shutdown;

/// <summary>Shows the others that this replica is there, and knows whether one of them is: a lease per process, renewed three times in its span.</summary>
public sealed class Presence(ILeases leases, Replica replica, StartupGate gate, TimeProvider clock, ILogger<Presence> log) : BackgroundService
{
    const string Prefix = "replica:";
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one that was killed still seems to be there.</summary>
    internal TimeSpan Span { get; init; } = TimeSpan.FromSeconds(6);

    readonly SemaphoreSlim gateOfLease = new(1);
    bool hasLeft;

    string Name => Prefix + replica.Id;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Whoever does not serve orders yet is nobody to leave them to.
            await gate.BusStarted(stoppingToken);
            while (true)
            {
                await Show(stoppingToken);
                await Task.Delay(Span / 3, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    internal async Task Show(CancellationToken cancel)
    {
        await gateOfLease.WaitAsync(cancel);
        try
        {
            if (!hasLeft) await leases.Hold(Name, replica.Id, Span, cancel);
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogDebug(unavailable, "This replica could not show that it is there");
        }
        finally
        {
            gateOfLease.Release();
        }
    }

    /// <summary>True: no other replica is there. Gives this one's lease back first, so that of two that leave together at least one finds itself the last.</summary>
    /// <remarks>A replica that was killed holds its lease for a while. One that still does after a whole span has renewed it, and lives.</remarks>
    public async Task<bool> LeavesLast(CancellationToken cancel)
    {
        await Leave(cancel);
        for (var since = clock.GetTimestamp(); await IsAnyoneThere(cancel);)
        {
            if (clock.GetElapsedTime(since) > Span) return false;
            await Task.Delay(LookEvery, clock, cancel);
        }
        return true;
    }

    public async Task<bool> IsAnyoneThere(CancellationToken cancel) => (await leases.Held(Prefix, cancel)).Any(name => name != Name);

    async Task Leave(CancellationToken cancel)
    {
        await gateOfLease.WaitAsync(cancel);
        try
        {
            hasLeft = true;
            await leases.Release(Name, replica.Id, cancel);
        }
        finally
        {
            gateOfLease.Release();
        }
    }
}
