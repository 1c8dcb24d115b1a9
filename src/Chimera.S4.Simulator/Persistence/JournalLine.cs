using System.Text.Json.Serialization;
using Chimera.S4.Simulator.Accounts;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Persistence;

/// <summary>One change of one venue: everything that has to be true together, so that a cut between lines loses nothing half.</summary>
internal sealed class JournalLine
{
    public Venue Venue { get; init; }
    public long Time { get; init; }
    public List<Order>? Orders { get; set; }
    public List<Trade>? Trades { get; set; }
    public Dictionary<string, SpotBalance>? Balances { get; set; }
    public decimal? Wallet { get; set; }
    public List<Position>? Positions { get; set; }
    public Dictionary<string, decimal>? Mids { get; set; }
    public bool? DualSide { get; set; }
    public List<Futures.AlgoOrder>? Algos { get; set; }
    public List<Spot.OrderList>? Lists { get; set; }
    public bool Reset { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Orders is not { Count: > 0 } && Trades is not { Count: > 0 } && Balances is not { Count: > 0 }
        && Wallet is null && Positions is not { Count: > 0 } && Mids is null
        && Algos is not { Count: > 0 } && Lists is not { Count: > 0 } && DualSide is null && !Reset;
}
