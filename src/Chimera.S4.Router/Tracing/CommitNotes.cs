using System.Diagnostics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Orders;

namespace Chimera.S4.Router.Tracing;

/// <summary>What is told of a commit once it is done and handed off: figures, a line where others see a change, and of what later lines and spans are.</summary>
public sealed class CommitNotes(OrderMetrics figures, RouterMetrics metrics, NakedOrders naked, KnownIntents known, ILogger<CommitNotes> log)
{
    public void Loaded(OrderSaga saga) => known.Note(saga.Order!, saga.Trace);

    /// <summary>The step that commits, in the intent's trace.</summary>
    public static Activity? Committing(Order? before, OrderSaga saga, Decision? decision)
    {
        var order = saga.Order!;
        if (!Spans.AreCollected) return null;
        return Spans.Begin("commit", order.Id, new KnownIntent(order.Intent.IntentId, order.VenueOrders.IsEmpty ? null : order.VenueOrders[^1].ClientOrderId, saga.Trace))
            ?.SetTag("from", before?.Status.ToString()).SetTag("to", order.Status.ToString()).SetTag("result", decision?.Result?.Status).SetTag("code", order.Code?.Text());
    }

    /// <param name="before">As it was loaded; null: the commit has made it.</param>
    /// <param name="decision">Null: only a timer was disarmed.</param>
    public void Committed(Order? before, OrderSaga saga, Decision? decision)
    {
        var order = saga.Order!;
        known.Note(order, saga.Trace);
        naked.Note(order);
        if (decision is null) return;
        figures.Committed(before, decision);
        if (decision.NakedFor is { } time) metrics.Naked(time);
        if (!log.IsEnabled(LogLevel.Information)) return;
        using var lines = Lines.About(log, new(order.Id));
        var intent = order.Intent;
        if (before is null)
        {
            if (order.IsDenied) log.LogInformation("Denied {Code}: {Message}", order.Code?.Text(), order.Message);
            else log.LogInformation("Accepted: {Side} {Qty} {Symbol} {Market} {Type}", Words.Of(intent.Side), order.OrderQty, intent.Symbol, Words.Of(intent.Market), Words.Of(intent.Type));
        }
        if (decision.Result is not { } told || before is null && order.IsDenied) return;
        if (order.Code is { } code) log.LogInformation("{Status} {Code}: {FilledQty} of {Qty}", told.Status, code.Text(), told.CumQty, order.OrderQty);
        else if (order.AvgPx is { } price) log.LogInformation("{Status}: {FilledQty} of {Qty} at {AvgPrice}", told.Status, told.CumQty, order.OrderQty, price);
        else log.LogInformation("{Status}: nothing of {Qty} is filled", told.Status, order.OrderQty);
    }
}
