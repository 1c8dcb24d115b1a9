using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>A cancel whose intent has been found: what <see cref="CancelRequest"/> becomes after intake.</summary>
[EntityName("s4-cancel-order"), MessageUrn("s4-cancel-order")]
public sealed record CancelOrder
{
    public required Guid OrderId { get; init; }
    public string? Reason { get; init; }
    public Uri? ReplyTo { get; init; }
    public Guid? RequestId { get; init; }
}

/// <summary>After a start, a failover or a stream reconnect: look at the venue before believing the document (design §3, quarantine → reconcile → resume).</summary>
[EntityName("s4-resume-order"), MessageUrn("s4-resume-order")]
public sealed record ResumeOrder
{
    public required Guid OrderId { get; init; }
    public required string Why { get; init; }
}
