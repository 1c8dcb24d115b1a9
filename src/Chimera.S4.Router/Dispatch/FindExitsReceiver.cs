using System.Collections.Immutable;
using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Venues;

namespace Chimera.S4.Router.Dispatch;

/// <summary>Looks up who holds exits beside an order, in the store, and after a close what the account holds, at the venue; again until the answer has come.</summary>
public sealed class FindExitsReceiver(LiveDocuments documents, IFuturesRequests futures, BoundedSends sends)
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15), VenueSilent = TimeSpan.FromSeconds(1);

    public async Task<Handled> Receive(PendingEffect effect, CancellationToken cancel)
    {
        var ask = (FindExitsEffect)JsonSerializer.Deserialize<Effect>(effect.Payload, OrderDocument.Options)!;
        var owners = await Owners(effect.OrderId, ask, cancel);
        var position = 0m;
        if (ask.HasClosed && owners.Length > 0)
        {
            var answer = await futures.Positions(cancel);
            if (answer.Outcome is not VenueOutcome.Known) return Handled.After(VenueSilent);
            var amount = answer.Positions.Where(held => held.Symbol == ask.Symbol).Sum(held => held.Amount);
            position = Math.Max(0, ask.Side is Side.Sell ? amount : -amount);
            owners = ExitOwners.Throughout(owners, await Owners(effect.OrderId, ask, cancel));
        }
        await sends.Send(Queues.OrdersExchange, new ExitsFound
        {
            OrderId = effect.OrderId, AskSeq = ask.Seq, Holders = [.. owners.Select(owner => new ExitHolder(owner.OrderId, owner.Held.Value, owner.Only is { } only ? Words.Of(only) : null))], Position = position,
        }, cancel);
        return Handled.After(AskAgain);
    }

    async Task<ImmutableArray<ExitOwner>> Owners(Guid asking, FindExitsEffect ask, CancellationToken cancel) =>
        ExitOwners.Of((await documents.ReadSymbol(Market.Fut, ask.Symbol, cancel)).ById.Values, asking, ask.Symbol, ask.Side);
}
