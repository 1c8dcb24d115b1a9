using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Sweep;

/// <summary>The documents of one market as they are stored now.</summary>
/// <param name="ById">Live ones, and whatever was asked for besides.</param>
/// <param name="Unreadable">What nobody can read: an operator has to see to it, and its orders are left alone.</param>
public sealed record Documents(IReadOnlyDictionary<Guid, Order> ById, IReadOnlySet<Guid> Unreadable);

/// <summary>Reads documents in numbers.</summary>
public sealed class LiveDocuments(IOrderStore store, ILogger<LiveDocuments> log)
{
    /// <summary>One document, if there is one.</summary>
    public async Task<Documents> Read(Guid id, CancellationToken cancel)
    {
        var reading = new Reading(store, log);
        await reading.Add(id, cancel);
        return reading.Done;
    }

    /// <summary>The live ones of one symbol.</summary>
    public async Task<Documents> ReadSymbol(Market market, string symbol, CancellationToken cancel)
    {
        var reading = new Reading(store, log);
        await foreach (var line in store.Live(cancel))
            if (line.Summary.Market == Words.Of(market) && line.Summary.Symbol == symbol) await reading.Add(line.Id, cancel);
        return reading.Done;
    }

    /// <param name="besides">Orders that are read as well, live or not.</param>
    public async Task<Documents> Read(Market market, IEnumerable<Guid> besides, CancellationToken cancel)
    {
        var reading = new Reading(store, log);
        await foreach (var line in store.Live(cancel))
            if (line.Summary.Market == Words.Of(market)) await reading.Add(line.Id, cancel);
        foreach (var id in besides) await reading.Add(id, cancel);
        return reading.Done;
    }

    sealed class Reading(IOrderStore store, ILogger log)
    {
        readonly Dictionary<Guid, Order> read = [];
        readonly HashSet<Guid> unreadable = [];

        public Documents Done => new(read, unreadable);

        public async Task Add(Guid id, CancellationToken cancel)
        {
            if (read.ContainsKey(id) || unreadable.Contains(id) || await store.Load(id, cancel) is not { } stored) return;
            try
            {
                read[id] = OrderDocument.Read(stored).Order!;
            }
            catch (JsonException damaged)
            {
                unreadable.Add(id);
                log.LogCritical(damaged, "The document of order {OrderId} cannot be read, so its orders are not held against the venue; an operator has to see to it", id);
            }
        }
    }
}
