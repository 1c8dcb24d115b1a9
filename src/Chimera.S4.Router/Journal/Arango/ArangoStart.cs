using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Journal.Arango;

/// <summary>Makes database, collections and indexes at the start, for as long as that takes. Nothing waits for it: orders do not need the record.</summary>
sealed class ArangoStart(ArangoSchema schema, TimeProvider clock, ILogger<ArangoStart> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                await schema.Ensure(stop);
                log.LogInformation("The record goes to ArangoDB");
                return;
            }
            catch (StoreUnavailableException failure)
            {
                if (!told) log.LogWarning("The record waits for ArangoDB: {Reason}", failure.Message);
            }
            await Task.Delay(Pause, clock, stop);
        }
    }
}
