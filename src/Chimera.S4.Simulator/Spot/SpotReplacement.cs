using System.Text.Json;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Limits;

namespace Chimera.S4.Simulator.Spot;

/// <summary><c>order/cancelReplace</c> and <c>order/amend/keepPriority</c> (reference §1.3).</summary>
internal sealed class SpotReplacement(SpotExchange exchange, VenueLimits limits)
{
    private readonly record struct Half(string Result, ReadOnlyMemory<byte> Body)
    {
        public static Half Untried => new("NOT_ATTEMPTED", default);
        public bool Failed => Result is "FAILURE";
    }

    public IEnumerable<Operation> Operations =>
    [
        // Counts itself: one unfilled order even when the placement was not attempted.
        new("POST", "/api/v3/order/cancelReplace", Access.Signed, _ => 1, Replace) { FreeOnSuccess = true, ShowsOrderCounts = true },
        new("PUT", "/api/v3/order/amend/keepPriority", Access.Signed, _ => 4, Amend),
    ];

    private Reply Replace(Call call) => exchange.Execute(call.Fence, () =>
    {
        var p = call.Params;
        var stops = p.Required("cancelReplaceMode") switch
        {
            "STOP_ON_FAILURE" => true,
            "ALLOW_FAILURE" => false,
            _ => throw new VenueError(-1130, "Data sent for parameter 'cancelReplaceMode' is not valid."),
        };
        var cancelOnly = p.Text("orderRateLimitExceededMode") is "CANCEL_ONLY";
        var form = SpotTrading.ResponseForm(p);
        // Form, filters and counts come before the cancel: nothing is touched when they fail.
        var order = SpotPlacement.Read(p, exchange);
        if (!p.Has("cancelOrderId") && !p.Has("cancelOrigClientOrderId"))
            throw new VenueError(-1102, "Param 'cancelOrigClientOrderId' or 'cancelOrderId' must be sent, but both were empty/null!");
        VenueError? over = null;
        try
        {
            limits.ChargeOrders(1);
        }
        catch (VenueError error) when (cancelOnly)
        {
            over = error;
        }
        var canceled = Try(() => CancelHalf(p));
        var placed = canceled.Failed && stops ? Half.Untried : over is not null ? Failure(over) : Try(() => PlaceHalf(order, form, call));
        if (canceled.Result is "SUCCESS" && placed.Result is "SUCCESS") return new Reply(200, Render(canceled, placed));
        var both = canceled.Failed && placed.Result is not "SUCCESS";
        var status = over is not null && stops ? 429 : both ? 400 : 409;
        var (code, text) = both ? (-2022, "Order cancel-replace failed.") : (-2021, "Order cancel-replace partially failed.");
        return new Reply(status, Failed(code, text, Render(canceled, placed)))
        {
            Code = code, RetryAfter = status == 429 ? over!.RetryAfter : null,
        };
    });

    private byte[] CancelHalf(Parameters p)
    {
        var order = p.Number("cancelOrderId") is { } id
            ? exchange.Index.Find(p.Required("symbol"), id)
            : exchange.Index.Find(p.Required("symbol"), p.Required("cancelOrigClientOrderId"));
        if (order is not null && p.Has("cancelOrderId") && p.Text("cancelOrigClientOrderId") is { } name && order.ClientOrderId != name) order = null;
        if (order is not { IsOpen: true }) throw VenueError.UnknownOrder();
        SpotTrading.CheckRestrictions(p, order);
        var cancelId = SpotPlacement.Id(p, "cancelNewClientOrderId");
        if (order.OrderListId >= 0 && exchange.List(order.OrderListId) is { IsDone: false } list)
            return WireJson.Write(SpotLists.Cancel(exchange, list, cancelId), static (w, l) => w.Object(l, SpotListJson.Canceled));
        var original = order.ClientOrderId;
        exchange.Cancel(order, cancelId);
        return WireJson.Write((order, original), static (w, o) => w.Object(o, SpotOrderJson.Canceled));
    }

    private byte[] PlaceHalf(Order order, string form, Call call) => SpotTrading.Placed(exchange, order, form, call);

    private Reply Amend(Call call) => exchange.Execute(call.Fence, () =>
    {
        var p = call.Params;
        var quantity = SpotPlacement.Positive(p, "newQty");
        var order = SpotTrading.Find(exchange, p);
        if (order is not { IsOpen: true }) throw new VenueError(-2038, "Unknown order sent.");
        var original = order.ClientOrderId;
        var executionId = exchange.Amend(order, quantity, SpotPlacement.Id(p, "newClientOrderId"));
        return Reply.Ok((order, original, executionId, exchange), static (w, a) => w.Object(a, static (w, a) =>
        {
            w.WriteNumber("transactTime", a.order.UpdateTime);
            w.WriteNumber("executionId", a.executionId);
            w.WritePropertyName("amendedOrder");
            w.Object((a.order, a.original), SpotOrderJson.Amended);
            if (a.order.OrderListId < 0 || a.exchange.List(a.order.OrderListId) is not { } list) return;
            w.WritePropertyName("listStatus");
            w.Object((list, a.exchange.Legs(list)), SpotListJson.Status);
        }));
    });

    private static Half Try(Func<byte[]> half)
    {
        try
        {
            return new Half("SUCCESS", half());
        }
        catch (VenueError error)
        {
            return Failure(error);
        }
    }

    private static Half Failure(VenueError error) => new("FAILURE", Reply.Error(error).Body);

    private static byte[] Render(Half canceled, Half placed) => WireJson.Write((canceled, placed), static (w, r) => w.Object(r, static (w, r) =>
    {
        w.WriteString("cancelResult", r.canceled.Result);
        w.WriteString("newOrderResult", r.placed.Result);
        Body(w, "cancelResponse", r.canceled);
        Body(w, "newOrderResponse", r.placed);
    }));

    private static void Body(Utf8JsonWriter w, string name, Half half)
    {
        w.WritePropertyName(name);
        if (half.Body.IsEmpty) w.WriteNullValue();
        else w.WriteRawValue(half.Body.Span, skipInputValidation: true);
    }

    private static byte[] Failed(int code, string text, byte[] data) => WireJson.Write((code, text, data), static (w, f) => w.Object(f, static (w, f) =>
    {
        w.WriteNumber("code", f.code);
        w.WriteString("msg", f.text);
        w.WritePropertyName("data");
        w.WriteRawValue(f.data, skipInputValidation: true);
    }));
}
