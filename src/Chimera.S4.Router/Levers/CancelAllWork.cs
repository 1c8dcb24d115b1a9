using System.Collections.Immutable;
using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Orders.Repository;

namespace Chimera.S4.Router.Levers;

/// <summary>A cancel of everything, as it is stored from before its first cancel on.</summary>
public sealed record CancelAllWork
{
    public required Guid RequestId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Reason { get; init; }

    /// <summary>Null: both.</summary>
    public Market? Market { get; init; }

    /// <summary>Null: every symbol.</summary>
    public string? Symbol { get; init; }
    public bool Flatten { get; init; }

    /// <summary>The intents that were alive then.</summary>
    public ImmutableArray<ConcernedIntent> Intents { get; init; } = [];

    /// <summary>Each that is to end has been asked.</summary>
    public bool IsAsked { get; init; }

    /// <summary>What is to be closed.</summary>
    public ImmutableArray<FlattenTarget> Targets { get; init; } = [];

    /// <summary>Nothing will be added to <see cref="Targets"/>.</summary>
    public bool AreTargetsFound { get; init; }

    public bool IsDone => IsAsked && (!Flatten || AreTargetsFound && Targets.All(target => target.Ended is not null));

    public bool Concerns(string market, string symbol) => (Market is not { } only || Words.Of(only) == market) && (Symbol is null || Symbol == symbol);

    /// <summary>The same in every repeat of the cancel.</summary>
    public Guid CancelOf(Guid intent) => SagaIds.Derive(RequestId, intent.ToString("N"));

    /// <summary>Of the cancel that ends what protects.</summary>
    public Guid ExitCancelOf(Guid intent) => SagaIds.Derive(RequestId, $"exits:{intent:N}");
}

/// <param name="IsToEnd">False: only what protects is alive of it, which a flattening ends.</param>
/// <param name="MayHold">On spot: it may hold something when it has ended.</param>
public sealed record ConcernedIntent(Guid Id, Market Market, string Symbol, bool IsToEnd, bool MayHold);

/// <summary>The requests that are not done, and the last one.</summary>
public sealed record CancelAllWorks
{
    /// <summary>Raised when the stored form changes; every earlier form stays readable.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The latest last.</summary>
    public ImmutableArray<CancelAllWork> Works { get; init; } = [];

    public CancelAllWork? Of(Guid request) => Works.FirstOrDefault(work => work.RequestId == request);
    public CancelAllWorks With(CancelAllWork work) => this with { Works = [.. Works.Where(known => !known.IsDone), work] };
    public CancelAllWorks Replace(CancelAllWork work) => this with { Works = [.. Works.Select(known => known.RequestId == work.RequestId ? work : known)] };

    public static CancelAllWorks Read(string? text) => text is null ? new CancelAllWorks() : JsonSerializer.Deserialize<CancelAllWorks>(text, OrderDocument.Options)!;
    public string Write() => JsonSerializer.Serialize(this, OrderDocument.Options);
}
