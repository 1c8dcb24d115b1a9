namespace Chimera.S4.Router.Stores;

/// <summary>The store did not answer in time, or cannot serve now. What was asked may have taken effect all the same: load again, then decide.</summary>
/// <remarks>The one type that retry policies name, whatever store is behind: retry for minutes, not a small count (design §3.9).</remarks>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, Tellable(inner))
{
    // MassTransit takes an exception at whose bottom lies a cancellation for the consumer's own, and that one no retry policy sees by its name. A client library cancels waits when it gives a connection up.
    static Exception? Tellable(Exception? inner) => inner?.GetBaseException() is OperationCanceledException ? null : inner;
}
