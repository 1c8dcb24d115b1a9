using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Recalibration;

/// <summary>One leg as S11 tells it, a line of JSONL or a document of a collection; its fields are those of infra/docs/curves.md. Numbers may be texts; what is not asked for is not looked at.</summary>
static class TcaLine
{
    static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <param name="problem">Empty where it could be read.</param>
    public static (string Symbol, TcaRow Row)? Read(string json, out string problem)
    {
        try
        {
            var line = JsonSerializer.Deserialize<Line>(json, Form);
            problem = line is null ? "it is null" : Problem(line) ?? "";
            return problem.Length == 0 ? (line!.Symbol!, line.Row()) : null;
        }
        catch (JsonException malformed)
        {
            problem = $"{malformed.Path ?? "$"}: {malformed.Message.Split(" Path:")[0]}";
            return null;
        }
    }

    static string? Problem(Line line)
    {
        if (string.IsNullOrEmpty(line.Symbol)) return "symbol is missing";
        if (!Words.TryRead<Market>(line.Market, out _)) return $"market '{line.Market}' is not one of {Words.Allowed<Market>()}";
        if (line.At is null) return "at is missing; it is a time, such as 2026-03-02T09:00:00Z";
        return Range("notional", line.Notional, 0, null, true) ?? Range("spread_bps", line.SpreadBps, 0, null, true) ?? Range("depth", line.Depth, 0, null, true) ?? Range("wait_ms", line.WaitMs, 0, 86_400_000)
               ?? (line.Propensity is 0 ? "propensity 0 must be above 0, at most 1" : Range("propensity", line.Propensity, 0, 1)) ?? Range("made_share", line.MadeShare, 0, 1, line.WaitMs is not null) ?? Range("made_ms", line.MadeMs, 0, null)
               ?? Range("rested_ms", line.RestedMs, 0, null) ?? Range("taken_notional", line.TakenNotional, 0, null) ?? Range("sigma_bps", line.SigmaBps, 0, null) ?? Range("gap_ms", line.GapMs, 0, null) ?? Range("rev", line.Rev, 0, null);
    }

    static string? Range(string field, double? value, double least, double? most, bool isNeeded = false)
    {
        var range = most is null ? $"{Text(least)} or more" : $"{Text(least)}–{Text(most.Value)}";
        if (value is null) return isNeeded ? $"{field} is missing; it must be {range}" : null;
        return value < least || value > (most ?? double.MaxValue) ? $"{field} {Text(value.Value)} must be {range}" : null;
    }

    static string Text(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    sealed record Line
    {
        public string? Symbol { get; init; }
        public string? Market { get; init; }
        public DateTimeOffset? At { get; init; }
        public double? Notional { get; init; }
        public double? SpreadBps { get; init; }
        public double? Depth { get; init; }
        public int? WaitMs { get; init; }
        public double? Propensity { get; init; }
        public long? Rev { get; init; }
        public double? MadeShare { get; init; }
        public double? MadeMs { get; init; }
        public double? RestedMs { get; init; }
        public double? MakerBps { get; init; }
        public double? TakerBps { get; init; }
        public double? TakenNotional { get; init; }
        public double? TakenSlipBps { get; init; }
        public double? SigmaBps { get; init; }
        public int? GapMs { get; init; }
        public bool? Excluded { get; init; }

        public TcaRow Row() => new()
        {
            Market = Words.TryRead<Market>(Market, out var market) ? market : default, At = At!.Value, Notional = Notional!.Value, SpreadBps = SpreadBps!.Value, Depth = Depth!.Value, WaitMs = WaitMs,
            Propensity = Propensity ?? 1, Rev = Rev ?? 0, MadeShare = MadeShare ?? 0, MadeMs = MadeMs ?? 0, RestedMs = RestedMs ?? 0, MakerBps = MakerBps, TakerBps = TakerBps,
            TakenNotional = TakenNotional, TakenSlipBps = TakenSlipBps, SigmaBps = SigmaBps, GapMs = GapMs, IsExcluded = Excluded ?? false,
        };
    }
}
