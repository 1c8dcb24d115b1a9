using System.Globalization;
using System.Net.Sockets;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>A <c>redis-server</c> of one story, with the project's own configuration.</summary>
sealed class RedisProcess(string folder, string? password = null) : ServerProcess("redis", folder)
{
    readonly int port = Ports.Free();

    public int Port => port;
    public string Address => $"127.0.0.1:{port}";

    protected override (string, IEnumerable<string>) Command => ("redis-server",
        [Path.Combine(Executables.Root, "infra", "redis", "redis.conf"), "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, .. password is null ? Array.Empty<string>() : ["--requirepass", password]]);

    protected override async Task<string?> NotReady()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[5];
            await stream.ReadExactlyAsync(answer);
            // One with a password says NOAUTH, and serves all the same.
            return answer.AsSpan().SequenceEqual("+PONG"u8) || answer.AsSpan().SequenceEqual("-NOAU"u8) ? null : "no PONG";
        }
        catch (SocketException refused)
        {
            return refused.Message;
        }
    }
}
