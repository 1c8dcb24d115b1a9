using System.Globalization;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Chimera.S4.HttpAdapter.Telemetry;

/// <summary>Logs to standard output. Environment: <c>S4_LOG_FORMAT</c> (human, json), <c>S4_LOG_LEVEL</c> (Verbose … Fatal). No secret ever reaches a log: none is ever passed to one.</summary>
public static class LogSetup
{
    // Ids: what the process adds about the line, at its end.
    const string Human = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{Ids}{NewLine}{Exception}";

    /// <param name="quiet">Only what went wrong: the screen belongs to somebody else.</param>
    /// <param name="enrich">What the process adds to its lines; the last argument says whether a person reads them. Null: nothing.</param>
    /// <exception cref="OptionsValidationException">A value is wrong; the message names the variable, the value and what is allowed.</exception>
    public static void AddLogs(this WebApplicationBuilder builder, bool quiet, Action<IServiceProvider, LoggerConfiguration, bool>? enrich = null)
    {
        var level = Level(builder.Configuration, quiet ? LogEventLevel.Error : LogEventLevel.Information);
        var format = Text(builder.Configuration, "S4_LOG_FORMAT", "human");
        if (format is not ("human" or "json")) throw Wrong("S4_LOG_FORMAT", $"'{format}' is not one of human, json");
        builder.Services.AddSerilog((services, log) =>
        {
            log.MinimumLevel.Is(level).Enrich.FromLogContext();
            enrich?.Invoke(services, log, format == "human");
            // Frameworks tell their inner life at Information; it hides ours.
            foreach (var source in new[] { "Microsoft", "Quartz", "System.Net.Http" }) log.MinimumLevel.Override(source, level > LogEventLevel.Warning ? level : LogEventLevel.Warning);
            log.MinimumLevel.Override("Microsoft.Hosting.Lifetime", level);       // but where it listens is for everybody
            if (format == "json") log.WriteTo.Console(new RenderedCompactJsonFormatter());
            else log.WriteTo.Console(outputTemplate: Human, formatProvider: CultureInfo.InvariantCulture);
        });
    }

    static LogEventLevel Level(IConfiguration configuration, LogEventLevel otherwise)
    {
        var text = Text(configuration, "S4_LOG_LEVEL", otherwise.ToString());
        return Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : throw Wrong("S4_LOG_LEVEL", $"'{text}' is not one of {string.Join(", ", Enum.GetNames<LogEventLevel>())}");
    }

    static string Text(IConfiguration configuration, string name, string otherwise) => configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : otherwise;

    static OptionsValidationException Wrong(string name, string why) => new(name, typeof(LogSetup), [$"{name}: {why}."]);
}
