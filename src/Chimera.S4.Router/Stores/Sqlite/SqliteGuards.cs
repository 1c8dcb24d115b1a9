using System.Globalization;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The prices that S4 watches, as rows.</summary>
static class SqliteGuards
{
    public static void Put(SqliteSession db, string orderId, GuardState guard)
    {
        if (guard.Armed is not { } armed) db.Execute("DELETE FROM s4_guard WHERE order_id = $1", orderId);
        else
            db.Execute("INSERT OR REPLACE INTO s4_guard(order_id, symbol, intent_id, armed_at, sl_px, tp_px) VALUES($1, $2, $3, $4, $5, $6)",
                orderId, guard.Symbol, guard.IntentId, armed.ArmedAt.ToString("O", CultureInfo.InvariantCulture), Text(armed.SlPx), Text(armed.TpPx));
    }

    public static IReadOnlyList<ArmedGuard> All(SqliteSession db) => db.Query("SELECT order_id, symbol, intent_id, armed_at, sl_px, tp_px FROM s4_guard ORDER BY order_id", row => new ArmedGuard(
        Guid.Parse(row.GetString(0)), row.GetString(1), row.GetString(2),
        new ArmedPrices(DateTimeOffset.Parse(row.GetString(3), CultureInfo.InvariantCulture), row.IsDBNull(4) ? null : Number(row.GetString(4)), row.IsDBNull(5) ? null : Number(row.GetString(5)))));

    static string? Text(decimal? price) => price is { } value ? DecimalText.Format(value) : null;
    static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
