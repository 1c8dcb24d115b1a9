using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>What one handling of one message gathers for its commit: the decision, and timers armed or disarmed by the machine.</summary>
public sealed class CommitBuffer
{
    /// <summary>How the shared gates stood when the message came to be decided.</summary>
    public GateState Gates { get; set; } = GateState.Unreadable;

    /// <summary>As many intents as may be have added exposure within the last minute.</summary>
    public bool IsOverRate { get; set; }
    public Decision? Decision { get; set; }
    public bool ProbeMoved { get; set; }
    public bool WakeMoved { get; set; }
    public List<NewTimer> Arm { get; } = [];
    public List<Guid> Disarm { get; } = [];

    /// <summary>A retry decides anew, on a document loaded anew.</summary>
    public void Reset()
    {
        (Decision, Gates, IsOverRate) = (null, GateState.Unreadable, false);
        ProbeMoved = WakeMoved = false;
        Arm.Clear();
        Disarm.Clear();
    }
}
