using System.Collections.Concurrent;
using Chimera.S4.HttpAdapter.Problems;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Cancels;

/// <summary>How fast one caller may cancel: a minute's worth at once, and then as they come back one by one. Each process counts for itself.</summary>
/// <remarks>Only known keys are counted, so there are no more entries than keys.</remarks>
sealed class CancelPace(IOptions<RestAdapterOptions> options, TimeProvider clock)
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    readonly ConcurrentDictionary<string, DateTimeOffset> usedUntil = new();

    /// <summary>The problem to answer with; null: the caller may.</summary>
    public IResult? Refusal(string caller)
    {
        var (each, now) = (Minute / options.Value.CancelsPerMinute, clock.GetUtcNow());
        while (true)
        {
            // What is used up of the minute, as the instant by which all of it will have come back.
            var known = usedUntil.GetOrAdd(caller, now);
            var next = (known > now ? known : now) + each;
            if (next - now > Minute)
                return Problem.RetryAfter(next - now - Minute, Problem.Of(429, "CANCEL_RATE_LIMIT", "Too many cancels",
                    $"{caller} has sent more than {options.Value.CancelsPerMinute} cancels within a minute ({RestAdapterOptions.CancelsVariable}). POST /ops/cancel-all ends many at once."));
            if (usedUntil.TryUpdate(caller, next, known)) return null;
        }
    }
}
