using System.Net;
using System.Text.Json;
using Chimera.S4.Simulator.Gateway;

namespace Chimera.S4.Simulator.Futures;

/// <summary>Several orders in one request, each with its own success or refusal; and the dead man's switch (reference §2.2).</summary>
internal sealed class FuturesBatches(FuturesExchange exchange, FuturesTrading trading)
{
    private const int MaxPlacements = 5, MaxCancels = 10;

    public IEnumerable<Operation> Operations =>
    [
        Batch("POST", trading.PlaceOne),
        Batch("PUT", trading.ModifyOne),
        new("DELETE", "/fapi/v1/batchOrders", Access.Signed, _ => 1, call => Each(call, Named(call.Params), trading.CancelOne)),
        new("POST", "/fapi/v1/countdownCancelAll", Access.Signed, _ => 10, Countdown),
    ];

    private Operation Batch(string method, Func<Parameters, Call, Reply> run) =>
        new(method, "/fapi/v1/batchOrders", Access.Signed, _ => 5, call => Each(call, Items(call.Params, MaxPlacements), run)) { Orders = 5, OrdersLonger = 1 };

    private Reply Each(Call call, Parameters[] items, Func<Parameters, Call, Reply> run) => exchange.Execute(call.Fence, () =>
    {
        var replies = items.Select(item => Try(item)).ToArray();
        return Reply.Ok(replies, static (w, all) =>
        {
            w.WriteStartArray();
            foreach (var reply in all) w.WriteRawValue(reply.Body.Span, skipInputValidation: true);
            w.WriteEndArray();
        });

        Reply Try(Parameters item)
        {
            try
            {
                return run(item, call);
            }
            catch (VenueError error)
            {
                return Reply.Error(error);
            }
        }
    });

    private static Parameters[] Items(Parameters p, int most)
    {
        var items = Json(p, "batchOrders", p.Required("batchOrders"));
        if (items.Length is 0 || items.Length > most) throw new VenueError(-4082, "Invalid number of batch place orders.");
        return [.. items.Select(item => new Parameters(string.Join('&', item.EnumerateObject().Select(Pair)), ""))];
        static string Pair(JsonProperty field) => field.Name + "=" + WebUtility.UrlEncode(Text(field.Value));
    }

    private static Parameters[] Named(Parameters p)
    {
        var (name, field) = p.Has("orderIdList") ? ("orderIdList", "orderId") : ("origClientOrderIdList", "origClientOrderId");
        var ids = Json(p, name, p.Text(name) ?? throw VenueError.NoOrderNamed());
        if (ids.Length is 0 or > MaxCancels) throw new VenueError(-4083, "Invalid number of batch cancel orders.");
        return [.. ids.Select(id => new Parameters($"symbol={p.Required("symbol")}&{field}={Text(id)}", ""))];
    }

    private static JsonElement[] Json(Parameters p, string name, string text)
    {
        try
        {
            return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new VenueError(-1130, $"Data sent for parameter '{name}' is not valid.");
        }
    }

    private static string Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private Reply Countdown(Call call) => exchange.Execute(call.Fence, () =>
    {
        var symbol = exchange.Market(call.Params.Required("symbol")).Symbol;
        var time = call.Params.Number("countdownTime") ?? throw VenueError.Missing("countdownTime");
        exchange.CountDown(symbol, time);
        return Reply.Ok((symbol, time), static (w, c) => w.Object(c, static (w, c) =>
        {
            w.WriteString("symbol", c.symbol);
            w.WriteString("countdownTime", c.time.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }));
    });
}
