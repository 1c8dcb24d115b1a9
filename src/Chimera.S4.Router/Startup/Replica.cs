namespace Chimera.S4.Router.Startup;

/// <summary>This process among its like: another one at each start.</summary>
public sealed record Replica(string Id)
{
    public static Replica New() => new(Guid.NewGuid().ToString("N"));
}
