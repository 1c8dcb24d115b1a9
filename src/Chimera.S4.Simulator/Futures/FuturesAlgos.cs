using System.Text.Json;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>The Algo service's endpoints (reference §2.3).</summary>
internal sealed class FuturesAlgos(FuturesExchange exchange)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/fapi/v1/algoOrder", Access.Signed, _ => 0, Place) { Orders = 1 },
        new("DELETE", "/fapi/v1/algoOrder", Access.Signed, _ => 1, Cancel),
        new("GET", "/fapi/v1/algoOrder", Access.Signed, _ => 1, Query),
        new("GET", "/fapi/v1/openAlgoOrders", Access.Signed, call => call.Params.Has("symbol") ? 1 : 40, Open),
        new("GET", "/fapi/v1/allAlgoOrders", Access.Signed, _ => 5, All),
        new("DELETE", "/fapi/v1/algoOpenOrders", Access.Signed, _ => 1, CancelAll),
    ];

    private Reply Place(Call call) => exchange.Execute(call.Fence, () =>
    {
        var algo = exchange.Place(AlgoPlacement.Read(call.Params, exchange), call);
        return Reply.Ok((algo, exchange.Market(algo.Symbol).Instrument), static (w, a) => w.Object(a, AlgoJson.Placed));
    });

    private Reply Cancel(Call call) => exchange.Execute(call.Fence, () =>
    {
        var algo = Find(call.Params);
        if (algo is { IsOpen: true } && exchange.Fault("trigger-before-cancel") is not null) exchange.Wake(algo);
        if (algo is not { IsOpen: true }) throw VenueError.UnknownOrder();
        exchange.Cancel(algo);
        return Reply.Ok(algo, static (w, a) => w.Object(a, static (w, a) =>
        {
            w.WriteNumber("algoId", a.AlgoId);
            w.WriteString("clientAlgoId", a.ClientAlgoId);
            // A string here, a number everywhere else.
            w.WriteString("code", "200");
            w.WriteString("msg", "success");
        }));
    });

    private Reply CancelAll(Call call) => exchange.Execute(call.Fence, () =>
    {
        var symbol = exchange.Market(call.Params.Required("symbol")).Symbol;
        foreach (var algo in exchange.Algos.Where(a => a.IsOpen && a.Symbol == symbol).ToArray()) exchange.Cancel(algo);
        return Reply.Ok(0, static (w, _) => w.Object(0, static (w, _) =>
        {
            w.WriteNumber("code", 200);
            w.WriteString("msg", "The operation of cancel all open order is done.");
        }));
    });

    private Reply Query(Call call) => exchange.Read(() =>
        Find(call.Params) is { } algo && algo.HiddenUntil <= exchange.Clock.Now
            ? Reply.Ok(algo, (w, a) => w.Object(a, Show))
            : throw VenueError.NoSuchOrder());

    private Reply Open(Call call) => exchange.Read(() =>
    {
        var symbol = call.Params.Text("symbol") is { } named ? exchange.Market(named).Symbol : null;
        return Render(exchange.Algos.Where(a => a.IsOpen && (symbol is null || a.Symbol == symbol) && IsListed(a)));
    });

    private Reply All(Call call) => exchange.Read(() =>
    {
        var p = call.Params;
        var algos = exchange.Algos.Where(a => a.Symbol == exchange.Market(p.Required("symbol")).Symbol && IsListed(a));
        return Render(Page.Of(p, algos, a => a.AlgoId, a => a.CreateTime, p.Number("algoId"), TimeSpan.FromDays(7)));
    });

    private Reply Render(IEnumerable<AlgoOrder> algos) => Reply.Ok(algos, (w, all) => w.Array(all, Show));

    private void Show(Utf8JsonWriter w, AlgoOrder algo) =>
        AlgoJson.Query(w, (algo, exchange.Market(algo.Symbol).Instrument, exchange.Index.Find(algo.Symbol, algo.ChildId)));

    private bool IsListed(AlgoOrder algo) => !algo.HiddenFromLists || algo.HiddenUntil <= exchange.Clock.Now;

    private AlgoOrder? Find(Parameters p)
    {
        if (p.Number("algoId") is { } id) return exchange.Algo(id);
        return exchange.Algo(p.Text("clientAlgoId") ?? throw new VenueError(-1102, "Param 'algoId' or 'clientAlgoId' must be sent, but both were empty/null!"));
    }
}
