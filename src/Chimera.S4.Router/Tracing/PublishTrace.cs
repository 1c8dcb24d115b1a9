using System.Diagnostics;
using MassTransit;

namespace Chimera.S4.Router.Tracing;

/// <summary>The trace that an intent is told in: its publisher's, carried by MassTransit or by the W3C header <c>traceparent</c>; else the one that began with its message.</summary>
static class PublishTrace
{
    const string Header = "traceparent";

    /// <summary>Null: nobody collects traces.</summary>
    public static string? Of(ConsumeContext context) => !Spans.AreCollected ? null
        : context.ReceiveContext.TransportHeaders.Get<string>(Header) is { } told && ActivityContext.TryParse(told, null, out _) ? told
        : Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;
}
