namespace Chimera.S4.Orders;

/// <summary>How long whoever takes something has it to itself. The figures belong together and are no settings: what a dead process held moves again within these.</summary>
public static class Leases
{
    /// <summary>Of an effect, from its commit or its claim; renewed every <see cref="RenewEffect"/> while it is in hand.</summary>
    public static readonly TimeSpan Effect = TimeSpan.FromSeconds(6), RenewEffect = TimeSpan.FromSeconds(2);

    /// <summary>An effect whose receiver failed is due again after this.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Of a timer, from its claim to the commit that handles it.</summary>
    public static readonly TimeSpan Timer = TimeSpan.FromSeconds(10);
}
