namespace Chimera.S4.Orders;

/// <summary>The other side of <see cref="MakingRoom"/>: an intent with exits, while another one closes what they protect and after it has.</summary>
static class GivingWay
{
    public static void Hear(Draft draft, string to, int seq, Quantity? taken)
    {
        var order = draft.Order;
        var known = order.GivenWay.FirstOrDefault(told => told.To == to);
        // Told again, or told late: the latest counts. Nothing was closed of it, and it was asked for nothing: there is nothing to remember.
        if (order.Final || !ExitOwners.IsOne(order.Intent) || known?.Seq >= seq || known is null && taken is { IsZero: true }) return;
        draft.Order = order with { GivenWay = [.. order.GivenWay.Where(told => told != known), new GivenWay(to, seq, draft.Now, taken)] };
        if (taken is null) draft.Tell(OrderEventType.ExitsGaveWay, null, detail: $"take-profits make room for {to}");
        else if (taken.Value != (known?.Taken ?? Quantity.Zero))
        {
            draft.Tell(OrderEventType.PositionReduced, null, detail: $"{taken} was closed by {to}");
            if ((order.HasEntered || StandAloneExit.Is(order.Intent)) && ExitOwners.Held(draft.Order).IsZero) draft.Note(ClosedElsewhere.Reason, $"{taken} was closed by {to}");
        }
    }

    /// <summary>Room is to be made now. Not for ever: whoever asked may be gone, and is done by then.</summary>
    public static bool IsAsked(Draft draft)
    {
        var asked = false;
        foreach (var told in draft.Order.GivenWay)
        {
            var end = told.At + MakingRoom.Longest;
            if (told.Taken is not null || draft.Now >= end) continue;
            draft.WakeAt(end);
            asked = true;
        }
        return asked;
    }

    /// <summary>What other intents have closed of what this one had entered.</summary>
    /// <param name="but">An order whose close does not count; null: every one does.</param>
    public static Quantity Taken(Order order, Guid? but = null) => new(order.GivenWay.Where(told => but is null || SagaIds.Of(told.To) != but).Sum(told => told.Taken?.Value ?? 0));
}
