using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Looks at orders and trades over REST, alike for both venues.</summary>
sealed class OrderReads(BinanceApi api, AnswerReader answers)
{
    /// <summary>More orders than this among the trades to be attributed make a look inconclusive rather than long.</summary>
    const int MaxAttributions = 20;

    /// <summary>The router's clock and the venue's differ, and a look must not begin too late.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    readonly VenueDialect dialect = api.Dialect;
    readonly RowReads rows = new(api, answers);

    /// <summary><c>GET /api/v3/order</c>, <c>GET /fapi/v1/order</c>: symbol, orderId | origClientOrderId.</summary>
    public async Task<VenueAnswer> Query(OrderRef order, CancellationToken cancel)
    {
        if (order.VenueOrderId is { } id) return await ById(order, "orderId", id, cancel);
        var answer = await ById(order, "origClientOrderId", order.ClientOrderId, cancel);
        return answer.Outcome is VenueOutcome.NotFound && dialect.RenamesOnCancel && order.CancelId is { } renamed
            ? await ById(order, "origClientOrderId", renamed, cancel)
            : answer;
    }

    /// <summary><c>GET /api/v3/openOrders</c>, <c>GET /fapi/v1/openOrders</c>, without a symbol.</summary>
    public async Task<OpenOrdersAnswer> OpenOrders(CancellationToken cancel)
    {
        var open = await rows.All(dialect.OpenOrdersPath, new(), dialect.ReadOrder, cancel);
        return new(open.Problem?.Outcome ?? VenueOutcome.Known, open.Items);
    }

    /// <summary>Open orders of these symbols: one by one, or all at once where that costs less.</summary>
    public async Task<OpenOrdersAnswer> OpenOrders(IReadOnlyList<string> symbols, Urgency urgency, CancellationToken cancel)
    {
        var (one, all) = (Weight("symbol=X"), Weight(""));
        var (read, asked) = (new List<VenueOrderState>(), symbols.Count * one < all ? symbols.Cast<string?>() : [null]);
        foreach (var symbol in asked)
        {
            var open = await rows.All(dialect.OpenOrdersPath, new Params().Add("symbol", symbol), dialect.ReadOrder, cancel, urgency);
            if (open.Problem is { } problem) return new(problem.Outcome, []);
            read.AddRange(open.Items);
        }
        return new(VenueOutcome.Known, read);

        int Weight(string parameters) => dialect.Charges(HttpMethod.Get, dialect.OpenOrdersPath, parameters).Weight;
    }

    /// <summary>An order under the name that the venue knows it by now.</summary>
    public Task<VenueAnswer> ById(string symbol, string venueOrderId, Urgency urgency, CancellationToken cancel) => One(symbol, "orderId", venueOrderId, cancel, urgency);

    /// <summary><c>GET /api/v3/myTrades</c>, <c>GET /fapi/v1/userTrades</c>: symbol, orderId.</summary>
    public async Task<TradesAnswer> Trades(OrderRef order, DateTimeOffset since, CancellationToken cancel)
    {
        if (order.VenueOrderId is not { } id)
        {
            // Trades carry no client id: the order has to be found first.
            var found = await LookEverywhere(order, since, cancel);
            if (found is not { Outcome: VenueOutcome.Known, Order: { } known }) return new(found.Outcome, []);
            id = known.VenueOrderId;
        }
        var trades = await rows.Trades(order.Symbol, id, null, cancel);
        return new(trades.Problem?.Outcome ?? VenueOutcome.Known, [.. trades.Items.Select(row => row.Trade)]);
    }

    /// <summary>By id, among the open orders, among all orders since, among the owners of all trades since. The first look that shows it, or that was not answered, ends the round.</summary>
    public async Task<VenueAnswer> LookEverywhere(OrderRef order, DateTimeOffset since, CancellationToken cancel)
    {
        var byId = await Query(order, cancel);
        if (byId.Outcome is not VenueOutcome.NotFound) return byId;

        var open = await rows.All(dialect.OpenOrdersPath, new Params().Add("symbol", order.Symbol), dialect.ReadOrder, cancel);
        if (Ended(order, open) is { } inOpen) return inOpen;

        var all = await rows.Orders(order.Symbol, since - Slack, cancel);
        if (Ended(order, all) is { } inAll) return inAll;

        return await AmongTrades(order, since - Slack, [.. all.Items.Concat(open.Items).Select(row => row.VenueOrderId)], cancel);
    }

    async Task<VenueAnswer> AmongTrades(OrderRef order, DateTimeOffset since, HashSet<string> others, CancellationToken cancel)
    {
        var trades = await rows.Trades(order.Symbol, null, since, cancel);
        if (trades.Problem is { } problem) return problem;
        var owners = trades.Items.Select(row => row.OrderId).Where(id => !others.Contains(id)).Distinct().ToList();
        if (owners.Count > MaxAttributions) return new() { Outcome = VenueOutcome.Unknown, VenueText = $"{owners.Count} orders with trades are in no list of orders" };
        foreach (var owner in owners)
        {
            var answer = await One(order.Symbol, "orderId", owner, cancel);
            // A trade without an order to be seen: that is a lag of the venue's, and no proof of anything.
            if (answer.Outcome is VenueOutcome.NotFound) return answer with { Outcome = VenueOutcome.Unknown };
            if (answer.Outcome is not VenueOutcome.Known) return answer;
            if (Is(order, answer.Order!)) return Named(order, answer);
        }
        return new() { Outcome = VenueOutcome.NotFound };
    }

    VenueAnswer? Ended(OrderRef order, Rows<VenueOrderState> look)
    {
        if (look.Problem is not null) return look.Problem;
        return look.Items.FirstOrDefault(row => Is(order, row)) is { } found ? Named(order, new() { Outcome = VenueOutcome.Known, Order = found }) : null;
    }

    static bool Is(OrderRef order, VenueOrderState row) =>
        row.VenueOrderId == order.VenueOrderId || row.ClientOrderId == order.ClientOrderId || (order.CancelId is { } renamed && row.ClientOrderId == renamed);

    async Task<VenueAnswer> ById(OrderRef order, string idName, string id, CancellationToken cancel) => Named(order, await One(order.Symbol, idName, id, cancel));

    async Task<VenueAnswer> One(string symbol, string idName, string id, CancellationToken cancel, Urgency? urgency = null) =>
        answers.Read(await api.Get(dialect.OrderPath, new Params().Add("symbol", symbol).Add(idName, id), cancel, urgency), RequestKind.Query);

    /// <summary>The venue may know the order by a cancel's id; the router knows it by its own, unless it has only the venue's.</summary>
    static VenueAnswer Named(OrderRef order, VenueAnswer answer) =>
        answer.Order is { } state && order.ClientOrderId.Length > 0 ? answer with { Order = state with { ClientOrderId = order.ClientOrderId } } : answer;
}
