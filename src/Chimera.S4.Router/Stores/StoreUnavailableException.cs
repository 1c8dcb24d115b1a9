namespace Chimera.S4.Router.Stores;

/// <summary>The store did not answer in time, or cannot serve now. What was asked may have taken effect all the same: load again, then decide.</summary>
/// <remarks>The one type that retry policies name, whatever store is behind: retry for minutes, not a small count (design §3.9).</remarks>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
