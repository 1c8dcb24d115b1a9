using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Sweep;

namespace Chimera.S4.Router.Shutdown;

/// <summary>What became of the makers that rested when the last replica left.</summary>
/// <param name="Ended">Filled, or ended by somebody else, before the cancel came.</param>
/// <param name="Left">Not known to be gone.</param>
public sealed record Withdrawn(int Canceled, int Ended, IReadOnlyList<string> Left);

/// <summary>Wakes the orders whose makers rest at the venue, so that they cancel them, and waits until they are seen to be gone. What the withdrawing means for an order is <see cref="MarketView.IsStopping"/>'s business.</summary>
public sealed class MakerWithdrawal(LiveDocuments documents, BoundedSends sends, Leaving leaving, Presence presence, TimeProvider clock, ILogger<MakerWithdrawal> log)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly Dictionary<string, Guid> makers = [];
    readonly Dictionary<Guid, Order> known = [];

    /// <summary>As far as has been seen.</summary>
    public Withdrawn Result
    {
        get
        {
            VenueOrder[] seen = [.. makers.Select(maker => known[maker.Value].VenueOrders.First(venue => venue.ClientOrderId == maker.Key))];
            var canceled = seen.Count(maker => maker is { Status: VenueStatus.Canceled, CancelId: not null });
            return new Withdrawn(canceled, seen.Count(maker => !maker.IsAlive) - canceled, [.. seen.Where(maker => maker.IsAlive).Select(maker => maker.ClientOrderId)]);
        }
    }

    /// <summary>Until all are gone, or another replica has come whose they are. May be tried again.</summary>
    public async Task Run(CancellationToken bound)
    {
        leaving.Withdraw();
        // What was being decided at this instant may be about to place one.
        await Task.Delay(LookEvery, clock, bound);
        for (var orders = await WithMakers(bound); orders.Count > 0;)
        {
            foreach (var order in orders.Where(order => DeadMansSwitch.MakersOf(order).Any(maker => maker.CancelSeq is null))) await sends.Send(Queues.OrdersExchange, new LookAgain { OrderId = order.Id }, bound);
            await Task.Delay(LookEvery, clock, bound);
            if (await presence.IsAnyoneThere(bound))
            {
                leaving.StopWithdrawing();
                log.LogInformation("Another replica has come: the makers that still rest are its own");
                return;
            }
            orders = await Again(orders, bound);
            if (orders.Count == 0) orders = await WithMakers(bound);
        }
    }

    async Task<List<Order>> WithMakers(CancellationToken bound)
    {
        var found = new List<Order>();
        foreach (var market in new[] { Market.Spot, Market.Fut })
            found.AddRange((await documents.Read(market, [], bound)).ById.Values.Where(Seen));
        return found;
    }

    async Task<List<Order>> Again(List<Order> orders, CancellationToken bound)
    {
        var left = new List<Order>();
        foreach (var order in orders)
            if ((await documents.Read(order.Id, bound)).ById.GetValueOrDefault(order.Id) is { } now && Seen(now)) left.Add(now);
        return left;
    }

    bool Seen(Order order)
    {
        var resting = DeadMansSwitch.MakersOf(order).ToArray();
        foreach (var maker in resting) makers[maker.ClientOrderId] = order.Id;
        if (resting.Length > 0 || known.ContainsKey(order.Id)) known[order.Id] = order;
        return resting.Length > 0;
    }
}
