using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Chimera.S4.System.Tests.Processes;

/// <summary>Loopback ports below the range for outgoing connections, so that none of those takes a port between kill and restart.</summary>
static class Ports
{
    static readonly HashSet<int> Given = [];

    public static int Free()
    {
        lock (Given)
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
                if (!Given.Contains(port) && IsFree(port) && Given.Add(port)) return port;
            }
    }

    static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
