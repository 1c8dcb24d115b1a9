using System.Text.Json.Serialization;

namespace Chimera.S4.Orders;

/// <summary>Base units. Never negative: the side says the direction.</summary>
[JsonConverter(typeof(QuantityJson))]
public readonly record struct Quantity(decimal Value) : IComparable<Quantity>
{
    public static readonly Quantity Zero = new(0);
    public bool IsZero => Value == 0;
    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    /// <summary>What is left of this quantity after <paramref name="done"/>; zero when more than all is done.</summary>
    public Quantity Less(Quantity done) => new(Math.Max(0, Value - done.Value));

    public static Quantity Max(Quantity a, Quantity b) => a.Value >= b.Value ? a : b;
    public static Notional operator *(Quantity quantity, Price price) => new(quantity.Value * price.Value);
    public override string ToString() => DecimalJson.Format(Value);
}
