using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores;

/// <summary>What both journals of placements do alike.</summary>
static class PlacementRules
{
    public static readonly TimeSpan KeepResolved = TimeSpan.FromDays(7);

    /// <summary>Stands for a placement that the venue has told of and the journal never knew, so that it cannot begin any more.</summary>
    public static PlacementEntry NeverBegun(string clientOrderId) => new()
    {
        ClientOrderId = clientOrderId,
        Epoch = 1,
        Request = "",
        Timestamp = DateTimeOffset.UnixEpoch,
        ReceiveWindow = TimeSpan.Zero,
        SentAt = DateTimeOffset.UnixEpoch,
    };
}
