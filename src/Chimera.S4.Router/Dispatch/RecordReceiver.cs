using Chimera.S4.Orders;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Takes records out of documents and into the journal's hands.</summary>
public sealed class RecordReceiver(RecordWriter records)
{
    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        await records.Write(RecordEffect.Read(effect.Payload), cancel);
        return Handled.Done;
    }
}
