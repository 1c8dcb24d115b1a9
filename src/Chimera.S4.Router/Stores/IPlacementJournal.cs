using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores;

/// <summary>The journal of placements (design §3.5), <c>s4:journal:{client_order_id}</c>: written before anything is sent. Each write is atomic.</summary>
public interface IPlacementJournal
{
    Task<PlacementEntry?> Load(string clientOrderId, CancellationToken cancel);

    /// <summary>Creates the entry if there is none. False: there is one; load it. Also writes <c>idem:order:{client_order_id}</c> (TTL 24 h) for other services.</summary>
    Task<bool> TryBegin(PlacementEntry entry, CancellationToken cancel);

    /// <summary>Replaces an unresolved entry of epoch <c>entry.Epoch − 1</c>. False: somebody else moved or resolved it; load it.</summary>
    Task<bool> TryAdvance(PlacementEntry entry, CancellationToken cancel);

    /// <summary>Notes what a round of looks has shown, if the entry is still unresolved and of the same epoch; else without effect.</summary>
    Task NoteProbe(PlacementEntry entry, CancellationToken cancel);

    /// <summary>Stores what is known. Resolved entries lapse after 7 days.</summary>
    /// <param name="ofEpoch">The epoch that is spoken of: a refusal holds for the request that was refused, and says nothing of a later one. Null: the order exists, whichever epoch brought it.</param>
    /// <returns>False: another resolution stands, or the epoch has moved; load it.</returns>
    Task<bool> Resolve(string clientOrderId, int? ofEpoch, string resolution, CancellationToken cancel);
}
