using System.Net;
using System.Net.Sockets;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Stores.Redis;
using Xunit;

namespace Chimera.S4.Router.Tests.Stores;

[Trait("Category", "Services")]
public class A_Redis_that_fails : IDisposable
{
    readonly RedisServer server = new();
    readonly Guid id = Guid.NewGuid();

    public void Dispose() => server.Dispose();

    OrderCommit Step(int? expected) => Given.Step(id, expected, TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Comes_back_from_a_kill_with_the_same_data_and_no_new_client()
    {
        await using var backend = new RedisBackend(server.Options);
        await backend.UntilItAnswers();
        await backend.Orders.Commit(Step(null) with { Document = "kept", Effects = [Given.Effect(1)] }, Given.Ever);
        server.Kill();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => backend.Orders.Load(id, Given.Ever));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => backend.Orders.Commit(Step(1), Given.Ever));
        server.Restart();
        await backend.UntilItAnswers();
        Assert.Equal(new StoredOrder(id, 1, "kept"), await backend.Orders.Load(id, Given.Ever));
        Assert.True(await backend.Orders.IsPending(id, 1, Given.Ever));
        Assert.Equal(CommitOutcome.Committed, await backend.Orders.Commit(Step(1), Given.Ever));
    }

    [Fact]
    public async Task Is_waited_for_when_it_starts_after_its_client()
    {
        server.Kill();
        await using var backend = new RedisBackend(server.Options);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => backend.Orders.Ping(Given.Ever));
        server.Restart();
        await backend.UntilItAnswers();
    }

    [Fact]
    public async Task Is_reported_within_five_seconds_when_it_stops_answering_and_served_again_when_it_does()
    {
        await using var backend = new RedisBackend(server.Options);
        await backend.UntilItAnswers();
        await backend.Orders.Commit(Step(null), Given.Ever);
        server.Pause();
        var started = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => backend.Orders.Commit(Step(1) with { Document = "in doubt" }, Given.Ever));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(5));
        server.Resume();
        await backend.UntilItAnswers();

        // The step was on the wire: whichever way it went, loading tells, and the compare-and-set keeps it from happening twice.
        var seen = (await backend.Orders.Load(id, Given.Ever))!;
        Assert.Equal(seen.Version == 2 ? "in doubt" : Step(null).Document, seen.Document);
        Assert.Equal(CommitOutcome.Committed, await backend.Orders.Commit(Step(seen.Version), Given.Ever));
    }

    [Fact]
    public async Task Is_reached_by_a_new_connection_when_the_old_one_falls_silent()
    {
        using var proxy = new SilentProxy(server.EndPoint);
        await using (var direct = new RedisBackend(server.Options)) await direct.UntilItAnswers();   // the proxy takes an absent server for the end of the test
        await using var backend = new RedisBackend(new RedisOptions { Addresses = proxy.Address, CallTimeout = TimeSpan.FromSeconds(1) });
        await backend.UntilItAnswers();
        await backend.Orders.Commit(Step(null), Given.Ever);
        proxy.Silence();                                           // what is open stays open and carries nothing any more
        await Assert.ThrowsAsync<StoreUnavailableException>(() => backend.Orders.Load(id, Given.Ever));
        await backend.UntilItAnswers();
        Assert.Equal(1, (await backend.Orders.Load(id, Given.Ever))!.Version);
    }

    /// <summary>Passes bytes between client and server until told to swallow those of the connections that are open.</summary>
    sealed class SilentProxy : IDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly DnsEndPoint target;
        readonly List<TcpClient> open = [];
        CancellationTokenSource silence = new();

        public SilentProxy(DnsEndPoint target)
        {
            this.target = target;
            listener.Start();
            _ = Accept();
        }

        public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        public void Silence() => Interlocked.Exchange(ref silence, new CancellationTokenSource()).Cancel();

        async Task Accept()
        {
            try
            {
                while (true)
                {
                    var client = await listener.AcceptTcpClientAsync();
                    var upstream = new TcpClient();
                    await upstream.ConnectAsync(target.Host, target.Port);
                    lock (open) open.AddRange([client, upstream]);
                    var until = silence.Token;
                    _ = Pump(client, upstream, until);
                    _ = Pump(upstream, client, until);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException) { }   // the test is over
        }

        static async Task Pump(TcpClient from, TcpClient to, CancellationToken until)
        {
            try { await from.GetStream().CopyToAsync(to.GetStream(), until); }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException) { }
        }

        public void Dispose()
        {
            listener.Stop();
            lock (open) open.ForEach(client => client.Dispose());
        }
    }
}
