using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>A store as the contract suites see it: its ports, its clock, and what a test cannot do through a port.</summary>
interface IStoreBackend : IAsyncDisposable
{
    IOrderStore Orders { get; }
    IPlacementJournal Placements { get; }
    IGateStore Gates { get; }
    IAlertStore Alerts { get; }

    /// <summary>The store's now.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Lets a little time go by.</summary>
    Task Tick();

    /// <summary>Lets the tombstone of an order lapse.</summary>
    Task Lapse(Guid id);

    /// <summary>The same data seen by a process that has only just started, after the earlier one was killed.</summary>
    Task<IStoreBackend> AfterKill();
}

static class Given
{
    public static readonly CancellationToken Ever = CancellationToken.None;
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static OrderCommit Step(Guid id, int? expected, DateTimeOffset at, string status = "NEW", string symbol = "BTCUSDT", string market = "SPOT", string? document = null) => new()
    {
        Id = id,
        ExpectedVersion = expected,
        Document = document ?? $$"""{"schema":1,"after":{{expected ?? 0}},"note":"價格 ≥ 1"}""",
        Line = new OrderLine(id, new IntentSummary
        {
            IntentId = $"intent-{id:N}",
            Market = market,
            Symbol = symbol,
            Side = "BUY",
            Type = "LIMIT",
            Status = status,
            Qty = 0.015m,
            FilledQty = 0,
            AvgPrice = 64250.10m,
            CreatedAt = at,
            UpdatedAt = at,
            Final = false,
        }),
    };

    public static NewEffect Effect(int seq, TimeSpan lease = default, string kind = "place") => new(seq, kind, $"{{\"seq\":{seq},\n\"text\":\"ä\"}}", lease);

    public static ResultLine Result(Guid id, int seq, DateTimeOffset at, string? code = null, int? corrects = null) => new()
    {
        ResultId = $"{id}:{seq}",
        IntentId = $"intent-{id:N}",
        Seq = seq,
        Status = "FILLED",
        FilledQty = 0.0150m,
        AvgPrice = 64250.123456789m,
        SlippageBps = -1.25m,
        Code = code,
        Corrects = corrects,
        Ts = at,
    };

    public static PlacementEntry Placement(string id, int epoch = 1, string request = "symbol=BTCUSDT&qty=0.015&signature=abc+/=") => new()
    {
        ClientOrderId = id,
        Epoch = epoch,
        Request = request,
        Timestamp = new DateTimeOffset(2026, 11, 22, 8, 0, 0, 123, TimeSpan.Zero),
        ReceiveWindow = TimeSpan.FromSeconds(1),
        SentAt = new DateTimeOffset(2026, 11, 22, 8, 0, 0, 125, TimeSpan.Zero),
        MidAtSend = 64250.105m,
        BookTop3 = "[[\"64250.1\",\"1\"]]",
    };

    /// <summary>Waits for a condition, at most 10 s; time goes by in between.</summary>
    public static async Task<T> Until<T>(this IStoreBackend backend, Func<Task<T>> look, Func<T, bool> enough)
    {
        for (var started = TimeProvider.System.GetTimestamp(); ;)
        {
            var seen = await look();
            if (enough(seen)) return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"still {seen} after 10 s");
            await backend.Tick();
        }
    }
}
