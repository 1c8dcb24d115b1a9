using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues.Binance;

namespace Chimera.S4.Router.Gates;

/// <summary>Adds what this replica hears of a venue to the breaker that all share, four times a second and off every request's path; also lets an open one become half open when its time has come.</summary>
sealed class BreakerFeed(Market market, AnswerTally tally, SharedBreaker breaker, TimeProvider time, ILogger log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Tell(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(problem, "The answers of {Market} were not added to its breaker; they will be", market);
            }
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task Tell(CancellationToken cancel)
    {
        var (answers, failures) = tally.Take();
        try
        {
            await breaker.Change(market, (known, now) => (known.Heard(answers, failures, now, breaker.Options), 0), cancel);
        }
        catch (StoreUnavailableException)
        {
            tally.Add(answers, failures);
            throw;
        }
    }
}
