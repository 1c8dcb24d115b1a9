using System.Globalization;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The lines of <c>ord:results</c> as rows.</summary>
static class SqliteResults
{
    const int TrimEvery = 256;                                    // like MAXLEN ~: about so many are kept, and few commits pay for it

    public static void Append(SqliteSession db, ResultLine line, int maxLength)
    {
        db.Execute("""
            INSERT INTO s4_result(result_id, intent_id, seq, status, filled_qty, avg_price, slippage_bps, code, corrects, ts) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            line.ResultId, line.IntentId, line.Seq, line.Status, DecimalText.Format(line.FilledQty), SqliteText.Of(line.AvgPrice), SqliteText.Of(line.SlippageBps),
            line.Code, line.Corrects, SqliteText.Of(line.Ts));
        var pos = db.Number("SELECT last_insert_rowid()") ?? 0;
        if (pos % TrimEvery == 0) db.Execute("DELETE FROM s4_result WHERE pos <= $1", pos - maxLength);
    }

    public static ResultsPage Page(SqliteSession db, ListResults query)
    {
        var after = query.After is null ? 0 : long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var pos) ? pos : throw new ArgumentException("after is not where a page ended", nameof(query));
        var rows = db.Query("""
            SELECT pos, result_id, intent_id, seq, status, filled_qty, avg_price, slippage_bps, code, corrects, ts FROM s4_result WHERE pos > $1 ORDER BY pos LIMIT $2
            """,
            row => (Pos: row.GetInt64(0), Line: new ResultLine
            {
                ResultId = row.GetString(1),
                IntentId = row.GetString(2),
                Seq = row.GetInt32(3),
                Status = row.GetString(4),
                FilledQty = SqliteText.Number(row.GetString(5)) ?? 0,
                AvgPrice = SqliteText.Number(row.TextOrNull(6)),
                SlippageBps = SqliteText.Number(row.TextOrNull(7)),
                Code = row.TextOrNull(8),
                Corrects = row.IsDBNull(9) ? null : row.GetInt32(9),
                Ts = DateTimeOffset.Parse(row.GetString(10), CultureInfo.InvariantCulture),
            }), after, query.Limit);
        return new ResultsPage
        {
            Items = [.. rows.Select(row => row.Line)],
            NextAfter = rows.Count > 0 ? rows[^1].Pos.ToString(CultureInfo.InvariantCulture) : query.After,
        };
    }
}

/// <summary>Decimals and times as text: exact digits, and one width in UTC, so that text order is time order.</summary>
static class SqliteText
{
    public static string? Of(decimal? value) => value is { } number ? DecimalText.Format(number) : null;
    public static string? Of(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
    public static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
