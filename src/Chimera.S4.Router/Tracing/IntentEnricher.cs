using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Chimera.S4.Router.Tracing;

/// <summary>Adds intent id and client order id to every line that knows the order, by its saga id or by one of its client order ids.</summary>
/// <param name="human">Also in one text, for the end of a line that a person reads.</param>
/// <param name="prefix">Of this deployment's client order ids; asked late, since lines are written before the options are read.</param>
sealed class IntentEnricher(KnownIntents known, Func<string> prefix, bool human) : ILogEventEnricher
{
    public static void Add(IServiceProvider services, LoggerConfiguration log, bool human) =>
        log.Enrich.With(new IntentEnricher(services.GetRequiredService<KnownIntents>(), () => services.GetRequiredService<IntakeOptions>().IdPrefix, human));

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory properties)
    {
        var clientOrderId = Text("ClientOrderId");
        if (OrderIdOf(clientOrderId) is { } orderId && known.Of(orderId) is { } intent)
        {
            Add("IntentId", intent.IntentId);
            if (clientOrderId is null && intent.ClientOrderId is { } latest) Add("ClientOrderId", clientOrderId = latest);
        }
        if (!human) return;
        var ids = string.Concat(Named("IntentId", Text("IntentId")), Named("ClientOrderId", clientOrderId));
        if (ids.Length > 0) Add("Ids", ids);

        void Add(string name, string value) => logEvent.AddPropertyIfAbsent(new LogEventProperty(name, new ScalarValue(value)));
        string? Text(string name) => logEvent.Properties.GetValueOrDefault(name) is ScalarValue { Value: string { Length: > 0 } value } ? value : null;
        string? Named(string name, string? value) => value is null || logEvent.MessageTemplate.Text.Contains($"{{{name}}}", StringComparison.Ordinal) ? null : $" · {value}";
        Guid? OrderIdOf(string? client) => logEvent.Properties.GetValueOrDefault("OrderId") is ScalarValue { Value: Guid id } ? id : client is null ? null : Reconciliation.OwnerOf(client, prefix());
    }
}
