using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Streams;

/// <summary>Lets the markets of both venues move at a steady pace.</summary>
internal sealed class MarketTicker(SimulatorOptions options, params (Exchange Exchange, Action<long> Beat)[] venues)
{
    // Prices are restored to about where they were; journalling each move would only fill the disk.
    private static readonly TimeSpan MidsEvery = TimeSpan.FromSeconds(5);

    public async Task Run(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.TickInterval, options.Time);
        var sinceMids = TimeSpan.Zero;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                sinceMids += options.TickInterval;
                var mids = sinceMids >= MidsEvery;
                if (mids) sinceMids = TimeSpan.Zero;
                foreach (var (exchange, beat) in venues) exchange.Tick(options.TickInterval, mids, beat);
            }
        }
        catch (OperationCanceledException)
        {
            // The simulator stops.
        }
    }
}
