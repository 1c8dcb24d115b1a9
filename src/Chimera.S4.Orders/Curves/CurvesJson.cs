using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chimera.S4.Orders;

/// <summary>
/// The document of <c>router:curves:{symbol}</c> (infra/docs/curves.md): <c>{rev, maker_wait_ms: [{notional_from, spread_bps_from, depth_from, value}], twap_slices: […], …}</c>. Decimals are texts or
/// numbers. What is wrong with it is told by field and value, and it is refused whole: half a curve is another curve.
/// </summary>
public static class CurvesJson
{
    const int MostRows = 1000, LongestWaitMs = 86_400_000, MostSlices = 400;

    static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict, Converters = { new DecimalWord(), new MarketWord() },
    };

    public static string Write(RouteCurves curves) => JsonSerializer.Serialize(Document.Of(curves), Form);

    /// <param name="problem">Empty where it could be read.</param>
    public static RouteCurves? Read(string text, out string problem)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(text, Form);
            problem = document is null ? "the document is null" : Problem(document) ?? "";
            return problem.Length == 0 ? document!.Curves() : null;
        }
        catch (JsonException malformed)
        {
            problem = $"{malformed.Path ?? "$"}: {malformed.Message.Split(" Path:")[0]}";
            return null;
        }
    }

    static string? Problem(Document document)
    {
        if (document.Rev is null or < 1) return $"rev {document.Rev?.ToString(CultureInfo.InvariantCulture) ?? "is missing; it"} must be a whole number from 1";
        if (document.PreviousRev is { } before && (before < 0 || before >= document.Rev)) return $"previous_rev {before} must be 0 or more and below rev {document.Rev}";
        if (document.Explore is { } explore)
        {
            if (explore.Share is null or < 0 or > 0.1m) return $"explore.share {Text(explore.Share)} must be 0–0.1";
            if (explore.NotionalTo is null or < 0) return $"explore.notional_to {Text(explore.NotionalTo)} must be 0 or more";
        }
        return Rows("maker_wait_ms", document.MakerWaitMs, 0, LongestWaitMs) ?? Rows("twap_slices", document.TwapSlices, 1, MostSlices) ?? (document.Learning is { } learning ? Problem(learning) : null);
    }

    static string? Problem(LearningDocument learning)
    {
        if (learning.CalibratedOn is null) return "learning.calibrated_on is missing; it is a day, such as 2026-03-02";
        return Rows("learning.previous_wait_ms", learning.PreviousWaitMs, 0, LongestWaitMs) ?? Rows("learning.previous_slices", learning.PreviousSlices, 1, MostSlices)
               ?? Rows("learning.shadow_wait_ms", learning.ShadowWaitMs, 0, LongestWaitMs) ?? Rows("learning.shadow_slices", learning.ShadowSlices, 1, MostSlices);
    }

    static string? Rows(string name, Row?[]? rows, int least, int most)
    {
        if (rows is null) return null;
        if (rows.Length > MostRows) return $"{name} has {rows.Length} rows; at most {MostRows} are allowed";
        for (var i = 0; i < rows.Length; i++)
        {
            var at = $"{name}[{i}]";
            if (rows[i] is not { } row) return $"{at} is null";
            if (row.Value is null) return $"{at}.value is missing; it must be {least}–{most}";
            if (row.Value < least || row.Value > most) return $"{at}.value {row.Value} must be {least}–{most}";
            if (row.NotionalFrom is null) return $"{at}.notional_from is missing; it must be 0 or more";
            foreach (var (field, value) in new[] { ("notional_from", row.NotionalFrom), ("spread_bps_from", row.SpreadBpsFrom), ("depth_from", row.DepthFrom), ("samples", row.Samples) })
                if (value < 0) return $"{at}.{field} {Text(value)} must be 0 or more";
            if (row.Low > row.High) return $"{at}.low {row.Low} must not be above high {row.High}";
            if (Array.FindIndex(rows, 0, i, other => other!.Bucket == row.Bucket) is >= 0 and var twin) return $"{at} is about the same bucket as {name}[{twin}]";
        }
        return null;
    }

    static string Text(decimal? value) => value is { } known ? DecimalJson.Format(known) : "is missing; it";

    sealed record Document
    {
        public long? Rev { get; init; }
        public long? PreviousRev { get; init; }
        public DateTimeOffset? MadeAt { get; init; }
        public Row[]? MakerWaitMs { get; init; }
        public Row[]? TwapSlices { get; init; }
        public ExploreDocument? Explore { get; init; }
        public LearningDocument? Learning { get; init; }

        public RouteCurves Curves() => new(Rev!.Value)
        {
            PreviousRev = PreviousRev ?? 0, MadeAt = MadeAt, MakerWaitMs = Row.Read(MakerWaitMs), TwapSlices = Row.Read(TwapSlices),
            Explore = Explore is null ? null : new Exploration(Explore.Share!.Value, Explore.NotionalTo!.Value), Learning = Learning?.Read(),
        };

        public static Document Of(RouteCurves curves) => new()
        {
            Rev = curves.Rev, PreviousRev = curves.PreviousRev, MadeAt = curves.MadeAt, MakerWaitMs = Row.Of(curves.MakerWaitMs), TwapSlices = Row.Of(curves.TwapSlices),
            Explore = curves.Explore is { } explore ? new ExploreDocument(explore.Share, explore.NotionalTo) : null, Learning = curves.Learning is { } learning ? LearningDocument.Of(learning) : null,
        };
    }

    sealed record ExploreDocument(decimal? Share, decimal? NotionalTo);

    sealed record LearningDocument
    {
        public DateOnly? CalibratedOn { get; init; }
        public long? MadeRev { get; init; }
        public DateOnly? InForceSince { get; init; }
        public DateOnly? HoldUntil { get; init; }
        public Row[]? PreviousWaitMs { get; init; }
        public Row[]? PreviousSlices { get; init; }
        public Row[]? ShadowWaitMs { get; init; }
        public Row[]? ShadowSlices { get; init; }

        public CurveLearning Read() => new(CalibratedOn!.Value)
        {
            MadeRev = MadeRev ?? 0, InForceSince = InForceSince, HoldUntil = HoldUntil, PreviousWaitMs = Row.Read(PreviousWaitMs), PreviousSlices = Row.Read(PreviousSlices), ShadowWaitMs = Row.Read(ShadowWaitMs),
            ShadowSlices = Row.Read(ShadowSlices),
        };

        public static LearningDocument Of(CurveLearning learning) => new()
        {
            CalibratedOn = learning.CalibratedOn, MadeRev = learning.MadeRev, InForceSince = learning.InForceSince, HoldUntil = learning.HoldUntil, PreviousWaitMs = Row.Of(learning.PreviousWaitMs),
            PreviousSlices = Row.Of(learning.PreviousSlices), ShadowWaitMs = Row.Of(learning.ShadowWaitMs), ShadowSlices = Row.Of(learning.ShadowSlices),
        };
    }

    sealed record Row(Market? Market, decimal? NotionalFrom, decimal? SpreadBpsFrom, decimal? DepthFrom, int? Value, int? Samples, int? Low, int? High)
    {
        [JsonIgnore] public (Market?, decimal, decimal, decimal) Bucket => (Market, NotionalFrom ?? 0, SpreadBpsFrom ?? 0, DepthFrom ?? 0);

        public static ImmutableArray<CurveRow> Read(Row[]? rows) =>
            rows is null ? [] : [.. rows.Select(row => new CurveRow(row.Market, row.NotionalFrom!.Value, row.SpreadBpsFrom ?? 0, row.DepthFrom ?? 0, row.Value!.Value, row.Samples ?? 0, row.Low, row.High))];

        public static Row[]? Of(ImmutableArray<CurveRow> rows) =>
            rows.IsEmpty ? null : [.. rows.Select(row => new Row(row.Market, row.NotionalFrom, row.SpreadBpsFrom, row.DepthFrom, row.Value, row.Samples, row.Low, row.High))];
    }

    sealed class DecimalWord : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType is JsonTokenType.Number ? System.Text.Encoding.UTF8.GetString(reader.ValueSpan) : reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw new JsonException(text is null ? $"a {reader.TokenType} is no decimal" : $"'{text}' is no decimal");
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(DecimalJson.Format(value));
    }

    sealed class MarketWord : JsonConverter<Market>
    {
        public override Market Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
            return Words.TryRead<Market>(text, out var market) ? market : throw new JsonException($"market '{text}' is not one of {Words.Allowed<Market>()}");
        }

        public override void Write(Utf8JsonWriter writer, Market value, JsonSerializerOptions options) => writer.WriteStringValue(Words.Of(value));
    }
}
