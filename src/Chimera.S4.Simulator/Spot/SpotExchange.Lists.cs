using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Spot;

/// <summary>The life of order lists (reference §1.4).</summary>
internal sealed partial class SpotExchange
{
    private const long FirstListId = 1_000_000;
    private readonly SortedDictionary<long, OrderList> _lists = [];
    private readonly HashSet<OrderList> _changedLists = [];
    private long _lastListId = FirstListId;

    public IEnumerable<OrderList> Lists => _lists.Values;
    public OrderList? List(long listId) => _lists.GetValueOrDefault(listId);

    /// <summary>The open list of that name, or the newest that had it.</summary>
    public OrderList? List(string clientListId) => _lists.Values.LastOrDefault(list => list.ClientListId == clientListId);

    public IEnumerable<Order> Legs(OrderList list) => list.OrderIds.Select(id => Index.Find(list.Symbol, id)!);

    /// <summary>Places a whole list or nothing. The orders come in the list's own order.</summary>
    public OrderList Place(OrderList list, Order[] orders, Call call)
    {
        if (List(list.ClientListId) is { IsDone: false }) throw new VenueError(-2010, "Duplicate order sent.");
        if (orders.Select(o => o.ClientOrderId).Distinct().Count() < orders.Length) throw new VenueError(-2010, "Duplicate order sent.");
        SpotFilters.CheckRoom(Market(list.Symbol), orders, _lists.Values.Count(l => !l.IsDone && l.Symbol == list.Symbol));
        foreach (var order in orders) CheckId(order);
        var now = list.IsOto ? orders[..1] : orders;
        foreach (var order in now) CheckMarket(order);
        var instrument = Market(list.Symbol).Instrument;
        Account.Require(SpotAccount.Paid(now[0], instrument), now.Max(SpotAccount.Need));
        list.ListId = ++_lastListId;
        list.Time = list.UpdateTime = Now;
        (list.HiddenUntil, list.HiddenFromLists) = (call.HideFor > TimeSpan.Zero ? Now + (long)call.HideFor.TotalMilliseconds : 0, call.HideFromLists);
        _lists.Add(list.ListId, list);
        _changedLists.Add(list);
        foreach (var order in orders)
        {
            Hide(order, call);
            order.OrderListId = list.ListId;
            order.OrderId = NextOrderId();
            list.OrderIds.Add(order.OrderId);
            if (!now.Contains(order)) order.Status = OrderStatus.PendingNew;
        }
        Tell(list);
        // Pending orders first: a working order that fills at once must find them.
        foreach (var order in list.IsOto ? orders.Reverse() : orders) Accept(order);
        return list;
    }

    public void CancelList(OrderList list, string? cancelId)
    {
        list.IsDone = true;
        var shared = cancelId ?? NewClientOrderId();
        foreach (var order in Legs(list).Where(o => o.IsOpen).ToArray()) CancelOne(order, shared);
        Done(list);
    }

    private OrderList? ListOf(Order order) => order.OrderListId < 0 ? null : _lists.GetValueOrDefault(order.OrderListId);

    private IEnumerable<Order> Rivals(OrderList list, Order order) =>
        Legs(list).Where(o => o is { IsOpen: true } && o != order && list.AreRivals(order, o));

    private void EndRivals(OrderList list, Order winner)
    {
        foreach (var rival in Rivals(list, winner).ToArray()) Close(rival, OrderStatus.Expired, ExpiryReason.OcoTrigger);
    }

    /// <summary>A leg trades: its rival ends at once, in the same breath, so that both can never trade.</summary>
    private void OnLegFilled(OrderList list, Order order)
    {
        if (!list.IsOto || list.IsSecondPhase)
        {
            EndRivals(list, order);
            Finish(list);
        }
        else if (order.OrderId == list.OrderIds[0] && order.Status is OrderStatus.Filled)
        {
            list.IsSecondPhase = true;
            _changedLists.Add(list);
            // After the answer to the placement: it still shows PENDING_NEW.
            Due.Enqueue(() => StartPending(list));
        }
    }

