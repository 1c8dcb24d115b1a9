using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Keeps a venue's budget and the ledger in step: four times a second, and at once when a hold begins. Off every request's path.</summary>
sealed class RateExchange(Market market, RateBudget budget, IRateLedger ledger, TimeProvider time, ILogger log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    readonly SemaphoreSlim now = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ledger is SingleReplica) return;
        await Task.Yield();
        var state = new UpDownLog(log, $"{market} rate ledger");
        budget.HoldBegan += Hurry;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                budget.Learn(await ledger.Exchange(Words.Venue(market), budget.Tell(), stoppingToken));
                state.Up();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            // The venue's own counters go on telling what all replicas use; only what the others have under way is not known.
            catch (Exception problem)
            {
                state.Down(problem.Message);
            }
            using var due = new CancellationTokenSource(Every, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, due.Token);
            await now.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        budget.HoldBegan -= Hurry;
    }

    void Hurry()
    {
        // Full already: it is in a hurry.
        try { now.Release(); }
        catch (SemaphoreFullException) { }
    }
}
