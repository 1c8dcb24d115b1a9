using Chimera.S4.HttpAdapter;
using Chimera.S4.HttpAdapter.Telemetry;
using Chimera.S4.Router;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Curves;
using Chimera.S4.Router.Demo;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Hosting;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Journal.Arango;
using Chimera.S4.Router.Levers;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Tracing;
using Chimera.S4.Router.Venues.Binance;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.Extensions.Options;

try
{
    var command = CommandLine.Read(args);
    var builder = WebApplication.CreateBuilder(command.HostArguments);
    builder.AddLogs(quiet: command.Demo || command.Recalibrate, IntentEnricher.Add);
    await using var exchange = command.Recalibrate ? null : await builder.AddExchange();
    builder.Services.AddArangoJournal(builder.Configuration).AddStores(builder.Configuration);
    builder.Services.AddIntake(builder.Configuration).AddCurves(builder.Configuration).AddGates(builder.Configuration).AddOrders().AddGateway(builder.Configuration).AddBinance(builder.Configuration).AddGuard(builder.Configuration);
    builder.Services.AddSweep(builder.Configuration).AddDeadMan(builder.Configuration).AddRecalibration(builder.Configuration).AddShutdown(builder.Configuration);
    builder.Services.AddOps().AddLevers().AddAlerts().AddStartup(builder.Configuration).AddRestAdapter();
    builder.Services.AddTelemetry(builder.Configuration, "s4-router", RouterMetrics.MeterName);
    builder.Services.AddMessaging(builder.Configuration);     // last: it binds the endpoints that the features declared

    var app = builder.Build();
    if (command.Recalibrate) return await RecalibrateRun.Run(app, command.DryRun);        // nothing is started: neither venue nor bus has a part in it
    app.Services.GetRequiredService<IStartupValidator>().Validate();       // now: the host would log a stack trace about it
    app.MapRestAdapter();
    app.MapMetrics();
    return command.Demo ? await DemoRun.Run(app, command.Exit) : await ServiceRun.Run(app);
}
catch (Exception refusal) when (WrongConfiguration.Sentences(refusal) is { Length: > 0 } sentences)
{
    foreach (var sentence in sentences) Console.Error.WriteLine(sentence);
    return ExitCodes.WrongConfiguration;
}
catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"S4_HTTP_URLS: {taken.Message}");
    return ExitCodes.Failed;
}

/// <summary>Named for the test host.</summary>
public partial class Program;
