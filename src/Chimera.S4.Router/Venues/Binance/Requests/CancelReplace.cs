using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// The answers to cancelReplace. 200: both happened. 409 -2021: one of them. 400 -2022: neither. Over the limit of orders: 429, and the cancel may have happened all the same. Each half is told
/// in <c>cancelResult</c>, <c>newOrderResult</c> (SUCCESS, FAILURE, NOT_ATTEMPTED) and <c>cancelResponse</c>, <c>newOrderResponse</c>, inside <c>data</c> where the whole failed.
/// </summary>
static class CancelReplace
{
    const int One = -2021, Neither = -2022;

    public static RequestAnswer Read(RequestSender sender, HttpReply reply, ReplaceOrderRequest request)
    {
        if (reply.Failure is not HttpFailure.None || reply.Json is not { } json || reply.Status >= 500) return sender.Read(reply, RequestKind.Place, _ => throw new WireException("no cancelReplace"));
        var data = reply.IsSuccess ? json : json.Inner("data");
        if (data is not { } told || told.Text("cancelResult") is null) return sender.Read(reply, RequestKind.Place, _ => throw new WireException("cancelResult is missing"));
        var (cancel, place) = (Half(sender, told, "cancelResult", "cancelResponse", RequestKind.Cancel), Half(sender, told, "newOrderResult", "newOrderResponse", RequestKind.Place));
        if (cancel?.Order is { } canceled) cancel = cancel with { Order = canceled with { ClientOrderId = request.CancelClientOrderId } };
        var answer = new VenueAnswer
        {
            Outcome = Outcome(cancel?.Outcome, place?.Outcome, reply), Order = place?.Order, Reason = place?.Reason ?? cancel?.Reason, HttpStatus = reply.Status,
            VenueCode = place?.VenueCode ?? cancel?.VenueCode ?? reply.Error?.Code, VenueText = place?.VenueText ?? cancel?.VenueText ?? reply.Error?.Text,
        };
        if (answer.Outcome is VenueOutcome.NotExecuted) answer = answer with { RetryAfter = sender.Meaning(reply, RequestKind.Place).RetryAfter };
        return new(answer) { Cancel = cancel, Place = place, Orders = [.. new[] { cancel?.Order, place?.Order }.OfType<VenueOrderState>()] };
    }

    static VenueOutcome Outcome(VenueOutcome? cancel, VenueOutcome? place, HttpReply reply) => (cancel, place, reply.Error?.Code) switch
    {
        (VenueOutcome.Known, VenueOutcome.Known, _) => VenueOutcome.Known,
        (VenueOutcome.Unknown, _, _) or (_, VenueOutcome.Unknown, _) => VenueOutcome.Unknown,
        (VenueOutcome.Known, _, _) or (_, VenueOutcome.Known, _) or (_, _, One) => VenueOutcome.Partial,
        _ when reply.Status is 429 or 418 => VenueOutcome.NotExecuted,
        // Neither happened, because the order to cancel was not open: it is that order which wants looking at.
        (VenueOutcome.NotOpen, null, _) => VenueOutcome.NotOpen,
        (_, _, Neither) => VenueOutcome.Rejected,
        _ => VenueOutcome.Unknown,
    };

    /// <summary>Null: not attempted.</summary>
    static VenueAnswer? Half(RequestSender sender, JsonElement data, string result, string response, RequestKind kind)
    {
        var body = data.Inner(response);
        return data.Text(result) switch
        {
            "NOT_ATTEMPTED" => null,
            "SUCCESS" when body is { } order => sender.Meaning(new() { Status = 200, Body = order.GetRawText() }, kind),
            "FAILURE" when body is { } error => sender.Meaning(new() { Status = 400, Body = error.GetRawText() }, kind),
            _ => new() { Outcome = VenueOutcome.Unknown, VenueText = $"{result} is {data.Text(result) ?? "missing"}" },
        };
    }
}
