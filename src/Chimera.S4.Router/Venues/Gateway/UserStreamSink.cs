using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary>Takes what the user streams hear to the orders, and closes gaps: after every (re)connect live orders are held against the venue before the stream counts as reconciled.</summary>
public sealed class UserStreamSink(
    ReportSender reports, IOrderStore store, Func<IEnumerable<IVenue>> venues, QueryProtocol queries, IntakeOptions options, StartupGate gate, RouterMetrics metrics, ILogger<UserStreamSink> log) : IUserStreamSink
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
        await reports.Send(VenueReports.Known(id.SagaId, order.ClientOrderId, "STREAM", order), cancel);
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
            foreach (var known in VenueOrdersOf(line, stored)) await Compare(venue, line, known, snapshot, stop);
            Interlocked.Increment(ref count);
        });
        log.LogInformation("{Market}: {Live} live orders held against {Open} open ones at the venue", Words.Of(market), count, snapshot.Count);
    }

    IReadOnlyList<VenueOrder> VenueOrdersOf(OrderLine line, StoredOrder stored)
    {
        try
        {
            return OrderDocument.Read(stored).Order!.VenueOrders;
        }
        catch (JsonException damaged)
        {
            // One document that nobody can read must not keep the venue closed for all the others.
            log.LogCritical(damaged, "The document of intent {IntentId} cannot be read, so it is not held against the venue; an operator has to see to it", line.Summary.IntentId);
            return [];
        }
    }

    async Task Compare(IVenue venue, OrderLine line, VenueOrder known, Dictionary<string, VenueOrderState> snapshot, CancellationToken cancel)
    {
        if (!known.IsAlive && known.IsProven) return;
        // Not acknowledged: the pending placement looks for it by its own protocol.
        if (known.Status is VenueStatus.None && !snapshot.ContainsKey(known.ClientOrderId)) return;
        var order = new OrderRef(line.Summary.Symbol, known.ClientOrderId, known.VenueOrderId, known.CancelId);
        var state = snapshot.GetValueOrDefault(known.ClientOrderId);
        if (state is not null && state.Status == known.Status && state.CumQty == known.CumQty) return;
        if (state is null)
        {
            var answer = await venue.Query(order, cancel);
            if (answer.Outcome is VenueOutcome.NotFound)
            {
                log.LogWarning("Order {ClientOrderId} of intent {IntentId} is alive here and unknown to the venue; it stays as it is until the venue tells more", known.ClientOrderId, line.Summary.IntentId);
                return;
            }
            state = answer.Order ?? throw new VenueUnansweredException($"order {known.ClientOrderId} could not be read ({answer.Outcome})");
        }
        var proven = await queries.WithTrades(venue, order, state, cancel) ?? throw new VenueUnansweredException($"trades of {known.ClientOrderId} could not be read");
        await reports.Send(VenueReports.Known(line.Id, known.ClientOrderId, "QUERY", proven), cancel);
    }
}

/// <summary>A reconciliation could not be completed; the stream that asked for it reconnects and asks again.</summary>
public sealed class VenueUnansweredException(string message) : Exception(message);
