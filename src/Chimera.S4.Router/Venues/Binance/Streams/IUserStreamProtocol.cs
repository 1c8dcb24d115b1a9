using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>How one venue's user stream is reached and read. <see cref="UserStream"/> does the rest, alike for both.</summary>
interface IUserStreamProtocol
{
    Market Market { get; }

    /// <summary>Where to connect; asked for anew before each connection.</summary>
    /// <exception cref="VenueRefusal">The venue gave none.</exception>
    Task<string> Address(CancellationToken cancel);

    /// <summary>The message that subscribes; null: connecting is enough.</summary>
    string? Hello();

    /// <exception cref="WireException">The message is one that matters, and cannot be read.</exception>
    StreamEvent Read(JsonElement message);

    /// <summary>Runs while connected. When it ends, the connection is given up.</summary>
    Task KeepAlive(CancellationToken cancel);
}
