namespace Chimera.S4.Router.Hosting;

/// <summary>Runs until it is told to stop, or until the start has failed for good.</summary>
static class ServiceRun
{
    public static async Task<int> Run(WebApplication app)
    {
        await app.RunAsync();
        return Environment.ExitCode;
    }
}
