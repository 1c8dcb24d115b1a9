using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;

namespace Chimera.S4.Simulator.Streams;

/// <summary>The account's events of one venue on their way to whoever subscribed, through the stream faults.</summary>
internal abstract class UserStream(Venue venue, FaultBook faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private (string Type, byte[] Payload)? _held;
    private Task _delayed = Task.CompletedTask;

    public void Publish(string type, byte[] payload)
    {
        lock (_gate)
        {
            if (faults.Strikes("silent-stream", venue, type) || faults.Strikes("drop-events", venue, type)) return;
            if (_held is null && faults.Strikes("reorder-events", venue, type))
            {
                _held = (type, payload);
                return;
            }
            Hand(type, payload);
            if (faults.Strikes("duplicate-events", venue, type)) Hand(type, payload);
            // Released behind the next of its own type: others may be filtered out on the way, and nobody would see the swap.
            if (_held is not { } late || late.Type != type) return;
            _held = null;
            Hand(late.Type, late.Payload);
        }
    }

    private void Hand(string type, byte[] payload)
    {
        var delay = faults.Striking("delay-events", venue, type)?.Ms ?? 0;
        if (delay == 0 && _delayed.IsCompleted) Deliver(type, payload);
        else _delayed = HandLater(_delayed, TimeSpan.FromMilliseconds(delay), type, payload);
    }

    /// <summary>Behind everything that is delayed already: a late stream is late in order.</summary>
    private async Task HandLater(Task earlier, TimeSpan delay, string type, byte[] payload)
    {
        await Task.WhenAll(earlier, Task.Delay(delay, time));
        lock (_gate) Deliver(type, payload);
    }

    protected abstract void Deliver(string type, byte[] payload);
}
