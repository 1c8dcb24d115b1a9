namespace Chimera.S4.Simulator.Spot;

/// <summary>How one order's parameters are called: alone as they are, in a list behind a prefix (<c>abovePrice</c>), some shared by two legs.</summary>
internal readonly record struct LegNames(string Prefix, string Side = "side", string Quantity = "quantity")
{
    public static LegNames Alone => new("");

    /// <summary>OPO: the quantity comes later, from what the working order receives.</summary>
    public bool HasQuantity => Quantity.Length > 0;
    public string ClientOrderId => Prefix.Length == 0 ? "newClientOrderId" : Prefix + "ClientOrderId";

    public string Of(string field) => Prefix.Length == 0 ? field : Prefix + char.ToUpperInvariant(field[0]) + field[1..];
}
