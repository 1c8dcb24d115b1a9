using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.Router.Recalibration;

/// <summary>What of a row of <c>orders</c> is learnt from; the names are those of the record (infra/docs/records.md).</summary>
sealed record RecordedOrder
{
    public string IntentId { get; init; } = "";
    public string ClientOrderId { get; init; } = "";
    public string Market { get; init; } = "";
    public string Symbol { get; init; } = "";
    public string Side { get; init; } = "";
    public string Type { get; init; } = "";
    public double FilledQty { get; init; }
    public double? AvgPrice { get; init; }
    public double? SlippageBps { get; init; }
    public string? Code { get; init; }
    public long RcuRev { get; init; }
    public string? ExecPolicy { get; init; }
    public int? Leg { get; init; }
    public string? Purpose { get; init; }
    public double? LegQty { get; init; }
    public double? Notional { get; init; }
    public long? MakerWaitMs { get; init; }
    public double? ExplorePropensity { get; init; }
    public double? MidAtPublish { get; init; }
    public double? MidAtArrival { get; init; }
    public double? MidAtDecide { get; init; }
    public double? SpreadAtDecide { get; init; }
    public double? BidDepthAtDecide { get; init; }
    public double? AskDepthAtDecide { get; init; }
    public double? MidAtSend { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>Of <c>fills</c>.</summary>
sealed record RecordedFill
{
    public string FillId { get; init; } = "";
    public string ClientOrderId { get; init; } = "";
    public double Qty { get; init; }
    public double Price { get; init; }
    public double Commission { get; init; }
    public string? CommissionAsset { get; init; }
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>Of <c>markouts</c>.</summary>
sealed record RecordedMarkout
{
    public string FillId { get; init; } = "";
    public int HorizonS { get; init; }
    public double? Mid { get; init; }
    public double? MarkoutBps { get; init; }
}

/// <summary>Rows of the record as JSON, wherever it is kept, become the types above.</summary>
static class RecordedRows
{
    static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <summary>Null where it cannot be read, which is added to <paramref name="refused"/>.</summary>
    public static T? Read<T>(string table, string key, string json, List<TcaRefusal> refused) where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(json, Form) is { } row) return row;
            refused.Add(new TcaRefusal($"{table} {key}", "it is null"));
        }
        catch (JsonException malformed)
        {
            refused.Add(new TcaRefusal($"{table} {key}", $"{malformed.Path ?? "$"}: {malformed.Message.Split(" Path:")[0]}"));
        }
        return null;
    }
}
