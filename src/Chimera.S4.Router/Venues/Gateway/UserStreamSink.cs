using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Takes what the user streams hear to the orders, and closes gaps: after every (re)connect live orders are held against the venue before the stream counts as reconciled.</summary>
public sealed class UserStreamSink(
    ReportSender reports, IOrderStore store, Func<IEnumerable<IVenue>> venues, ProtocolDriver driver, IntakeOptions options, StartupGate gate, RouterMetrics metrics, ILogger<UserStreamSink> log) : IUserStreamSink
{
    const int AtOnce = 8;

    public async Task Heard(Market market, VenueOrderState order, CancellationToken cancel)
    {
        if (!ClientOrderId.TryParse(order.ClientOrderId, options.IdPrefix, out var id))
        {
            metrics.ForeignEvent(market);
            return;
        }
        await gate.BusStarted(cancel);
        await reports.Send(VenueReports.Of(id.SagaId, Finding.Known(Finding.Stream, order.ClientOrderId, order)), cancel);
    }

    public async Task Reconcile(Market market, CancellationToken cancel)
    {
        await gate.BusStarted(cancel);
        var venue = venues().First(candidate => candidate.Market == market);
        var open = await venue.OpenOrders(cancel);
        if (open.Outcome is not VenueOutcome.Known) throw new VenueUnansweredException($"open orders of {Words.Of(market)} could not be read ({open.Outcome})");
        // Foreign orders may carry any id, also the same one twice.
        var snapshot = open.Orders.Where(order => ClientOrderId.TryParse(order.ClientOrderId, options.IdPrefix, out _)).DistinctBy(order => order.ClientOrderId)
            .ToDictionary(order => order.ClientOrderId);
        var count = 0;
        await Parallel.ForEachAsync(store.Live(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (line, stop) =>
        {
            if (line.Summary.Market != Words.Of(market) || await store.Load(line.Id, stop) is not { } stored) return;
            foreach (var known in OrderDocument.Read(stored).Order!.VenueOrders) await Compare(venue, line, known, snapshot, stop);
            Interlocked.Increment(ref count);
        });
        log.LogInformation("{Market}: {Live} live orders held against {Open} open ones at the venue", Words.Of(market), count, snapshot.Count);
    }

    async Task Compare(IVenue venue, OrderLine line, VenueOrder known, Dictionary<string, VenueOrderState> snapshot, CancellationToken cancel)
    {
        var protocol = new ReconcileProtocol(line.Summary.Symbol, known, snapshot.GetValueOrDefault(known.ClientOrderId));
        if ((await driver.Run(protocol, venue, line.Id, cancel)).Again is not null) throw new VenueUnansweredException($"order {known.ClientOrderId} could not be read");
    }
}

/// <summary>A reconciliation could not be completed; the stream that asked for it reconnects and asks again.</summary>
public sealed class VenueUnansweredException(string message) : Exception(message);
