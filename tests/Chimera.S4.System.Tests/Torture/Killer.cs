using System.Collections.Concurrent;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.System.Tests.Torture;

/// <summary>Carries out a plan of strikes one after the other; what it has struck comes back a little later, by itself, while the next strike is under way.</summary>
sealed class Killer(Deployment deployment, Random random, Action<string> say)
{
    static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20), Trapping = TimeSpan.FromMinutes(4);

    readonly ConcurrentDictionary<object, Task> recoveries = new();
    readonly Lock gate = new();

    public Dictionary<Strike, int> Hits { get; } = [];

    /// <summary>Routers that ended without being struck, as one does that no longer consumes; an orchestrator would start them again, and so does this.</summary>
    public int EndedByThemselves { get; private set; }

    public async Task Carry(IReadOnlyList<Strike> plan)
    {
        using var done = new CancellationTokenSource();
        var orchestrator = Orchestrate(done.Token);
        try
        {
            foreach (var strike in plan)
            {
                // Not a wait for anything: the distance between two strikes is part of the draw.
                await Task.Delay(Draw(300, 1500));
                await (strike.Victim is Victim.Router or Victim.FrozenRouter ? OneIsLeft() : Recovered(VictimOf(strike.Victim, null)));
                await Carry(strike);
            }
            await Task.WhenAll(recoveries.Values);
            foreach (var router in deployment.Routers) await router.Ready();
        }
        finally
        {
            await done.CancelAsync();
            await orchestrator.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Carry(Strike strike)
    {
        var trap = deployment.Tripwire.Arm(strike.Phase);
        var (router, seen) = await trap.Sprung.WaitAsync(Trapping);
        var victim = VictimOf(strike.Victim, router);
        var pause = Draw(100, 2500);
        say($"{strike.Victim} {strike.Phase} ({router.Name}, {seen.Subject} {seen.Number})");
        Hits[strike] = Hits.GetValueOrDefault(strike) + 1;
        switch (strike.Victim)
        {
            case Victim.FrozenRouter:
                router.Pause();
                recoveries[victim] = Recover(Frozen, () =>
                {
                    router.Resume();
                    trap.Release();
                    return Task.CompletedTask;
                });
                return;
            case Victim.Broker:
                await deployment.Broker.Kill();
                recoveries[victim] = Recover(pause, deployment.Broker.Start);
                break;
            case Victim.Router:
                lock (gate)
                {
                    router.Kill();
                    recoveries[victim] = Recover(pause, () =>
                    {
                        router.Launch();
                        return Task.CompletedTask;
                    });
                }
                break;
            default:
                var service = (ServerProcess)victim;
                service.Kill();
                recoveries[victim] = Recover(pause, async () =>
                {
                    await service.Start();
                    if (service == deployment.Exchange) await Faults.Set(deployment.Venue);
                });
                break;
        }
        // Lost is what lay between the two of which one has died; everything else goes on.
        if (strike.Victim is Victim.Router || Serves(strike.Victim, strike.Phase.Step)) trap.Break();
        else trap.Release();
    }

    static bool Serves(Victim victim, Step step) => (victim, step) is (Victim.Redis, Step.Commit or Step.Journal) or (Victim.Exchange, Step.Post) or (Victim.Broker, Step.Ack);

    object VictimOf(Victim victim, RouterProcess? router) => victim switch
    {
        Victim.Redis => deployment.Redis,
        Victim.Exchange => deployment.Exchange,
        Victim.Broker => deployment.Broker,
        _ => router!,
    };

    async Task Recovered(object victim)
    {
        if (recoveries.TryGetValue(victim, out var recovery)) await recovery;
    }

    /// <summary>Both replicas may be down at once, but then one comes back before it is struck again.</summary>
    Task OneIsLeft() => Until.True("a replica is up", () => Task.FromResult(deployment.Routers.Any(router => !recoveries.TryGetValue(router, out var recovery) || recovery.IsCompleted)));

    static async Task Recover(TimeSpan after, Func<Task> start)
    {
        await Task.Delay(after);
        await start();
    }

    async Task Orchestrate(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), stop);
            foreach (var router in deployment.Routers)
                lock (gate)
                {
                    if (!router.HasEnded || recoveries.TryGetValue(router, out var recovery) && !recovery.IsCompleted) continue;
                    EndedByThemselves++;
                    say($"{router.Name} ended by itself");
                    router.Launch();
                }
        }
    }

    TimeSpan Draw(int fromMs, int toMs) => TimeSpan.FromMilliseconds(random.Next(fromMs, toMs));
}
