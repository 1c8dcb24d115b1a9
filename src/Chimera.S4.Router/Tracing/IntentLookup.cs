using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Tracing;

/// <summary>The same where the order is not among the latest: after a start, or of another replica.</summary>
public sealed class IntentLookup(KnownIntents known, IOrderStore store)
{
    /// <summary>Null: it is not stored, or cannot be read. What is only told must hold up nothing.</summary>
    public async ValueTask<KnownIntent?> Of(Guid orderId, CancellationToken cancel)
    {
        if (known.Of(orderId) is { } intent) return intent;
        try
        {
            if (await store.Load(orderId, cancel) is not { } stored) return null;
            var saga = OrderDocument.Read(stored);
            known.Note(saga.Order!, saga.Trace);
            return known.Of(orderId);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
