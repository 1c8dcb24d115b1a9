using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores;

/// <summary>The record of a commit as a pending effect, where the store does not hold the journal.</summary>
public static class RecordEffect
{
    public const string Kind = "record";

    /// <summary>How long the committer has to hand the record to the bus before a sweep may.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    public static NewEffect Of(int seq, JournalBatch batch) => new(seq, Kind, StoredJson.Write(batch), Lease);

    public static PendingEffect Pending(Guid orderId, int seq, JournalBatch batch) => new(orderId, seq, Kind, StoredJson.Write(batch));

    public static JournalBatch Read(string payload) => StoredJson.Read<JournalBatch>(payload);
}
