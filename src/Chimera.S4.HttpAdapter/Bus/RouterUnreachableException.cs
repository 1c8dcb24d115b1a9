using MassTransit;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>Nothing has been acknowledged: the broker, the route or the router failed within the bound. Becomes 503 with <c>Retry-After</c>.</summary>
public sealed class RouterUnreachableException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Code { get; } = code;

    public static RouterUnreachableException Because(Exception failure) => failure switch
    {
        MessageReturnedException => new("NO_ROUTE", "No queue takes the message: no router has started on this broker yet.", failure),
        RequestFaultException => new("ROUTER_FAILED", "The router could not process the message; it is in the error queue.", failure),
        RequestTimeoutException or TimeoutException => new("NO_ANSWER", "The broker or the router did not answer in time.", failure),
        RequestException { InnerException: { } inner } when inner is not RequestException => Because(inner),
        _ => new("BUS_UNAVAILABLE", "The message could not be handed to the broker.", failure),
    };
}
