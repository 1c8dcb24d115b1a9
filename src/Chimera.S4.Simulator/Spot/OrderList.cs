using System.Text.Json.Serialization;
using Chimera.S4.Simulator.Engine;

namespace Chimera.S4.Simulator.Spot;

/// <summary>Orders that depend on each other (reference §1.4). OCO: one ends the other. OTO: the first, completely filled, starts the rest.</summary>
internal sealed class OrderList
{
    public long ListId { get; set; }
    public required string Symbol { get; init; }
    public required string ClientListId { get; init; }

    /// <summary>Legs in the order in which the venue lists them. An OTO begins with its working order.</summary>
    public List<long> OrderIds { get; init; } = [];
    public bool IsOto { get; init; }

    /// <summary>OPO: what the working order received decides the quantity of the rest.</summary>
    public bool IsPaidByFills { get; init; }

    /// <summary>An OTO whose pending orders have been sent to the book.</summary>
    public bool IsSecondPhase { get; set; }
    public bool IsDone { get; set; }
    public long Time { get; set; }
    public long UpdateTime { get; set; }

    [JsonIgnore] public long HiddenUntil { get; set; }
    [JsonIgnore] public bool HiddenFromLists { get; set; }
    [JsonIgnore] public string Contingency => IsOto ? "OTO" : "OCO";
    [JsonIgnore] public string StatusType => IsDone ? "ALL_DONE" : "EXEC_STARTED";
    [JsonIgnore] public string OrderStatus => IsDone ? "ALL_DONE" : "EXECUTING";

    /// <summary>Whether the two orders cancel each other: both legs of an OCO, both pending orders of an OTOCO.</summary>
    public bool AreRivals(Order one, Order other) => !IsOto || (one.OrderId != OrderIds[0] && other.OrderId != OrderIds[0]);

    public void CopyProgress(OrderList later) => (IsSecondPhase, IsDone, UpdateTime) = (later.IsSecondPhase, later.IsDone, later.UpdateTime);
}
