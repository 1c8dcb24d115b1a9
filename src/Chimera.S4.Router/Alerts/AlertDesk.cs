using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Alerts;

/// <summary>Takes alerts to the stream and to the bus, each condition once within a while, whichever replicas notice it. The two ways do not wait for one another: where one is down, the other tells.</summary>
sealed class AlertDesk(AlertBell bell, IAlertStore store, IOrderStore orders, BoundedSends sends, TimeProvider clock, RouterMetrics metrics, ILogger<AlertDesk> log) : BackgroundService
{
    /// <summary>How long a condition is not told again.</summary>
    public static readonly TimeSpan Once = TimeSpan.FromMinutes(10);
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    static readonly Uri Exchange = new("exchange:s4-alert");

    readonly Dictionary<string, DateTimeOffset> toldHere = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var ring in bell.Rings.ReadAllAsync(stoppingToken)) await Tell(ring, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var bound = new CancellationTokenSource(LastWords);
        while (!bound.IsCancellationRequested && bell.Rings.TryRead(out var ring)) await Tell(ring, bound.Token);
    }

    internal async Task Tell(AlertBell.Ring ring, CancellationToken cancel)
    {
        var (code, now) = (ring.Code.Text(), clock.GetUtcNow());
        var condition = $"{code}:{ring.About}";
        if (toldHere.TryGetValue(condition, out var last) && now - last < Once) return;
        var alert = new Alert { AlertId = Guid.NewGuid(), Level = ring.Code.Level(), Code = code, IntentId = await IntentOf(ring, cancel), Text = ring.Text, Runbook = ring.Code.Runbook(), Ts = now };
        // A store that does not answer must not silence the bus: then every replica tells.
        if (await Try("kept", () => store.Append(alert, condition, Once, cancel)) is false)
        {
            Remember(condition, now);
            return;
        }
        metrics.Alert(code, alert.Level);
        if (await Try("published", async () => { await sends.Announce(Exchange, alert, cancel); return true; }) is not null) Remember(condition, now);

        async Task<bool?> Try(string done, Func<Task<bool>> way)
        {
            try
            {
                return await way();
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                metrics.AlertLost(code);
                log.LogWarning(failure, "Alert {Code} of {About} could not be {Done}: {Text}", code, ring.About, done, ring.Text);
                return null;
            }
        }
    }

    void Remember(string condition, DateTimeOffset now)
    {
        foreach (var (old, at) in toldHere.ToArray())
            if (now - at >= Once) toldHere.Remove(old);
        toldHere[condition] = now;
    }

    async Task<string?> IntentOf(AlertBell.Ring ring, CancellationToken cancel)
    {
        try
        {
            return ring.OrderId is { } id && await orders.Load(id, cancel) is { } stored ? OrderDocument.Read(stored).Order!.Intent.IntentId : null;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogDebug(failure, "The intent of an alert could not be read");
            return null;
        }
    }
}
