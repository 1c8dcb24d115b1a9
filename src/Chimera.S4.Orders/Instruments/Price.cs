using System.Text.Json.Serialization;

namespace Chimera.S4.Orders;

/// <summary>Quote units per base unit. Above zero at the venue; zero stands for "none" only where a member says so.</summary>
[JsonConverter(typeof(PriceJson))]
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    public int CompareTo(Price other) => Value.CompareTo(other.Value);
    public override string ToString() => DecimalJson.Format(Value);
}
