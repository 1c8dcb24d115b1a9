using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Stores.Sqlite;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Options;
using Quartz;

namespace Chimera.S4.Router.Recalibration;

/// <summary>The curves learn, once a day, from what came of orders.</summary>
public static class RecalibrationSetup
{
    public static IServiceCollection AddRecalibration(this IServiceCollection services, IConfiguration configuration)
    {
        var (options, venue) = (RecalibrationOptions.Read(configuration), new BinanceOptions());
        venue.Read(configuration);
        services.AddSingleton(options).AddSingleton<RecalibrationMetrics>().AddSingleton<RecalibrationDays>();
        services.AddSingleton(provider => Source(options, provider));
        services.AddSingleton(provider => new CurveRecalibration(
            provider.GetRequiredService<ITcaSource>(), provider.GetRequiredService<ICurveStore>(), provider.GetRequiredService<CurvesOptions>(), provider.GetRequiredService<IntakeOptions>().Policies,
            venue.Symbols, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<RecalibrationMetrics>()));
        services.AddQuartz(quartz => quartz.ScheduleJob<RecalibrationJob>(trigger =>
            trigger.WithIdentity(nameof(RecalibrationJob)).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(RecalibrationJob.Every).RepeatForever())));
        return services;
    }

    static ITcaSource Source(RecalibrationOptions options, IServiceProvider provider) =>
        options.File is { } file ? new TcaFile(file)
        : provider.GetService<ArangoHttp>() is { } arango ? new ArangoTca(arango, provider.GetRequiredService<IOptions<ArangoOptions>>(), options.Collection)
        : new SqliteTca(provider.GetRequiredService<SqliteDatabase>());
}
