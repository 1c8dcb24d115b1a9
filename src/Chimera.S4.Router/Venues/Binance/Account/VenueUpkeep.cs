using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Keeps what is known of a venue fresh: clock every 15 minutes, instruments every hour and when a filter refused an order, holdings every 5 minutes (the stream tells changes in between). Tries
/// for ever.
/// </summary>
sealed class VenueUpkeep(Market market, AccountReads reads, InstrumentDoubt doubt, TimeProvider time, ILogger log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Keep("clock", TimeSpan.FromMinutes(15), reads.Clock, stoppingToken),
        Keep("instruments", TimeSpan.FromHours(1), reads.Instruments, stoppingToken, doubt.Next),
        Keep("account", TimeSpan.FromMinutes(5), reads.Holdings, stoppingToken));

    async Task Keep(string what, TimeSpan every, Func<CancellationToken, Task> read, CancellationToken stop, Func<Task>? sooner = null)
    {
        await Task.Yield();
        var state = new UpDownLog(log, $"{market} {what}");
        var backOff = new BackOff();
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                await read(stop);
                state.Up();
                backOff.Reset();
                wait = every;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            // Whatever it was, giving up would leave the router blind.
            catch (Exception problem)
            {
                state.Down(problem.Message);
                wait = backOff.Next();
                if (problem is VenueRefusal { RetryAfter: { } hold } && hold > wait) wait = hold;
            }
            var due = Task.Delay(wait, time, stop);
            await (sooner is null || wait < every ? due : Task.WhenAny(due, sooner())).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
