using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Intake;

/// <summary>Which order a cancel is about; or why there is none. <paramref name="AtVenue"/>: where the venue holds it, should no document exist.</summary>
public sealed record CancelTarget(Guid OrderId, Denial? Refusal, VenueOrderAt? AtVenue)
{
    public static CancelTarget Refuse(Denial refusal) => new(Guid.Empty, refusal, null);
}

public sealed record VenueOrderAt(Market Market, OrderRef Order);

/// <summary>Resolves the three ways of naming an order (design §7). Foreign orders are never touched.</summary>
public sealed class CancelTargets(IOrderStore store, IEnumerable<IVenue> venues, IntakeOptions options)
{
    public async Task<CancelTarget> Find(CancelRequest request, CancellationToken cancel)
    {
        if (request.IntentId is { } intentId) return new CancelTarget(SagaIds.Of(intentId), null, null);
        Words.TryRead<Market>(request.Market, out var market);
        if (request.ClientOrderId is { } clientOrderId) return Ours(clientOrderId, Place(market, request.Symbol, clientOrderId));
        if (market is Market.Unknown || string.IsNullOrEmpty(request.Symbol))
            return CancelTarget.Refuse(new Denial(ReasonCode.AmbiguousOrder, $"order_id needs market ({Words.Allowed<Market>()}) and symbol: order ids repeat between symbols"));
        return await ByVenueId(market, request.Symbol, request.OrderId!, cancel);
    }

    async Task<CancelTarget> ByVenueId(Market market, string symbol, string venueOrderId, CancellationToken cancel)
    {
        if (await store.FindByVenueOrderId(Words.Of(market), symbol, venueOrderId, cancel) is { } known) return new CancelTarget(known, null, null);
        if (venues.FirstOrDefault(venue => venue.Market == market) is not { } exchange) return NotFound($"order {venueOrderId}");
        var answer = await exchange.Query(new OrderRef(symbol, "", venueOrderId), cancel);
        return answer.Order is { } order
            ? Ours(order.ClientOrderId, new VenueOrderAt(market, new OrderRef(symbol, order.ClientOrderId, venueOrderId, IsConditional: order.IsConditional)))
            : NotFound($"order {venueOrderId} of {symbol}");
    }

    CancelTarget Ours(string clientOrderId, VenueOrderAt? at) => ClientOrderId.TryParse(clientOrderId, options.IdPrefix, out var id)
        ? new CancelTarget(id.SagaId, null, at)
        : CancelTarget.Refuse(new Denial(ReasonCode.ForeignOrder, $"client order id '{clientOrderId}' does not begin with this deployment's prefix '{options.IdPrefix}' and an intent"));

    static VenueOrderAt? Place(Market market, string? symbol, string clientOrderId) =>
        market is Market.Unknown || string.IsNullOrEmpty(symbol) ? null : new VenueOrderAt(market, new OrderRef(symbol, clientOrderId));

    static CancelTarget NotFound(string what) => CancelTarget.Refuse(new Denial(ReasonCode.OrderNotFound, $"no such {what}"));
}
