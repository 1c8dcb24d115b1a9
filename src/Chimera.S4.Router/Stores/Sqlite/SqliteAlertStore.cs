using System.Globalization;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>Alerts as rows; the last of a condition says when it was told.</summary>
sealed class SqliteAlertStore(SqliteDatabase database) : IAlertStore
{
    const int Kept = 10_000;

    public Task<bool> Append(Alert alert, string condition, TimeSpan once, CancellationToken cancel) => database.Write(db =>
    {
        var now = database.Now;
        if (db.Number("SELECT 1 FROM s4_alert WHERE condition = $1 AND at > $2 LIMIT 1", condition, now - Moment.Ceiling(once)) is not null) return false;
        db.Execute("INSERT INTO s4_alert(condition, at, alert_id, level, code, intent_id, text, runbook, ts) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            condition, now, alert.AlertId.ToString(), alert.Level, alert.Code, alert.IntentId, alert.Text, alert.Runbook, SqliteText.Of(alert.Ts));
        db.Execute("DELETE FROM s4_alert WHERE pos <= (SELECT max(pos) FROM s4_alert) - $1", Kept);
        return true;
    }, cancel);

    public Task<AlertsPage> Alerts(ListAlerts query, CancellationToken cancel) => database.Read(db =>
    {
        var after = query.After is null ? 0 : long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var pos) ? pos : throw new ArgumentException("after is not where a page ended", nameof(query));
        var rows = db.Query("SELECT pos, alert_id, level, code, intent_id, text, runbook, ts FROM s4_alert WHERE pos > $1 ORDER BY pos LIMIT $2", row => (Pos: row.GetInt64(0), Alert: new Alert
        {
            AlertId = Guid.Parse(row.GetString(1)), Level = row.GetString(2), Code = row.GetString(3), IntentId = row.TextOrNull(4), Text = row.GetString(5), Runbook = row.GetString(6),
            Ts = DateTimeOffset.Parse(row.GetString(7), CultureInfo.InvariantCulture),
        }), after, query.Limit);
        return new AlertsPage { Items = [.. rows.Select(row => row.Alert)], NextAfter = rows.Count > 0 ? rows[^1].Pos.ToString(CultureInfo.InvariantCulture) : query.After };
    }, cancel);
}
