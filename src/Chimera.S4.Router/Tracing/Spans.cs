using System.Diagnostics;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Tracing;

/// <summary>Steps of an intent. Where nobody collects traces each of these is a comparison, and returns null.</summary>
static class Spans
{
    static readonly ActivitySource Source = new(RouterMetrics.MeterName);

    public static bool AreCollected => Source.HasListeners();

    /// <summary>Begins a step in the intent's own trace, whatever brought it about; if that was of another trace, with a link to it.</summary>
    public static Activity? Begin(string name, Guid orderId, KnownIntent? about, string? clientOrderId = null)
    {
        if (!AreCollected) return null;
        var current = Activity.Current;
        var isElsewhere = ActivityContext.TryParse(about?.Trace, null, isRemote: true, out var home) && home.TraceId != current?.TraceId;
        var span = Source.StartActivity(name, ActivityKind.Internal, isElsewhere ? home : default, links: isElsewhere && current is not null ? [new ActivityLink(current.Context)] : null);
        return span?.SetTag("intent_id", about?.IntentId).SetTag("order_id", orderId).SetTag("client_order_id", clientOrderId ?? about?.ClientOrderId);
    }

    /// <summary>A question to the venue, within the step that asks it.</summary>
    public static async Task<T> Venue<T>(string name, Market market, string clientOrderId, Func<Task<T>> ask, Func<T, VenueOutcome> outcome)
    {
        var intent = AreCollected ? Activity.Current?.GetTagItem("intent_id") : null;
        using var span = Source.StartActivity($"venue {name}", ActivityKind.Client);
        span?.SetTag("intent_id", intent).SetTag("client_order_id", clientOrderId).SetTag("market", Words.Of(market));
        var answer = await ask();
        span?.SetTag("outcome", outcome(answer).ToString());
        return answer;
    }
}
