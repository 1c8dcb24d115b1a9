using System.Globalization;
using Chimera.S4.Contracts;
using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>Alerts as entries of the stream <c>alerts</c>; which have been told is remembered beside it.</summary>
sealed class RedisAlertStore(RedisConnection redis, RedisKeys? names = null) : IAlertStore
{
    const int Kept = 10_000;
    static readonly RedisScript AppendScript = new("alert_append");
    readonly RedisKeys keys = names ?? new RedisKeys();

    public async Task<bool> Append(Alert alert, string condition, TimeSpan once, CancellationToken cancel) =>
        (int)await redis.Ask(db => AppendScript.Run(db, keys.Root, condition, Moment.Ceiling(once), Kept,
            "alert_id", alert.AlertId.ToString(), "level", alert.Level, "code", alert.Code, "intent_id", alert.IntentId ?? "", "text", alert.Text, "runbook", alert.Runbook,
            "ts", alert.Ts.ToString("O", CultureInfo.InvariantCulture)), cancel).ConfigureAwait(false) == 1;

    public async Task<AlertsPage> Alerts(ListAlerts query, CancellationToken cancel)
    {
        RedisValue from = query.After is null ? "-" : $"({query.After}";
        var entries = (RedisResult[])(await redis.Ask(db => db.ExecuteAsync("XRANGE", [keys.Alerts, from, "+", "COUNT", query.Limit], CommandFlags.DemandMaster), cancel).ConfigureAwait(false))!;
        return new AlertsPage
        {
            Items = [.. entries.Select(entry => Read(((string[])((RedisResult[])entry!)[1]!).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)))],
            NextAfter = entries.Length > 0 ? (string?)((RedisResult[])entries[^1]!)[0] : query.After,
        };
    }

    static Alert Read(Dictionary<string, string> fields) => new()
    {
        AlertId = Guid.Parse(fields["alert_id"]), Level = fields["level"], Code = fields["code"], IntentId = fields["intent_id"] is { Length: > 0 } intent ? intent : null,
        Text = fields["text"], Runbook = fields["runbook"], Ts = DateTimeOffset.Parse(fields["ts"], CultureInfo.InvariantCulture),
    };
}
