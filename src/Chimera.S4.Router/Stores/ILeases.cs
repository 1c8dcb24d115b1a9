namespace Chimera.S4.Router.Stores;

/// <summary>What only one replica at a time does, and which replicas there are. By the store's clock; a holder that dies loses what it holds when it ends.</summary>
/// <remarks>A process that slept past the end of its lease does not know it: what is done under one must be harmless when two do it.</remarks>
public interface ILeases
{
    /// <summary>Takes a lease that is free, has ended or is this holder's own, until <paramref name="span"/> from now. False: another holds it.</summary>
    /// <param name="holder">Any text without a line feed.</param>
    Task<bool> Hold(string name, string holder, TimeSpan span, CancellationToken cancel);

    /// <summary>Gives back what this holder holds; without effect on another's.</summary>
    Task Release(string name, string holder, CancellationToken cancel);

    /// <summary>Names, beginning with <paramref name="prefix"/>, of the leases that have not ended.</summary>
    Task<IReadOnlyList<string>> Held(string prefix, CancellationToken cancel);
}

/// <summary>What one replica has found out, or has begun, and every replica may tell or go on with: the last word under a name.</summary>
public interface INotes
{
    Task Write(string name, string text, CancellationToken cancel);

    /// <summary>Writes where the last word still is <paramref name="before"/>, in one step. False: another came first; read again.</summary>
    /// <param name="before">As read; null: there was none.</param>
    Task<bool> TryReplace(string name, string? before, string after, CancellationToken cancel);

    /// <summary>Null: nothing was ever written.</summary>
    Task<string?> Read(string name, CancellationToken cancel);
}
