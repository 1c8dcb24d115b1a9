using System.Collections.Immutable;

namespace Chimera.S4.Orders;

/// <summary>Something that is held and is to be closed at market: the account's futures position in a symbol, or what one spot intent holds.</summary>
public sealed record FlattenTarget
{
    public required Market Market { get; init; }
    public required string Symbol { get; init; }

    /// <summary>The spot intent that holds it; null: it is a futures position.</summary>
    public Guid? Holder { get; init; }

    /// <summary>What the intents that close it are named after. Of a spot holder always the same, so that two requests together sell once.</summary>
    public required Guid Id { get; init; }

    /// <summary>The intents that close it, in turn: the next one only when the last has ended.</summary>
    public ImmutableArray<FlattenTry> Tries { get; init; } = [];

    /// <summary>What protects it is to go. Spot exits lock what they sell, and go first; futures exits stay until the position is flat, or the venue says that they lock it.</summary>
    public bool ExitsGo { get; init; }

    /// <summary>How it ended; null: not yet.</summary>
    public FlattenEnd? Ended { get; init; }

    public static FlattenTarget OfPosition(string symbol, Guid request) => new() { Market = Market.Fut, Symbol = symbol, Id = SagaIds.Derive(request, $"flatten:{symbol}") };

    public static FlattenTarget OfHolder(string symbol, Guid holder) => new() { Market = Market.Spot, Symbol = symbol, Holder = holder, Id = SagaIds.Derive(holder, "flatten"), ExitsGo = true };
}

/// <summary>One reduce-only intent at market.</summary>
/// <param name="IsAll">It closes all that was held, and nothing was under way any more that could bring more.</param>
public sealed record FlattenTry(string IntentId, Side Side, Quantity Qty, bool IsAll, DateTimeOffset At);

public enum FlattenEnd
{
    /// <summary>It has been closed.</summary>
    Flat,

    /// <summary>There was nothing to close.</summary>
    NothingHeld,

    /// <summary>What is held is less than the venue takes.</summary>
    TooSmall,

    /// <summary>As many tries as there may be came to too little; a person has to see to it.</summary>
    GivenUp,
}

/// <summary>What a decision about a target may know.</summary>
public sealed record FlattenView
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>When the flattening was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Nothing that could change what is held is under way: the spot holder is final; every intent of the futures symbol that was asked to end has ended.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>Whatever protects it has been asked to go, or has gone.</summary>
    public required bool AreExitsAsked { get; init; }

    /// <summary>Signed: a long position, and all that spot holds, is above zero. Null: not known now.</summary>
    public decimal? Held { get; init; }

    /// <summary>The document of the last try's intent; null: it has none yet.</summary>
    public Order? Last { get; init; }

    /// <summary>Null: not known now.</summary>
    public Instrument? Instrument { get; init; }
}
