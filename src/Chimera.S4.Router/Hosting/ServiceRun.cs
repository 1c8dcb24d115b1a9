namespace Chimera.S4.Router.Hosting;

/// <summary>Runs until it is told to stop, or until the start has failed for good.</summary>
static class ServiceRun
{
    public static async Task<int> Run(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (Exception late) when (stopping.IsCancellationRequested && late is OperationCanceledException or AggregateException)
        {
            // A part that did not go down in time is cut off. Nothing is lost by it: what was not done is pending in the store.
            Console.Error.WriteLine($"S4 stops before every part of it has: {late.Message}");
        }
        return Environment.ExitCode;
    }
}
