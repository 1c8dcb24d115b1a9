using Chimera.S4.Router.Hosting;
using Chimera.S4.Router.Stores;
using Spectre.Console;

namespace Chimera.S4.Router.Recalibration;

/// <summary><c>--recalibrate</c>: today's recalibration, now, beside routers that run or without any; nothing is traded. With <c>--dry-run</c> it shows what would be written.</summary>
static class RecalibrateRun
{
    const int WidthOfAFile = 160;

    public static async Task<int> Run(WebApplication app, bool dryRun)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfAFile;
        try
        {
            var today = DateOnly.FromDateTime(app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            RecalibrationScreen.Show(AnsiConsole.Console, await app.Services.GetRequiredService<CurveRecalibration>().Run(today, dryRun, CancellationToken.None));
            return 0;
        }
        catch (StoreUnavailableException away)
        {
            await Console.Error.WriteLineAsync($"Nothing was recalibrated: {away.Message}");
            return ExitCodes.Failed;
        }
    }
}
