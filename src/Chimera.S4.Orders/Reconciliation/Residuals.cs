using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>What the residual sweep makes of one open order that carries our prefix (spec §7).</summary>
public enum Residual
{
    /// <summary>Its document says the same.</summary>
    Explained,

    /// <summary>Its document knows it and has not heard this of it: it is told.</summary>
    News,

    /// <summary>Nobody owns it, and it is too young for that to mean anything: the next sweep looks again.</summary>
    Young,

    /// <summary>Nobody owns it: no document names it, or the one that does knows that it has ended. It is canceled and recorded.</summary>
    Orphan,
}

/// <summary>The instant of a sweep, and its patience.</summary>
/// <param name="At">Router clock, just before the open orders were asked for.</param>
/// <param name="VenueNow">Exchange clock.</param>
/// <param name="Grace">How old an order that nobody owns has to be, and how long its document, if there is one, must have lain still.</param>
public sealed record SweepView(DateTimeOffset At, DateTimeOffset VenueNow, TimeSpan Grace);

/// <summary>
/// Holds the venue's open orders against the documents. A placement is committed before it is sent, so a document that is read after the open orders names all of them that are its own; the grace comes on top,
/// for a store that has just failed over and a snapshot that was old when it came.
/// </summary>
public static class Residuals
{
    /// <summary>A document that moved this shortly before the open orders were asked for, or after it, may speak of another instant than they do.</summary>
    static readonly TimeSpan Motion = TimeSpan.FromSeconds(2);

    /// <param name="document">What is stored under the saga id that the order's name holds, live or a tombstone; null: nothing is.</param>
    /// <param name="journal">The journal of its placement; null: none, or it was not asked for.</param>
    public static Residual Of(VenueOrderState open, Order? document, PlacementEntry? journal, SweepView view)
    {
        var known = document?.Named(open.ClientOrderId);
        if (known is { Status: VenueStatus.None or VenueStatus.Rejected }) return Residual.News;
        if (known is { IsAlive: true }) return known.Status == open.Status && known.CumQty == open.CumQty ? Residual.Explained : Residual.News;
        // When the venue has not said how old it is, it cannot be old enough.
        var isStill = open.Time is { } since && view.VenueNow - since >= view.Grace
            && (known is null || view.At - document!.UpdatedAt >= view.Grace)
            && (journal is not { Resolution: null } || view.At - journal.SentAt >= view.Grace);
        return isStill ? Residual.Orphan : Residual.Young;
    }

    /// <param name="open">All open orders of one market, ours and foreign.</param>
    /// <param name="documents">Read after them, by saga id: every live one of the market, and whatever else is stored for an order among <paramref name="open"/>.</param>
    public static Survey Survey(IReadOnlyList<VenueOrderState> open, IReadOnlyDictionary<Guid, Order> documents, string prefix, SweepView view)
    {
        var shown = Reconciliation.WithPrefix(open, prefix);
        // An order whose placement is not answered is believed open where it is: neither side is wrong about it.
        var believed = documents.Values.Where(document => !document.Final)
            .SelectMany(document => document.VenueOrders.Where(known => known.Status.IsWorking() || known.Status is VenueStatus.None && shown.ContainsKey(known.ClientOrderId)), (document, known) => (document, known))
            .ToDictionary(pair => pair.known.ClientOrderId);
        var disputed = shown.Keys.Except(believed.Keys).Concat(believed.Keys.Except(shown.Keys)).Where(id => !IsMoving(id)).ToArray();
        var agreed = shown.Keys.Count(believed.ContainsKey);
        return new Survey
        {
            Shown = [.. shown.Values],
            Foreign = open.Count(order => Reconciliation.OwnerOf(order.ClientOrderId, prefix) is null),
            BelievedOpen = believed.Count,
            Agreed = agreed,
            Disputed = disputed.Length,
            Missing = [.. believed.Where(pair => !shown.ContainsKey(pair.Key)).Select(pair => (pair.Value.document, pair.Value.known))],
            Overdue = [.. documents.Values.Where(document => document is { Final: false, WakeAt: { } due } && view.At - due >= view.Grace)],
        };

        bool IsMoving(string id) => Reconciliation.OwnerOf(id, prefix) is { } owner && documents.GetValueOrDefault(owner) is { } document && document.UpdatedAt > view.At - Motion;
    }
}

/// <summary>What a sweep finds on one market, before it repairs anything.</summary>
public sealed record Survey
{
    /// <summary>Open at the venue under our prefix.</summary>
    public required ImmutableArray<VenueOrderState> Shown { get; init; }

    /// <summary>Open at the venue, and not ours: counted and left alone.</summary>
    public required int Foreign { get; init; }

    /// <summary>What live intents hold for open.</summary>
    public required int BelievedOpen { get; init; }

    /// <summary>Open here and there; and open only here or only there, with a document that lies still.</summary>
    public required int Agreed { get; init; }
    public required int Disputed { get; init; }

    /// <summary>Believed open, and not shown: asked for by id.</summary>
    public required ImmutableArray<(Order Document, VenueOrder Known)> Missing { get; init; }

    /// <summary>Live orders past the instant at which their policy had wanted to look: its timer is lost or late, and it is woken.</summary>
    public required ImmutableArray<Order> Overdue { get; init; }

    /// <summary>Jaccard's ratio, 0–1 inclusive; 1 where neither side has anything.</summary>
    public decimal Consistency => Ratio(Agreed, Disputed);

    public static decimal Ratio(int agreed, int disputed) => agreed + disputed == 0 ? 1 : (decimal)agreed / (agreed + disputed);
}
