using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Chimera.S4.Router.Stores.Redis;
using StackExchange.Redis;

namespace Chimera.S4.Router.Tests.Stores;

/// <summary>A real <c>redis-server</c> on a free loopback port, with the durability that design §5 asks for. Ends what it started, nothing else.</summary>
sealed class RedisServer : IDisposable
{
    const int SigStop = 19, SigCont = 18;                          // Linux
    readonly string folder = Directory.CreateTempSubdirectory("s4-redis-").FullName;
    readonly int port = FreePort();
    Process process;

    public RedisServer() => process = Start();

    public RedisOptions Options => new() { Addresses = $"127.0.0.1:{port}" };
    public DnsEndPoint EndPoint => new("127.0.0.1", port);

    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    public void Restart() => process = Start();
    public void Pause() => Signal(process.Id, SigStop);
    public void Resume() => Signal(process.Id, SigCont);

    Process Start() => Process.Start(new ProcessStartInfo("redis-server",
    [
        "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes",
        "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--logfile", Path.Combine(folder, "redis.log"),
    ])) ?? throw new InvalidOperationException("redis-server did not start");

    public void Dispose()
    {
        Kill();                                                    // also ends a paused one
        Directory.Delete(folder, recursive: true);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Signal(int process, int signal);
}

/// <summary>The server that the contract suites share: the one of the environment, else one of our own for the life of the test process.</summary>
static class SharedRedis
{
    static readonly Lazy<RedisOptions> Server = new(() =>
    {
        if (Environment.GetEnvironmentVariable(RedisOptions.AddressesVariable) is { Length: > 0 } addresses)
            return new RedisOptions { Addresses = addresses, Password = Environment.GetEnvironmentVariable(RedisOptions.PasswordVariable) ?? "" };
        var server = new RedisServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server.Options;
    });

    public static RedisOptions Options => Server.Value;

    /// <summary>A plain client beside the store's own, for what no port does.</summary>
    public static async Task<ConnectionMultiplexer> Client(RedisOptions options) => await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
    {
        EndPoints = { options.EndPoints()[0] },
        Password = options.Password.Length > 0 ? options.Password : null,
        AllowAdmin = true,
        AbortOnConnectFail = false,
    });
}
