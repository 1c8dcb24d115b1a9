namespace Chimera.S4.Orders;

/// <summary>What became of an effect in a receiver's hands.</summary>
/// <param name="IsDone">Durably taken: the effect leaves the document.</param>
/// <param name="Again">When it is to be taken up again; null with <paramref name="IsDone"/> false: a report is on its way to the order, whose next commit takes the effect out.</param>
public readonly record struct Handled(bool IsDone, TimeSpan? Again)
{
    public static readonly Handled Done = new(true, null);
    public static readonly Handled Reported = new(false, null);

    public static Handled After(TimeSpan delay) => new(false, delay);
}
