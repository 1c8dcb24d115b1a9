using Chimera.S4.Orders;

namespace Chimera.S4.Router.Stores.Sqlite;

/// <summary>The gates as rows; the one writer makes each step atomic.</summary>
sealed class SqliteGateStore(SqliteDatabase database) : IGateStore
{
    const string KillSwitch = "kill_switch";
    const long Minute = 60_000;

    public Task<GateReading> Read(CancellationToken cancel) => database.Read(db =>
    {
        var rows = db.Query("SELECT name, value FROM s4_gate", row => (Name: row.GetString(0), Value: row.GetString(1))).ToDictionary(row => row.Name, row => row.Value);
        return new GateReading(Moment.At(database.Now), rows.GetValueOrDefault(KillSwitch), rows.GetValueOrDefault(Name(Market.Spot)), rows.GetValueOrDefault(Name(Market.Fut)));
    }, cancel);

    public Task SetKillSwitch(bool on, CancellationToken cancel) => database.Write(db => Put(db, KillSwitch, on ? "ON" : "OFF"), cancel);

    public Task<bool> TrySetBreaker(Market market, string? before, string after, BreakerFigures figures, CancellationToken cancel) =>
        database.Write(db => db.Text("SELECT value FROM s4_gate WHERE name = $1", Name(market)) == before && Put(db, Name(market), after), cancel);

    public Task<bool> TakeOrderSlot(Guid orderId, int most, CancellationToken cancel) => database.Write(db =>
    {
        var (id, now) = (orderId.ToString(), database.Now);
        db.Execute("DELETE FROM s4_order_slot WHERE at <= $1", now - Minute);
        if (db.Number("SELECT 1 FROM s4_order_slot WHERE order_id = $1", id) is not null) return true;
        return db.Number("SELECT count(*) FROM s4_order_slot") < most && db.Execute("INSERT INTO s4_order_slot(order_id, at) VALUES($1, $2)", id, now) == 1;
    }, cancel);

    static bool Put(SqliteSession db, string name, string value) => db.Execute("INSERT INTO s4_gate(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = excluded.value", name, value) == 1;

    static string Name(Market market) => $"cb:{Words.Of(market)}";
}
