namespace Chimera.S4.Orders;

/// <summary>Quote units: quantity times price.</summary>
public readonly record struct Notional(decimal Value) : IComparable<Notional>
{
    public int CompareTo(Notional other) => Value.CompareTo(other.Value);
    public override string ToString() => DecimalJson.Format(Value);
}
