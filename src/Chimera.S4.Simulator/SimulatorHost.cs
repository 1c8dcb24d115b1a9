using Chimera.S4.Simulator.Admin;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;
using Chimera.S4.Simulator.Futures;
using Chimera.S4.Simulator.Gateway;
using Chimera.S4.Simulator.Limits;
using Chimera.S4.Simulator.Persistence;
using Chimera.S4.Simulator.Security;
using Chimera.S4.Simulator.Spot;
using Chimera.S4.Simulator.Streams;
using Chimera.S4.Simulator.Tape;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Chimera.S4.Simulator;

/// <summary>A running simulator: spot, futures and the admin surface on one port. In process for paper mode, or behind <c>Program</c>.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Journal? _journal;
    private readonly CancellationTokenSource _stopping;
    private readonly Task _ticking;

    private SimulatorHost(WebApplication app, Journal? journal, CancellationTokenSource stopping, Task ticking)
    {
        (_app, _journal, _stopping, _ticking) = (app, journal, stopping, ticking);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens, with the port it got.</summary>
    public Uri Address { get; }

    /// <exception cref="IOException">The address is taken, or the data file is in use.</exception>
    /// <exception cref="InvalidDataException">The data file is damaged before its last line.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellation = default)
    {
        var journal = options.DataFile is { } path ? new Journal(path) : null;
        var stopping = new CancellationTokenSource();
        try
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls(options.Urls);
            builder.Services.AddRoutingCore();
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
            var app = builder.Build();
            app.UseWebSockets();
            app.UseRouting();
            var ticker = Compose(app, options, journal, stopping.Token);
            await app.StartAsync(cancellation);
            return new SimulatorHost(app, journal, stopping, ticker.Run(stopping.Token));
        }
        catch
        {
            journal?.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        // First the sockets and the ticker: a server waits for its open connections.
        await _stopping.CancelAsync();
        await _ticking;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _journal?.Dispose();
        _stopping.Dispose();
    }

    private static MarketTicker Compose(WebApplication app, SimulatorOptions options, Journal? journal, CancellationToken stopping)
    {
        var faults = new FaultBook(options.Seed);
        var rejects = new RejectLog();
        var arrivals = new ArrivalLog();
        var gate = new RequestGate(options.RsaPublicKey is { } pem
            ? [new HmacCredentials(options.ApiKey, options.ApiSecret), new RsaCredentials(options.RsaApiKey, pem)]
            : [new HmacCredentials(options.ApiKey, options.ApiSecret)]);
        var sockets = new SocketHost(options, stopping);

        var spotClock = new VenueClock(options.Time);
        var spotLimits = new VenueLimits(Venue.Spot, spotClock, options);
        var spotStream = new SpotUserStream(faults, options.Time);
        var spot = new SpotExchange(options, spotClock, journal, spotStream) { FirstFill = spotLimits.FirstFill };
        var spotFeeds = new MarketFeeds(Venue.Spot, new SpotMarketWire(), faults);

        var futuresClock = new VenueClock(options.Time);
        var futuresLimits = new VenueLimits(Venue.Fut, futuresClock, options);
        var listenKeys = new ListenKeys(options, futuresClock);
        var futuresStream = new FuturesUserStream(faults, listenKeys, futuresClock);
        var futures = new FuturesExchange(options, futuresClock, journal, futuresStream);
        var futuresFeeds = new MarketFeeds(Venue.Fut, new FuturesMarketWire(), faults);

        spot.Fault = kind => faults.Striking(kind, Venue.Spot, "");
        futures.Fault = kind => faults.Striking(kind, Venue.Fut, "");

        foreach (var line in journal?.Replay() ?? []) (line.Venue is Venue.Spot ? (Exchange)spot : futures).Restore(line);
        spot.Open();
        futures.Open();
        var tape = new TapePlayer(options.TapeFile is { } file ? TapeRow.Read(file) : [],
            new Dictionary<Venue, Exchange> { [Venue.Spot] = spot, [Venue.Fut] = futures }, options.Time, options.TapeByHand);
        tape.TakeOver();
        spot.MarketMoved = market => spotFeeds.Moved(market, spotClock.Now);
        futures.MarketMoved = market => futuresFeeds.Moved(market, futuresClock.Now);

        new RequestPipeline(Venue.Spot, spotClock, gate, spotLimits, faults, rejects, arrivals)
            .Map(app, [.. new SpotTrading(spot).Operations, .. new SpotLists(spot).Operations,
                .. new SpotReplacement(spot, spotLimits).Operations, .. new SpotInfo(spot, spotLimits).Operations]);
        var futuresTrading = new FuturesTrading(futures);
        new RequestPipeline(Venue.Fut, futuresClock, gate, futuresLimits, faults, rejects, arrivals).Map(app,
        [
            .. futuresTrading.Operations, .. new FuturesAlgos(futures).Operations, .. new FuturesBatches(futures, futuresTrading).Operations,
            .. new FuturesSettings(futures, listenKeys).Operations,
            .. new FuturesInfo(futures, futuresLimits).Operations, .. new FuturesAccountInfo(futures).Operations,
        ]);
        new SpotWsApi(gate, spotLimits, spotClock, spotStream, rejects).Map(app, sockets);
        futuresStream.Map(app, sockets);
        MarketSocket.Map(app, sockets, spotFeeds, futuresFeeds);

        var admin = app.MapAdmin();
        new LedgerAdmin([spot, futures], rejects).Map(admin);
        new MarketAdmin([spot, futures]).Map(admin);
        new FaultAdmin(faults, new Dictionary<Venue, VenueClock> { [Venue.Spot] = spotClock, [Venue.Fut] = futuresClock }, Act).Map(admin);
        tape.Map(admin);
        arrivals.Map(admin);
        admin.MapPost("/reset", Reset);

        return new MarketTicker(options, (spot, now => spotFeeds.Beat(spot.Markets, now)), (futures, now =>
        {
            futuresFeeds.Beat(futures.Markets, now);
            futuresStream.ExpireKey();
            tape.Tick();
        }));

        void Act(FaultRule rule)
        {
            if (rule.Kind is "disconnect-streams") sockets.DisconnectAll(venue => FaultBook.IsAt(rule, venue));
            else if (rule.Kind is "expire-listen-key") futuresStream.ExpireKey(now: true);
            else spotStream.AnnounceShutdown(spotClock.Now);
        }

        AdminResult Reset()
        {
            faults.Remove(null);
            rejects.Clear();
            arrivals.Clear();
            foreach (var clock in (VenueClock[])[spotClock, futuresClock]) clock.SkewMs = 0;
            foreach (var limits in (VenueLimits[])[spotLimits, futuresLimits]) limits.Reset();
            spot.Reset();
            futures.Reset();
            tape.Rewind();
            return new AdminResult(200, Reply.Empty.Body);
        }
    }
}
