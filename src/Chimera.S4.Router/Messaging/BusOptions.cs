using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Messaging;

/// <summary>Which bus. Environment: <c>S4_RABBITMQ_URI</c>; absent: in memory, on this machine only.</summary>
/// <param name="RabbitMq">Such as <c>amqp://user:password@host:5672/vhost</c>; null: in memory.</param>
public sealed record BusOptions(Uri? RabbitMq)
{
    /// <summary>True: the broker keeps what it has confirmed.</summary>
    public bool IsDurable => RabbitMq is not null;

    public static BusOptions Read(IConfiguration configuration)
    {
        if (configuration["S4_RABBITMQ_URI"] is not { Length: > 0 } text) return new BusOptions((Uri?)null);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            throw EnvironmentValue.Wrong("S4_RABBITMQ_URI", "the value (not shown: it may hold a password) is not amqp://user:password@host:port/vhost, or amqps://…");
        if (string.IsNullOrEmpty(configuration["S4_REDIS_ADDRESSES"]))
            throw EnvironmentValue.Wrong("S4_REDIS_ADDRESSES", "not set; S4_RABBITMQ_URI needs it (host:port[,host:port…]), because replicas that share a broker must share a store");
        return new BusOptions(uri);
    }
}
