using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Algo orders, modifications and account settings on futures.</summary>
sealed class BinanceFuturesRequests(BinanceApi api, StreamWatch watch) : IFuturesRequests
{
    const string AlgoPath = "/fapi/v1/algoOrder";
    const int MostAlgos = 1000;

    readonly RequestSender sender = new(api, watch);

    public Market Market => Market.Fut;

    public SignedRequest Sign(VenueRequest request) => api.Sign(FuturesWire.Of(request).Parameters);

    public async Task<RequestAnswer> Send(VenueRequest request, SignedRequest signed, CancellationToken cancel)
    {
        var wire = FuturesWire.Of(request);
        var reply = await sender.Send(wire, signed, cancel);
        return sender.Read(AlreadySo(reply), wire.Kind, request switch
        {
            LimitOrderRequest or ModifyOrderRequest => json => json.Text("orderId") is null ? new() : new() { Orders = [FuturesOrders.Order(json)] },
            AlgoOrderRequest => json => new() { Algo = AlgoReads.Order(json) },
            // {algoId, clientAlgoId, code: "200"}: it says that the cancel was taken, and ALGO_UPDATE that it is done.
            _ => _ => new(),
        });
    }

    /// <summary>Sends an algo order that was signed before.</summary>
    public async Task<RequestAnswer> Place(SignedRequest signed, CancellationToken cancel) => Told(await api.Post(AlgoPath, signed, cancel), RequestKind.Place);

    public Task<RequestAnswer> QueryAlgo(string symbol, string clientAlgoId, CancellationToken cancel) => Algo(new Params().Add("symbol", symbol).Add("clientAlgoId", clientAlgoId), cancel);

    /// <summary>Algo ids are counted per symbol, and one of another symbol is another order.</summary>
    public async Task<RequestAnswer> QueryAlgoById(string symbol, string algoId, CancellationToken cancel)
    {
        var told = await Algo(new Params().Add("symbol", symbol).Add("algoId", algoId), cancel);
        return told.Algo is { } algo && algo.Symbol != symbol ? new(new VenueAnswer { Outcome = VenueOutcome.NotFound }) : told;
    }

    public Task<AlgosAnswer> OpenAlgos(CancellationToken cancel) => OpenAlgos(null, cancel);

    public Task<AlgosAnswer> OpenAlgos(string? symbol, CancellationToken cancel) => Algos("/fapi/v1/openAlgoOrders", new Params().Add("symbol", symbol), cancel);

    public async Task<AlgosAnswer> AllAlgos(string symbol, DateTimeOffset since, CancellationToken cancel)
    {
        var all = await Algos("/fapi/v1/allAlgoOrders", new Params().Add("symbol", symbol).Add("startTime", since.ToUnixTimeMilliseconds()).Add("limit", MostAlgos), cancel);
        // A full page may not be the whole list, and no more than 200 can wait at a time.
        return all.Algos.Count < MostAlgos ? all : new(VenueOutcome.Unknown, []);
    }

    /// <summary><c>GET /fapi/v1/openOrders</c>: symbol.</summary>
    public async Task<OpenOrdersAnswer> OpenOrders(string symbol, CancellationToken cancel)
    {
        var rows = await sender.Rows("/fapi/v1/openOrders", new Params().Add("symbol", symbol), FuturesOrders.Order, cancel);
        return new(rows.Problem?.Outcome ?? VenueOutcome.Known, rows.Items);
    }

    /// <summary><c>GET /fapi/v1/symbolConfig</c>: [{symbol, marginType CROSSED|ISOLATED, leverage}].</summary>
    public async Task<SymbolSettingsAnswer> Settings(string symbol, CancellationToken cancel)
    {
        var rows = await sender.Rows("/fapi/v1/symbolConfig", new Params().Add("symbol", symbol), json => (json.Required("symbol"), json.Required("marginType"), json.Number("leverage")), cancel);
        if (rows.Problem is { } problem) return new(problem.Outcome, null, null);
        var (_, margin, leverage) = rows.Items.FirstOrDefault(row => row.Item1 == symbol);
        return margin is null ? new(VenueOutcome.NotFound, null, null) : new(VenueOutcome.Known, margin is "ISOLATED", (int?)leverage);
    }

    /// <summary><c>GET /fapi/v1/positionSide/dual</c>: {dualSidePosition}.</summary>
    public async Task<PositionModeAnswer> PositionMode(CancellationToken cancel)
    {
        bool? hedge = null;
        var answer = sender.Read(await api.Get("/fapi/v1/positionSide/dual", new(), cancel), RequestKind.Query, json =>
        {
            hedge = json.Flag("dualSidePosition") ?? throw new WireException("field dualSidePosition is missing");
            return new();
        });
        return new(answer.Outcome, hedge);
    }

    /// <summary><c>GET /fapi/v3/positionRisk</c>: symbol, positionAmt, entryPrice, markPrice, liquidationPrice.</summary>
    public async Task<PositionsAnswer> Positions(CancellationToken cancel)
    {
        var rows = await sender.Rows("/fapi/v3/positionRisk", new(), json => new Position(
            json.Required("symbol"), json.RequiredMoney("positionAmt"), json.RequiredMoney("entryPrice"), json.RequiredMoney("markPrice"),
            json.Money("liquidationPrice") is > 0 and { } price ? price : null), cancel);
        return new(rows.Problem?.Outcome ?? VenueOutcome.Known, rows.Items);
    }

    async Task<RequestAnswer> Algo(Params parameters, CancellationToken cancel) => Told(await api.Get(AlgoPath, parameters, cancel), RequestKind.Query);

    // What REST tells, the stream has to tell as well.
    RequestAnswer Told(HttpReply reply, RequestKind kind)
    {
        var answer = sender.Read(reply, kind, json => new() { Algo = AlgoReads.Order(json) });
        if (answer.Algo is { } algo) watch.Told(algo.AsWatched());
        return answer;
    }

    async Task<AlgosAnswer> Algos(string path, Params parameters, CancellationToken cancel)
    {
        var rows = await sender.Rows(path, parameters, AlgoReads.Order, cancel);
        foreach (var algo in rows.Items) watch.Told(algo.AsWatched());
        return new(rows.Problem?.Outcome ?? VenueOutcome.Known, rows.Items);
    }

    /// <summary>-4046 margin type, -4059 position mode, -4171, -5027 modification: nothing to change. It is as it was asked to be.</summary>
    static HttpReply AlreadySo(HttpReply reply) => reply.Error is { Code: -4046 or -4059 or -4171 or -5027 } ? reply with { Status = 200, Body = "{}" } : reply;
}
