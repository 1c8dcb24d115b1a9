using System.Text.Json.Serialization;
using MassTransit;

namespace Chimera.S4.Contracts;

/// <summary>Asks every live intent to end, or those of a market or a symbol. What protects a quantity that is held stays, unless that is closed as well. Answered with <see cref="CancelAllProgress"/> once all have been asked.</summary>
[EntityName("s4-cancel-all"), MessageUrn("s4-cancel-all")]
public sealed record CancelAll
{
    /// <summary>SPOT or FUT; null: both.</summary>
    public string? Market { get; init; }

    /// <summary>Null: every symbol.</summary>
    public string? Symbol { get; init; }

    /// <summary>What is held is closed at market as well: the futures position of each symbol, and on spot what live intents hold.</summary>
    public bool Flatten { get; init; }
    public required string Reason { get; init; }

    /// <summary>Who asked: the role of the key and the beginning of its digest.</summary>
    public required string By { get; init; }
}

/// <summary>Asks how far the last <see cref="CancelAll"/> has come. Answered with <see cref="CancelAllProgress"/>.</summary>
[EntityName("s4-get-cancel-all"), MessageUrn("s4-get-cancel-all")]
public sealed record GetCancelAll;

/// <summary>How far the last cancel of everything has come.</summary>
[EntityName("s4-cancel-all-progress"), MessageUrn("s4-cancel-all-progress")]
public sealed record CancelAllProgress
{
    /// <summary>Null: none was ever asked for.</summary>
    [JsonPropertyName("request_id")] public Guid? RequestId { get; init; }
    [JsonPropertyName("at")] public DateTimeOffset? At { get; init; }
    [JsonPropertyName("by")] public string? By { get; init; }
    [JsonPropertyName("reason")] public string? Reason { get; init; }
    [JsonPropertyName("market")] public string? Market { get; init; }
    [JsonPropertyName("symbol")] public string? Symbol { get; init; }

    /// <summary>Intents that were asked to end.</summary>
    [JsonPropertyName("asked")] public int Asked { get; init; }

    /// <summary>Those of them that have ended. What only protects any more has.</summary>
    [JsonPropertyName("ended")] public int Ended { get; init; }

    /// <summary>What is held is closed as well.</summary>
    [JsonPropertyName("flatten")] public bool Flatten { get; init; }

    /// <summary>Positions and holdings that are looked at; null: not found out yet, or not asked for.</summary>
    [JsonPropertyName("to_flatten")] public int? ToFlatten { get; init; }

    /// <summary>Those of them that are closed, or were nothing to close.</summary>
    [JsonPropertyName("flattened")] public int? Flattened { get; init; }
    [JsonPropertyName("closes")] public CloseProgress[] Closes { get; init; } = [];

    /// <summary>Nothing of it is left to be done by S4.</summary>
    [JsonPropertyName("done")] public bool Done { get; init; }

    /// <summary>Requests, this one included, that are not done.</summary>
    [JsonPropertyName("under_way")] public int UnderWay { get; init; }
}

/// <summary>A futures position, or what a spot intent holds, on its way to flat.</summary>
public sealed record CloseProgress
{
    [JsonPropertyName("market")] public required string Market { get; init; }
    [JsonPropertyName("symbol")] public required string Symbol { get; init; }

    /// <summary>WAITING for intents to end; CLOSING; FLAT, NOTHING_HELD, TOO_SMALL for the venue; GIVEN_UP: an alert tells.</summary>
    [JsonPropertyName("state")] public required string State { get; init; }

    /// <summary>The reduce-only intents that close it, one after the other; <c>GET /orders/{intent_id}</c> tells of each.</summary>
    [JsonPropertyName("intents")] public string[] Intents { get; init; } = [];
}
