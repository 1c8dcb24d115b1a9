using System.Globalization;
using Chimera.S4.Contracts;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>A commit as the counted lists that <c>commit.lua</c> reads, in its order.</summary>
static class CommitArguments
{
    public static RedisValue[] Of(OrderCommit commit, RedisKeys keys, int resultsMaxLength)
    {
        var line = commit.Line.Summary;
        var arguments = new List<RedisValue>
        {
            keys.Root, commit.Id.ToString(),
            commit.ExpectedVersion is { } expected ? expected : "",
            (commit.ExpectedVersion ?? 0) + 1,
            commit.Document, StoredJson.Write(line),
            line.Status, line.Symbol, line.Market, Moment.Floor(line.CreatedAt),
            commit.TombstoneTtl is { } ttl ? Moment.Ceiling(ttl) : "",
            resultsMaxLength,
        };
        void List<T>(IReadOnlyCollection<T> items, Action<T> add)
        {
            arguments.Add(items.Count);
            foreach (var item in items) add(item);
        }
        IReadOnlyList<NewEffect> effects = commit.Record is null ? commit.Effects : [.. commit.Effects, RecordEffect.Of(commit.RecordSeq, commit.Record)];
        List(commit.DoneEffects, seq => arguments.Add(seq));
        List(effects, effect => arguments.AddRange([effect.Seq, Moment.Ceiling(effect.Lease), $"{effect.Kind}\n{effect.Payload}"]));
        List(commit.Disarm, token => arguments.Add(token.ToString()));
        List(commit.Arm, timer => arguments.AddRange([timer.Token.ToString(), Moment.Ceiling(timer.Due), timer.Body]));
        List(commit.VenueOrders, order => arguments.Add($"{order.Market}:{order.Symbol}:{order.VenueOrderId}"));
        List(commit.Unqueued, slice => arguments.Add(slice.Task));
        List(commit.Queued, slice => arguments.AddRange([Moment.Ceiling(slice.Due), slice.Task]));
        List<GuardState>(commit.Guard is null ? [] : [commit.Guard], guard => arguments.AddRange([
            $"{guard.Symbol}:{guard.IntentId}", guard.Armed?.ArmedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "",
            guard.Armed?.SlPx is { } sl ? DecimalText.Format(sl) : "", guard.Armed?.TpPx is { } tp ? DecimalText.Format(tp) : "",
            guard.Armed is null ? "" : StoredJson.Write(new ArmedGuard(commit.Id, guard.Symbol, guard.IntentId, guard.Armed))]));
        List(commit.Result is null ? [] : ResultFields.Of(commit.Result), field => arguments.Add(field));
        return [.. arguments];
    }
}

/// <summary>A line of <c>ord:results</c> as stream fields (design §5): readers in any language rely on the names; what is absent is the empty string.</summary>
static class ResultFields
{
    public static RedisValue[] Of(ResultLine line)
    {
        RedisValue[] fields =
        [
            "result_id", line.ResultId, "intent_id", line.IntentId, "seq", line.Seq, "status", line.Status,
            "filled_qty", DecimalText.Format(line.FilledQty), "avg_price", Text(line.AvgPrice), "slippage_bps", Text(line.SlippageBps),
            "code", line.Code ?? "", "ts", line.Ts.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        ];
        return line.Corrects is { } corrects ? [.. fields, "corrects", corrects] : fields;
    }

    public static ResultLine Read(IReadOnlyDictionary<string, string> fields) => new()
    {
        ResultId = fields["result_id"],
        IntentId = fields["intent_id"],
        Seq = int.Parse(fields["seq"], CultureInfo.InvariantCulture),
        Status = fields["status"],
        FilledQty = Number(fields["filled_qty"]) ?? 0,
        AvgPrice = Number(fields["avg_price"]),
        SlippageBps = Number(fields["slippage_bps"]),
        Code = fields["code"] is { Length: > 0 } code ? code : null,
        Corrects = fields.TryGetValue("corrects", out var corrects) && corrects.Length > 0 ? int.Parse(corrects, CultureInfo.InvariantCulture) : null,
        Ts = DateTimeOffset.Parse(fields["ts"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };

    static string Text(decimal? value) => value is { } number ? DecimalText.Format(number) : "";
    static decimal? Number(string text) => text.Length > 0 ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
