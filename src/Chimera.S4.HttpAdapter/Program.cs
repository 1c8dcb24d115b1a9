using Chimera.S4.HttpAdapter;
using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Health;
using Chimera.S4.HttpAdapter.Telemetry;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddLogs(quiet: false);
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
