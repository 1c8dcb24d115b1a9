using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Gateway;

internal readonly record struct Reject(Venue Venue, string Path, int Code, long Time);

/// <summary>Every refusal that was answered, for the ledger.</summary>
internal sealed class RejectLog
{
    private readonly List<Reject> _rejects = [];

    public void Add(Reject reject)
    {
        lock (_rejects) _rejects.Add(reject);
    }

    public Reject[] Snapshot()
    {
        lock (_rejects) return [.. _rejects];
    }

    public void Clear()
    {
        lock (_rejects) _rejects.Clear();
    }
}
