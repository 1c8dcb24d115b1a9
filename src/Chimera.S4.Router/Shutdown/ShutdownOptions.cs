namespace Chimera.S4.Router.Shutdown;

/// <summary>How long an orderly end may take. Environment: <c>S4_SHUTDOWN_BOUND</c>.</summary>
public sealed record ShutdownOptions
{
    /// <summary>From the signal to the exit. Default 25 s; 1 s – 10 min inclusive. Whoever sends the signal kills after a time of its own, which has to be longer: Docker and Kubernetes 10 and 30 s if they are not told.</summary>
    public TimeSpan Bound { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The part of it that withdrawing and draining may use up; the rest is for taking down what serves them.</summary>
    public TimeSpan ForDraining => Bound - (Bound / 4 < Reserve ? Bound / 4 : Reserve);

    static readonly TimeSpan Reserve = TimeSpan.FromSeconds(5);

    public static ShutdownOptions Read(IConfiguration configuration) => new()
    {
        Bound = EnvironmentDuration.Read(configuration, "S4_SHUTDOWN_BOUND", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(25)),
    };
}
