using Chimera.S4.HttpAdapter;
using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Health;
using Chimera.S4.HttpAdapter.Telemetry;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Services.AddSerilog(log => log.MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning).WriteTo.Console());
    builder.Services.AddRestAdapter();
    builder.Services.AddRestAdapterBus(builder.Configuration);
    builder.Services.AddTelemetry(builder.Configuration, "s4-http-adapter");
    builder.Services.AddHealthChecks().AddCheck<IntakeDeclared>("intake", tags: [Readiness.Tag]);

    var app = builder.Build();
    app.MapRestAdapter();
    app.MapMetrics();
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
