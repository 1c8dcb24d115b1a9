using System.Collections.Concurrent;
using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using MassTransit;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>A broker that confirms, or refuses, on the spot, and remembers what it confirmed: "nothing was sent" needs no waiting.</summary>
sealed class Wire
{
    readonly ConcurrentQueue<(Uri To, object Message)> confirmed = new();

    public Wire() =>
        Sends = new BoundedSends(() => Stub<IBus>.Of((method, args) => method.Name == nameof(IBus.GetSendEndpoint) ? Task.FromResult(To((Uri)args[0]!)) : Stub.PassOn));

    public BoundedSends Sends { get; }

    /// <summary>While true every send fails, as it does without a broker.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyList<T> Sent<T>() => [.. confirmed.Select(sent => sent.Message).OfType<T>()];
    public VenueReport[] Reports => [.. Sent<VenueReport>()];
    public VenueReport Only => Reports.Single();
    public Uri[] Destinations => [.. confirmed.Select(sent => sent.To)];

    ISendEndpoint To(Uri destination) => Stub<ISendEndpoint>.Of((method, args) =>
    {
        if (method.Name != nameof(ISendEndpoint.Send)) return Stub.PassOn;
        if (IsDown) return Task.FromException(new TimeoutException("no confirm"));
        confirmed.Enqueue((destination, args[0]!));
        return Task.CompletedTask;
    });
}
