using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores;

/// <summary>The alerts that are kept: the stream <c>alerts</c>, or its rows.</summary>
public interface IAlertStore
{
    /// <summary>Appends it, unless the same condition was within <paramref name="once"/>. False: it was.</summary>
    Task<bool> Append(Alert alert, string condition, TimeSpan once, CancellationToken cancel);

    /// <summary>Oldest first.</summary>
    Task<AlertsPage> Alerts(ListAlerts query, CancellationToken cancel);
}
