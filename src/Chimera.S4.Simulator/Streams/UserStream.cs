using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;

namespace Chimera.S4.Simulator.Streams;

/// <summary>The account's events of one venue on their way to whoever subscribed, through the stream faults.</summary>
internal abstract class UserStream(Venue venue, FaultBook faults)
{
    private readonly Lock _gate = new();
    private (string Type, byte[] Payload)? _held;

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
            Deliver(type, payload);
            if (faults.Strikes("duplicate-events", venue, type)) Deliver(type, payload);
            // Released behind the next of its own type: others may be filtered out on the way, and nobody would see the swap.
            if (_held is not { } late || late.Type != type) return;
            _held = null;
            Deliver(late.Type, late.Payload);
        }
    }

    protected abstract void Deliver(string type, byte[] payload);
}
