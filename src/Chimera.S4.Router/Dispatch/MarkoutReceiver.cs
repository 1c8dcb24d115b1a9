using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Tells, once the last horizon has passed, where the market went after a fill (decision 0021). Until then the effect waits in the store, where a restart finds it.</summary>
public sealed class MarkoutReceiver(IMarketFacts facts, RecordWriter records, MarkoutOptions options, IntakeOptions intake, IEnumerable<IVenue> venues, TimeProvider clock)
{
    readonly IVenue[] venues = [.. venues];

    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        var (batch, now) = (RecordEffect.Read(effect.Payload), clock.GetUtcNow());
        // A redelivered message hands over whatever is pending, also what is not due.
        if (options.DueAt(batch.Fills) - now is { Ticks: > 0 } early) return Handled.After(early);
        await records.Write(new JournalBatch
        {
            IntentId = batch.IntentId, Markouts = [.. batch.Fills.SelectMany(fill => Markouts.Of(fill, options.Horizons, facts, VenueAhead(fill, now), intake.QuoteMaxAge))],
        }, cancel);
        return Handled.Done;
    }

    TimeSpan VenueAhead(FillRecord fill, DateTimeOffset now) => venues.First(venue => Words.Of(venue.Market) == fill.Market).Now - now;
}
