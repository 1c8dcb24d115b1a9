namespace Chimera.S4.Orders;

/// <summary>A quantity to achieve by one or more venue orders in turn: the whole intent, a slice of it, or what protects it. Policies are composed of legs.</summary>
/// <param name="No">From 0 in the order of their start; part of the client order ids.</param>
/// <param name="Target">On the lot grid. Above zero.</param>
/// <param name="Type">Of its orders; with <see cref="Patience"/> of those that take what was not made.</param>
public sealed record Leg(int No, LegPurpose Purpose, Side Side, Quantity Target, OrderType Type)
{
    public Price? Price { get; init; }
    public Price? TriggerPx { get; init; }

    /// <summary>It rests passively first and then takes (spec §5.1); null: it is one order, as asked.</summary>
    public Patience? Patience { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How it ended: no order of it is alive and none will follow. Null: it goes on, or has reached its target. Filled short of the target: the venue cut a reduce-only order down to what was held.</summary>
    public VenueStatus? Ended { get; init; }

    /// <summary>Why it ended, or why it does not get what it wants; null: no more to say.</summary>
    public ReasonCode? Why { get; init; }

    /// <summary>When it first wanted to take and no fresh price was known; null: it has not come to that.</summary>
    public DateTimeOffset? BlindSince { get; init; }

    /// <summary>The intent's own quantity, as it was asked for: an intent's first leg.</summary>
    public static Leg Whole(Intent intent, Quantity qty, DateTimeOffset startedAt) =>
        new(0, LegPurpose.Entry, intent.Side, qty, intent.Type) { Price = intent.Price, TriggerPx = intent.TriggerPx, StartedAt = startedAt };
}

/// <summary>What a leg is for. Entries make up the intent's quantity; exits protect what they brought; a reversal follows an entry that was given up.</summary>
public enum LegPurpose { Entry, Exit, Reversal }

/// <summary>How long and how often a leg rests at the touch before it takes.</summary>
/// <param name="Wait">Zero: not at all.</param>
/// <param name="MinFillRatio">Share of the target, 0–1 inclusive, that half the wait has to bring; below it the other half is not waited for.</param>
/// <param name="Quotes">Orders that may rest in turn; from 1 where there is a wait.</param>
public sealed record Patience(TimeSpan Wait, decimal MinFillRatio, int Quotes)
{
    /// <summary>None at all: what is left is taken, as far as the venue takes it.</summary>
    public static readonly Patience None = new(TimeSpan.Zero, 0, 0);

    /// <summary>Set where the wait was drawn by chance, to learn what the curve cannot tell: the probability, above 0 to 1 inclusive, with which this wait would be drawn. Null: it was not.</summary>
    public decimal? Propensity { get; init; }
}
