using System.Text.Json;
using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Levers;

/// <summary>The last cancel of everything, as every replica may tell of it.</summary>
public sealed record CancelAllNoted(Guid RequestId, DateTimeOffset At, string By, string Reason, string? Market, string? Symbol, Guid[] Asked);

/// <summary>Whom it concerns, and how far it has come.</summary>
public sealed class CancelAllNote(INotes notes, IOrderStore store)
{
    const string Name = "cancel-all";
    static readonly string[] Ended = [.. new[] { OrderStatus.Filled, OrderStatus.Canceled, OrderStatus.Rejected, OrderStatus.Expired }.Select(Words.Of)];

    /// <summary>Nothing of the intent's own quantity is under way any more: what is alive protects it.</summary>
    public static bool IsEnding(OrderLine line) => Ended.Contains(line.Summary.Status);

    public static bool Concerns(CancelAll asked, OrderLine line) =>
        (asked.Market is null || asked.Market == line.Summary.Market) && (asked.Symbol is null || asked.Symbol == line.Summary.Symbol);

    public Task Write(CancelAllNoted noted, CancellationToken cancel) => notes.Write(Name, JsonSerializer.Serialize(noted), cancel);

    public async Task<CancelAllProgress> Progress(CancellationToken cancel)
    {
        if (await notes.Read(Name, cancel) is not { } text) return new CancelAllProgress();
        var noted = JsonSerializer.Deserialize<CancelAllNoted>(text)!;
        var (asked, left) = (noted.Asked.ToHashSet(), 0);
        await foreach (var line in store.Live(cancel))
            if (asked.Contains(line.Id) && !IsEnding(line)) left++;
        return new CancelAllProgress
        {
            RequestId = noted.RequestId, At = noted.At, By = noted.By, Reason = noted.Reason, Market = noted.Market, Symbol = noted.Symbol, Asked = noted.Asked.Length, Left = left,
        };
    }
}
