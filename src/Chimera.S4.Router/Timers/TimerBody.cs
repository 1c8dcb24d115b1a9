using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Chimera.S4.Contracts;
using MassTransit;

namespace Chimera.S4.Router.Timers;

/// <summary>A timer as stored: the message to deliver, under its frozen URN.</summary>
public static class TimerBody
{
    sealed record Stored(string Urn, JsonElement Message);

    public static string Write<T>(T message) where T : class => JsonSerializer.Serialize(new Stored(MessageUrn.ForTypeString<T>(), JsonSerializer.SerializeToElement(message)));

    /// <summary>False: this build does not know it, and <paramref name="why"/> says so.</summary>
    public static bool TryRead(string body, [NotNullWhen(true)] out object? message, out string why)
    {
        (message, why) = (null, "");
        try
        {
            if (JsonSerializer.Deserialize<Stored>(body) is not { Urn: { } urn } stored) why = "it has no name";
            else if (urn == MessageUrn.ForTypeString<ProbeDue>()) message = stored.Message.Deserialize<ProbeDue>();
            else if (urn == MessageUrn.ForTypeString<PolicyDue>()) message = stored.Message.Deserialize<PolicyDue>();
            else why = $"no timer message is known as '{urn}'";
        }
        catch (JsonException unreadable)
        {
            why = unreadable.Message;
        }
        return message is not null;
    }
}
