using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Chimera.S4.System.Tests.Processes;

namespace Chimera.S4.System.Tests.Torture;

/// <summary>A step seen on the wire. <paramref name="Subject"/>: order id, client order id or queue. <paramref name="Number"/>: version or epoch that is being written; 0 elsewhere.</summary>
sealed record Sighting(Step Step, string Subject, int Number);

/// <summary>Recognises steps in what a router sends. A step split over two chunks is missed, which costs a wait for the next one; it is never taken for something else.</summary>
static partial class Wire
{
    /// <summary>Commits and journal writes in a chunk of RESP commands.</summary>
    public static Sighting? Redis(Step step, ReadOnlySpan<byte> chunk)
    {
        if (chunk.IndexOf(step is Step.Commit ? "{\"order\":"u8 : "{\"client_order_id\":"u8) < 0) return null;
        var text = Encoding.Latin1.GetString(chunk);
        if (step is Step.Commit) return CommitForm().Match(text) is { Success: true } commit ? new Sighting(step, commit.Groups["id"].Value, int.Parse(commit.Groups["version"].ValueSpan)) : null;
        foreach (Match write in JournalForm().Matches(text))
            // Of equal epochs: a look that is noted, no permission to send.
            if (write.Groups["was"].Value != write.Groups["epoch"].Value) return new Sighting(step, write.Groups["id"].Value, int.Parse(write.Groups["epoch"].ValueSpan));
        return null;
    }

    /// <summary>Placements in an HTTP/1.1 request.</summary>
    public static Sighting? Rest(ReadOnlySpan<byte> chunk) =>
        (chunk.StartsWith("POST /api/v3/order"u8) || chunk.StartsWith("POST /fapi/v1/order"u8) || chunk.StartsWith("POST /fapi/v1/algoOrder"u8))
        && ClientOrderIdForm().Match(Encoding.Latin1.GetString(chunk)) is { Success: true } id ? new Sighting(Step.Post, id.Value, 0) : null;

    /// <summary>Acknowledgements on the queues of intents and orders. Which channel serves which queue is learned from the frames that subscribe.</summary>
    public static Sighting? Amqp(GateLink link, ReadOnlySpan<byte> chunk)
    {
        for (var rest = chunk; rest.IndexOf(Consume) is >= 7 and var at; rest = rest[(at + 7)..])
            link.Channels[Channel(rest, at)] = Encoding.ASCII.GetString(rest.Slice(at + 7, rest[at + 6]));
        for (var rest = chunk; rest.IndexOf(Ack) is >= 3 and var at; rest = rest[(at + 8)..])
            if (link.Channels.TryGetValue(Channel(rest, at + 4), out var queue) && queue is "s4-intents" or "s4-orders") return new Sighting(Step.Ack, queue, 0);
        return null;
    }

    // A method frame: type, channel (2), size (4), class (2), method (2). basic.consume has two reserved bytes and then the queue; basic.ack is 13 bytes long.
    static ReadOnlySpan<byte> Consume => [0, 60, 0, 20, 0, 0];
    static ReadOnlySpan<byte> Ack => [0, 0, 0, 13, 0, 60, 0, 80];
    static ushort Channel(ReadOnlySpan<byte> chunk, int ofClass) => BinaryPrimitives.ReadUInt16BigEndian(chunk[(ofClass - 6)..]);

    [GeneratedRegex(@"(?<id>[0-9a-f-]{36})\r\n\$\d+\r\n\d*\r\n\$\d+\r\n(?<version>\d+)\r\n\$\d+\r\n\{""order"":")]
    private static partial Regex CommitForm();

    [GeneratedRegex(@"(?<id>s4[\w-]{26})\r\n(?:\$\d+\r\n(?<was>\d+)\r\n)?\$\d+\r\n(?<epoch>\d+)\r\n\$\d+\r\n\{""client_order_id"":")]
    private static partial Regex JournalForm();

    [GeneratedRegex(@"(?<=[=&?])s4[\w-]{26}(?=&|$|\s)")]
    private static partial Regex ClientOrderIdForm();
}
