using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>The broker of a REST adapter that is its own process. Environment: <c>S4_RABBITMQ_URI</c>.</summary>
sealed class BusOptions
{
    public const string UriVariable = "S4_RABBITMQ_URI";
    const string Form = "rabbitmq://user:password@host:port/vhost, or amqp:// or amqps:// instead";

    /// <summary>Required: without a broker the adapter can only run inside the router.</summary>
    public required Uri RabbitMq { get; init; }

    /// <exception cref="OptionsValidationException">The variable is absent or no broker address. Its value may hold a password and is not repeated.</exception>
    public static BusOptions From(IConfiguration configuration) => new()
    {
        RabbitMq = configuration[UriVariable] is { Length: > 0 } value
            ? Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "rabbitmq" or "rabbitmqs" or "amqp" or "amqps" && uri.Host.Length > 0
                ? uri
                : throw RestAdapterOptions.Wrong(UriVariable, "(hidden)", Form)
            : throw RestAdapterOptions.Wrong(UriVariable, "", Form + "; a REST adapter of its own needs a broker"),
    };

    /// <summary>The same broker in the words of RabbitMQ.Client, which knows no <c>rabbitmq://</c>.</summary>
    public static Uri AsAmqp(Uri broker) => broker.Scheme.StartsWith("amqp", StringComparison.Ordinal)
        ? broker
        : new UriBuilder(broker) { Scheme = broker.Scheme == "rabbitmqs" ? "amqps" : "amqp" }.Uri;
}
