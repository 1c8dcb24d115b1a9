using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Curves;

/// <summary>Keeps <see cref="RouteTable"/> as Redis, else the file, has it: what is written there is used by the next intent after the next look.</summary>
sealed class RouteTableFeed(RouteTable table, IEnumerable<ICurveStore> stores, CurvesOptions options, Func<IReadOnlyList<string>> symbols, TimeProvider time, RouterMetrics metrics, ILogger<RouteTableFeed> log)
    : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    readonly RouteTableFile file = new(options.TablePath);

    // Before the first intent is taken up.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookOnce(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) await LookOnce(stoppingToken);
        }
    }

    async Task LookOnce(CancellationToken cancel)
    {
        try
        {
            await Look(cancel);
        }
        catch (StoreUnavailableException away)
        {
            log.LogDebug(away, "Route curves could not be read; those known before stay in force");
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogError(failure, "A look at the route curves failed; those known before stay in force");
        }
    }

    internal async Task Look(CancellationToken cancel)
    {
        var all = symbols();
        var filed = file.Read(out var problem);
        Tell("S4_ROUTE_TABLE_PATH", table.Miss("S4_ROUTE_TABLE_PATH", problem));
        var stored = new string?[all.Count];
        foreach (var store in stores) stored = [.. await store.Read(all, cancel)];
        for (var i = 0; i < all.Count; i++) Tell(all[i], table.Take(all[i], stored[i] ?? filed.GetValueOrDefault(all[i])));
    }

    void Tell(string source, string? problem)
    {
        if (problem is null) return;
        metrics.CurvesRefused(source);
        log.LogError("The route curves of {Symbol} are refused, and the last good ones stay in force: {Problem}", source, problem);
    }
}
