using System.Diagnostics;
using System.Text.Json.Nodes;
using Chimera.S4.System.Tests.Callers;
using Chimera.S4.System.Tests.Processes;
using Chimera.S4.System.Tests.Torture;
using StackExchange.Redis;
using Xunit;
using Xunit.Abstractions;

namespace Chimera.S4.System.Tests.Stories;

/// <summary>One of two replicas is killed or frozen with an intent in its hands: taken from the queue and not committed, or committed and not placed.</summary>
[Trait("Category", "Services")]
public sealed class A_replica_that_is_gone(ITestOutputHelper output)
{
    // Usual: 6 s where an effect's lease must lapse, 5 to 12 s where the broker must notice a frozen peer. Issue C asks for 15. Some 40 s more where the other came deaf out of its own freeze.
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(60), Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public Task Leaves_its_intents_to_the_other() => Deployment.Run(async deployment =>
    {
        var ids = new List<string>();
        foreach (var phase in new[] { new Phase(Step.Commit, Side.Before), new Phase(Step.Commit, Side.After) })
            foreach (var frozen in new[] { false, true })
            {
                var id = $"left-{ids.Count}";
                var trap = deployment.Tripwire.Arm(phase, seen => seen.Number == 1);
                await deployment.Bus.Publish(new JsonObject { ["intent_id"] = id, ["market"] = "SPOT", ["symbol"] = "BTCUSDT", ["side"] = "BUY", ["qty"] = "0.01", ["expires_at"] = "2100-01-01T00:00:00Z" }, Form.Raw);
                ids.Add(id);
                var (router, seen) = await trap.Sprung.WaitAsync(Bound);
                if (frozen) router.Pause();
                else router.Kill();
                var watch = Stopwatch.StartNew();
                await Until.True($"{id}, {phase} of a {(frozen ? "frozen" : "killed")} {router.Name}, moves again", async () =>
                {
                    // A deaf one ends itself, and whoever runs it starts it again.
                    foreach (var deaf in deployment.Routers.Where(other => other != router && other.HasEnded))
                    {
                        output.WriteLine($"{deaf.Name} ended by itself");
                        deaf.Launch();
                    }
                    return await Version(deployment, seen.Subject) > (phase.Side is Side.Before ? 0 : 1);
                }, Patience);
                output.WriteLine($"{phase}, {(frozen ? "frozen" : "killed")}: moved again after {watch.Elapsed.TotalSeconds:0.0} s");

                if (frozen)
                {
                    router.Resume();
                    trap.Release();
                }
                else
                {
                    trap.Break();
                    router.Launch();
                }
                await Task.WhenAll(deployment.Routers.Select(replica => replica.Ready()));
            }
        await deployment.AllWitnessesAgree(ids, Patience);
    });

    static async Task<int> Version(Deployment deployment, string orderId)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(deployment.Redis.Address);
        return (int)await redis.GetDatabase().HashGetAsync($"s4:order:{orderId}", "v");
    }
}
