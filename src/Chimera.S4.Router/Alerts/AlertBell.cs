using System.Threading.Channels;

namespace Chimera.S4.Router.Alerts;

/// <summary>Where the rest of the router says that a person has to know. Never waits and never fails: an alert that cannot be delivered holds up no trade.</summary>
public sealed class AlertBell(RouterMetrics metrics)
{
    const int MostWaiting = 1024;
    readonly Channel<Ring> rings = Channel.CreateBounded<Ring>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <param name="About">What tells this condition from others of the same code: an order's id, a symbol.</param>
    /// <param name="OrderId">The saga whose intent is named in the alert; null: none.</param>
    public sealed record Ring(AlertCode Code, string About, string Text, Guid? OrderId);

    public ChannelReader<Ring> Rings => rings.Reader;

    public void Raise(AlertCode code, string about, string text, Guid? orderId = null)
    {
        if (!rings.Writer.TryWrite(new Ring(code, about, text, orderId))) metrics.AlertLost(code.Text());
    }
}
