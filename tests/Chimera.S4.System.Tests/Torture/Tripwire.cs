using System.Collections.Concurrent;
using Chimera.S4.System.Tests.Processes;
using StackExchange.Redis;

namespace Chimera.S4.System.Tests.Torture;

/// <summary>A router that stands still in a certain phase, because the gate holds what it has just sent, or what it is about to hear.</summary>
sealed class Trap(Phase phase, Func<Sighting, bool> wanted)
{
    readonly TaskCompletionSource<(RouterProcess Router, Sighting Seen)> sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<bool> goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Phase Phase => phase;
    public Task<(RouterProcess Router, Sighting Seen)> Sprung => sprung.Task;

    /// <summary>What is held arrives after all.</summary>
    public void Release() => goesOn.TrySetResult(true);

    /// <summary>What is held is lost, and the connection with it.</summary>
    public void Break() => goesOn.TrySetResult(false);

    internal bool Wants(Sighting seen) => wanted(seen);
    internal void Spring(RouterProcess router, Sighting seen) => sprung.TrySetResult((router, seen));
    internal Task<bool> GoesOn => goesOn.Task;
}

/// <summary>
/// Stops whichever router comes first into a wanted phase. That it is there is proven, not guessed: what is to come after lies in the gate and is not in the store yet; what has come before
/// is in the store, or answered, and the router has not heard of it.
/// </summary>
sealed class Tripwire(RedisProcess store)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, RouterProcess> senders = new();
    Trap? armed;

    public Trap Arm(Phase phase, Func<Sighting, bool>? wanted = null) => armed = new Trap(phase, wanted ?? (_ => true));

    public Guard AtRedis(Func<RouterProcess> router) => (link, chunk, pass) =>
    {
        // Who journals a placement is who sends it: the exchange's own gate serves all replicas and cannot tell them apart.
        if (Wire.Redis(Step.Journal, chunk.Span) is { } journalled) senders[journalled.Subject] = router();
        return Watch(link, pass, step => step is Step.Commit or Step.Journal ? Wire.Redis(step, chunk.Span) : null, _ => router());
    };

    public Guard AtExchange() => (link, chunk, pass) => Watch(link, pass, step => step is Step.Post ? Wire.Rest(chunk.Span) : null, seen => senders.GetValueOrDefault(seen.Subject));

    public Guard AtBroker(Func<RouterProcess> router) => (link, chunk, pass) =>
    {
        var acknowledged = Wire.Amqp(link, chunk.Span);
        return Watch(link, pass, step => step is Step.Ack ? acknowledged : null, _ => router());
    };

    async Task Watch(GateLink link, Func<Task> pass, Func<Step, Sighting?> look, Func<Sighting, RouterProcess?> whose)
    {
        var trap = Volatile.Read(ref armed);
        if (trap is null || look(trap.Phase.Step) is not { } seen || !trap.Wants(seen) || whose(seen) is not { } router || Interlocked.CompareExchange(ref armed, null, trap) != trap)
        {
            await pass();
            return;
        }
        var before = trap.Phase.Side is Side.Before;
        if (!(before ? await IsStored(seen) is false : await Happens(link, seen, pass)))
        {
            // Another replica was there first, or no answer came: the next one will do.
            Interlocked.CompareExchange(ref armed, trap, null);
            if (before) await pass();
            link.LetAnswers();
            return;
        }
        trap.Spring(router, seen);
        if (!await trap.GoesOn) link.Sever();
        // Its sender may have given up and hung up meanwhile: it arrives nevertheless, and the gate waits for the answer that nobody hears.
        else if (before) await (seen.Step is Step.Post ? Happens(link, seen, pass) : pass());
        link.LetAnswers();
    }

    async Task<bool> Happens(GateLink link, Sighting seen, Func<Task> pass)
    {
        var answered = link.HoldAnswers();
        await pass();
        try
        {
            if (seen.Step is Step.Post) await answered.WaitAsync(Patience, link.Ended);
            else if (seen.Step is Step.Commit or Step.Journal) await Until.True("it is stored", async () => await IsStored(seen) is true, Patience);
            return true;
        }
        catch (Exception never) when (never is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Null: Redis does not answer.</summary>
    async Task<bool?> IsStored(Sighting seen)
    {
        if (seen.Step is Step.Post or Step.Ack) return false;
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(store.Address);
            var stored = seen.Step is Step.Commit ? await redis.GetDatabase().HashGetAsync($"s4:order:{seen.Subject}", "v") : await redis.GetDatabase().HashGetAsync($"s4:journal:{seen.Subject}", "e");
            return !stored.IsNull && (int)stored >= seen.Number;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