    private void OnLegClosed(OrderList list)
    {
        if (list.IsDone) return;
        var legs = Legs(list).ToArray();
        if (list is { IsOto: true, IsSecondPhase: false } && !legs[0].IsOpen)
            foreach (var order in legs.Where(o => o.IsOpen)) Close(order, OrderStatus.Expired, ExpiryReason.PhaseOneExpired);
        Finish(list);
    }

    /// <summary>The working order is filled: the rest goes to the book as if it were placed now.</summary>
    private void StartPending(OrderList list)
    {
        var (market, pending) = (Market(list.Symbol), Legs(list).Skip(1).Where(o => o.IsOpen).ToArray());
        if (list.IsPaidByFills) Size(pending, list, market);
        foreach (var order in pending)
        {
            market.Waiting.Remove(order);
            order.Status = OrderStatus.New;
            order.UpdateTime = Now;
            Changes.Orders.Add(order);
        }
        try
        {
            foreach (var order in pending)
            {
                SpotFilters.Check(order, market, counted: false);
                CheckMarket(order);
            }
            if (pending.Length > 0) Account.Require(SpotAccount.Paid(pending[0], market.Instrument), pending.Max(Cost));
        }
        catch (VenueError)
        {
            foreach (var order in pending) Close(order, OrderStatus.Expired, ExpiryReason.Rejected);
            return;
        }
        foreach (var order in pending)
        {
            if (!order.IsOpen) continue;
            Reserve(order);
            Report(order, ExecType.New);
            if (order.IsWaiting) market.Waiting.Add(order);
            else Work(order);
        }
        Finish(list);
        decimal Cost(Order order) => order.Type is OrderType.Market && order.IsBuy ? market.Book.Cost(Side.Buy, order.OrigQty) : SpotAccount.Need(order);
    }

    /// <summary>OPO: what was received, less commission, down to the lot.</summary>
    private void Size(Order[] pending, OrderList list, Market market)
    {
        var received = Index.TradesOf(list.Symbol).Where(t => t.OrderId == list.OrderIds[0])
            .Sum(t => t.Qty - (t.CommissionAsset == market.Instrument.BaseAsset ? t.Commission : 0));
        foreach (var order in pending) order.OrigQty = received - received % market.Instrument.StepSize;
    }

    /// <summary>Tells the end of the list once nothing of it can change any more but the one order that works.</summary>
    private void Finish(OrderList list)
    {
        if (list.IsDone) return;
        var open = Legs(list).Count(o => o.IsOpen);
        var decided = !list.IsOto || (list.IsSecondPhase && list.OrderIds.Count == 3);
        var isLastOneWorking = decided && open == 1 && Legs(list).Any(o => o.IsOpen && !o.IsWaiting && (o.Type.IsConditional() || o.ExecutedQty > 0));
        if (open == 0 || isLastOneWorking) Done(list);
    }

    private void Done(OrderList list)
    {
        list.IsDone = true;
        list.UpdateTime = Now;
        Tell(list);
    }

    private void Tell(OrderList list, string? type = null)
    {
        _changedLists.Add(list);
        Changes.Others = true;
        // At the start the legs are not in the index yet; the event is made when it is sent, behind their own reports.
        if (type is null && !list.IsDone) Due.Enqueue(() => Send("EXEC_STARTED", "EXECUTING"));
        else Send(type ?? "ALL_DONE", list.OrderStatus);
        void Send(string what, string status) => _stream.Publish("listStatus", SpotListJson.Event(list, Legs(list), what, status, Now));
    }

    private void Restore(OrderList state)
    {
        _lastListId = Math.Max(_lastListId, state.ListId);
        if (_lists.TryGetValue(state.ListId, out var known)) known.CopyProgress(state);
        else _lists[state.ListId] = state;
    }
}
