using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>A cancel whose intent has been found: what <see cref="CancelRequest"/> becomes after intake.</summary>
[EntityName("s4-cancel-order"), MessageUrn("s4-cancel-order")]
public sealed record CancelOrder
{
    public required Guid OrderId { get; init; }

    /// <summary>The same in every delivery of one cancel; null: its sender gave it none. A second cancel may end what protects, a repeated first one must not.</summary>
    public Guid? CancelId { get; init; }
    public string? Reason { get; init; }

    /// <summary>Only the intent's own quantity ends, and what protects what is held of it stays, also where nothing else is left to end. False: the second cancel of an intent ends that too.</summary>
    public bool KeepsExits { get; init; }
    public Uri? ReplyTo { get; init; }
    public Guid? RequestId { get; init; }
}
