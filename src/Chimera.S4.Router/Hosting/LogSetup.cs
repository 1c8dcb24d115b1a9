using System.Globalization;
using Chimera.S4.Router.Stores;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Chimera.S4.Router.Hosting;

/// <summary>Logs to standard output. Environment: <c>S4_LOG_FORMAT</c> (human, json), <c>S4_LOG_LEVEL</c> (Verbose … Fatal). No secret ever reaches a log: none is ever passed to one.</summary>
static class LogSetup
{
    const string Human = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <param name="quiet">Only what went wrong: the screen belongs to somebody else.</param>
    public static void AddLogs(this WebApplicationBuilder builder, bool quiet)
    {
        var level = Level(builder.Configuration, quiet ? LogEventLevel.Error : LogEventLevel.Information);
        var format = EnvironmentValue.Text(builder.Configuration, "S4_LOG_FORMAT", "human");
        if (format is not ("human" or "json")) throw EnvironmentValue.Wrong("S4_LOG_FORMAT", $"'{format}' is not one of human, json");
        builder.Services.AddSerilog(log =>
        {
            log.MinimumLevel.Is(level).Enrich.FromLogContext();
            // Frameworks tell their inner life at Information; it hides ours.
            foreach (var source in new[] { "Microsoft", "Quartz", "System.Net.Http" }) log.MinimumLevel.Override(source, level > LogEventLevel.Warning ? level : LogEventLevel.Warning);
            log.MinimumLevel.Override("Microsoft.Hosting.Lifetime", level);       // but where it listens is for everybody
            if (format == "json") log.WriteTo.Console(new RenderedCompactJsonFormatter());
            else log.WriteTo.Console(outputTemplate: Human, formatProvider: CultureInfo.InvariantCulture);
        });
    }

    static LogEventLevel Level(IConfiguration configuration, LogEventLevel otherwise)
    {
        var text = EnvironmentValue.Text(configuration, "S4_LOG_LEVEL", otherwise.ToString());
        return Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : throw EnvironmentValue.Wrong("S4_LOG_LEVEL", $"'{text}' is not one of {string.Join(", ", Enum.GetNames<LogEventLevel>())}");
    }
}
