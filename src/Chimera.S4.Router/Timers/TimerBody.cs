using System.Text.Json;
using Chimera.S4.Contracts;
using MassTransit;

namespace Chimera.S4.Router.Timers;

/// <summary>A timer as stored: the message to deliver, under its frozen URN.</summary>
public static class TimerBody
{
    sealed record Stored(string Urn, JsonElement Message);

    public static string Write<T>(T message) where T : class => JsonSerializer.Serialize(new Stored(MessageUrn.ForTypeString<T>(), JsonSerializer.SerializeToElement(message)));

    /// <summary>The message; an unknown URN throws, and the timer is parked by whoever claimed it.</summary>
    public static object Read(string body)
    {
        var stored = JsonSerializer.Deserialize<Stored>(body)!;
        if (stored.Urn == MessageUrn.ForTypeString<ProbeDue>()) return stored.Message.Deserialize<ProbeDue>()!;
        if (stored.Urn == MessageUrn.ForTypeString<PolicyDue>()) return stored.Message.Deserialize<PolicyDue>()!;
        throw new InvalidOperationException($"no timer message is known as '{stored.Urn}'");
    }
}
