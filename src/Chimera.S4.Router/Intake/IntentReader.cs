using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Intake;

/// <summary>Reads the words of an intent into types. What it cannot read becomes a denial that names the field, the value and what is allowed.</summary>
public sealed class IntentReader(TimeProvider clock)
{
    static readonly JsonSerializerOptions Canonical = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The order that an intent is about.</summary>
    /// <exception cref="UnreadableIntentException">Without an id there is nothing to deny and nobody to answer: the message goes to the error queue with this reason.</exception>
    public static Guid OrderIdOf(OrderIntent message) => SagaIds.Of(message.Id ?? throw new UnreadableIntentException(
        $"intent_id is {(message.IntentId ?? message.Intent?.IntentId) switch { null => "missing", var id => $"'{(id.Length > 80 ? id[..80] + "…" : id)}'" }}; it must be 1–64 printable characters"));

    public (Intent Intent, Denial? Malformed) Read(OrderIntent message, DateTime? sentTime)
    {
        var now = clock.GetUtcNow();
        Words.TryRead<Market>(message.Market, out var market);
        Words.TryRead<Side>(message.Side, out var side);
        Words.TryRead<OrderType>(message.Type ?? "MARKET", out var type);
        Words.TryRead<TimeInForce>(message.TimeInForce, out var timeInForce);
        var intent = new Intent
        {
            IntentId = message.Id!,
            Market = market,
            Symbol = message.Symbol ?? "",
            Side = side,
            Qty = new Quantity(message.Qty ?? 0),
            Type = type,
            Price = message.Price is { } price ? new Price(price) : null,
            TriggerPx = message.TriggerPx is { } trigger ? new Price(trigger) : null,
            TimeInForce = message.TimeInForce is null ? null : timeInForce,
            ReduceOnly = message.ReduceOnly ?? false,
            ExpiresAt = message.ExpiresAt,
            // A publisher's clock that runs ahead must not make an intent immortal.
            PublishedAt = sentTime is { } sent && sent < now.UtcDateTime ? new DateTimeOffset(DateTime.SpecifyKind(sent, DateTimeKind.Utc)) : now,
            ReceivedAt = now,
            ContentHash = HashOf(message),
            Replaces = message.Replaces?.IntentId,
            Maker = message.ExecPolicy?.MakerThenTaker is { } maker ? PolicyReader.Maker(maker) : null,
            Twap = message.ExecPolicy?.Twap is { } twap ? PolicyReader.Twap(twap) : null,
            Protection = message.PostFillActions is { } actions ? PolicyReader.Protection(actions) : null,
            Oco = message.ExecPolicy?.Oco is { } oco ? PolicyReader.Oco(oco) : null,
            Guard = message.ExecPolicy?.GuardStop is { } guard ? PolicyReader.Guard(guard) : null,
            ExecPolicy = message.ExecPolicy is { } policy ? JsonSerializer.Serialize(policy, Canonical) : null,
        };
        return (intent, FirstProblem(message, intent));
    }

    static Denial? FirstProblem(OrderIntent message, Intent intent)
    {
        if (message.Unknown is { Count: > 0 } unknown) return new Denial(ReasonCode.UnknownField, $"unknown field '{unknown.Keys.First()}': a misspelt field must not change what is traded");
        if (Word("market", message.Market, intent.Market) is { } market) return market;
        if (string.IsNullOrEmpty(message.Symbol)) return new Denial(ReasonCode.FieldRequired, "symbol is missing; it is a venue symbol such as BTCUSDT");
        if (Word("side", message.Side, intent.Side) is { } side) return side;
        if (Word("type", message.Type ?? "MARKET", intent.Type) is { } type) return type;
        if (message.TimeInForce is not null && Word("time_in_force", message.TimeInForce, intent.TimeInForce!.Value) is { } tif) return tif;
        if (message.Qty is null) return new Denial(ReasonCode.FieldRequired, "qty is missing; it is a base quantity above 0");
        if (message.Qty <= 0) return new Denial(ReasonCode.MalformedField, $"qty {message.Qty} must be above 0");
        if (message.Price <= 0) return new Denial(ReasonCode.MalformedField, $"price {message.Price} must be above 0");
        if (message.Replaces is { } replaced && replaced.IntentId is not { Length: >= 1 and <= 64 })
            return new Denial(ReasonCode.FieldRequired, "replaces.intent_id is missing, or not 1–64 characters");
        if (message.TriggerPx <= 0) return new Denial(ReasonCode.MalformedField, $"trigger_px {message.TriggerPx} must be above 0");
        if (PolicyReader.WrongTrigger(message.PostFillActions) is { } exit) return exit;
        if (message.ExecPolicy?.Twap?.Weights is { } weights && Word("exec_policy.twap.weights", weights, intent.Twap!.Weights) is { } weighting) return weighting;
        if (PolicyReader.WrongPrice(message.ExecPolicy) is { } price) return price;
        if (message.ExecPolicy?.Oco?.OnLegFailure is { } failure && Word("exec_policy.oco.on_leg_failure", failure, intent.Oco!.OnLegFailure) is { } failing) return failing;
        return message.TriggerPx is null || intent.Type is OrderType.Stop or OrderType.TakeProfit ? null
            : new Denial(ReasonCode.FieldNotAllowed, $"trigger_px is allowed for STOP and TAKE_PROFIT only, not {Words.Of(intent.Type)}");
    }

    static Denial? Word<T>(string field, string? text, T value) where T : struct, Enum => text switch
    {
        null => new Denial(ReasonCode.FieldRequired, $"{field} is missing; allowed: {Words.Allowed<T>()}"),
        _ when value.Equals(default(T)) => new Denial(ReasonCode.UnknownWord, $"{field} '{text}' is not known; allowed: {Words.Allowed<T>()}"),
        _ => null,
    };

    /// <summary>Two intents are the same if their normalised JSON is: 1.50 equals 1.5, MARKET equals an absent type, either form of the id.</summary>
    static string HashOf(OrderIntent message)
    {
        var normal = message with
        {
            IntentId = message.Id, Intent = null, Type = message.Type ?? "MARKET", ReduceOnly = message.ReduceOnly ?? false, ExpiresAt = message.ExpiresAt?.ToUniversalTime(),
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(normal, Canonical))));
    }
}

/// <summary>A message on the intake queue that names no intent.</summary>
public sealed class UnreadableIntentException(string message) : Exception(message);
