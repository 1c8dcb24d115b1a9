using System.Threading.Channels;
using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// One connection of a user stream: connect, subscribe, buffer, reconcile, apply the buffer, be whole, hand on event by event. The streams have no sequence numbers: what a gap swallowed is
/// gone, so each connection begins with a reconciliation, and events heard meanwhile wait until it is done.
/// </summary>
/// <remarks>A session is self-contained, so that a second one can be whole before the first is given up.</remarks>
sealed class UserStreamSession(
    IUserStreamProtocol protocol, StreamHealth health, StreamGuard guard, IUserStreamSink sink, MarketFacts facts, AccountReads account, TimeProvider time, ILogger log)
{
    sealed record Item(StreamEvent Event, long ReceivedAt);

    const int MaxBuffered = 100_000, AtOnce = 64;

    /// <summary>Binance cuts at 24 h.</summary>
    static readonly TimeSpan MaxAge = TimeSpan.FromHours(23), SubscribeWithin = TimeSpan.FromSeconds(10);

    /// <summary>A flat position says nothing of an exit that was placed about then, by clocks that are not the same: a little later it is looked at once more.</summary>
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);

    readonly Channel<Item> heard = Channel.CreateBounded<Item>(new BoundedChannelOptions(MaxBuffered) { SingleReader = true, SingleWriter = true });
    readonly TaskCompletionSource subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously), whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource relief = new(TaskCreationOptions.RunContinuationsAsynchronously), retired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something was told to be flat since the last look.</summary>
    readonly Channel<bool> toldFlat = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Events that nobody knows and that have been warned of.</summary>
    readonly HashSet<string> warned = [];

    /// <summary>Completes when the session is whole.</summary>
    public Task Whole => whole.Task;

    /// <summary>Completes when another session should take over from this one, which goes on meanwhile.</summary>
    public Task WantsRelief => relief.Task;

    /// <summary>Another session is whole: this one may end.</summary>
    public void Retire() => retired.TrySetResult();

    /// <summary>Returns when it was retired, throws when the connection has ended otherwise; in both cases all that was heard on it has been handed on.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var socket = await TextSocket.Connect(await protocol.Address(stop), time, stop);
        VenueMeter.Connected($"{protocol.Market} user");
        using var age = new CancellationTokenSource(MaxAge, time);
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var old = age.Token.Register(() => relief.TrySetResult());
        var connection = health.Begin();
        var pump = Pump(socket, connection, alive);
        var upkeep = Task.WhenAll(WhileAlive(protocol.KeepAlive, alive), WhileAlive(cancel => retired.Task.WaitAsync(cancel), alive));
        var guarding = Task.CompletedTask;
        var listening = false;
        try
        {
            await Subscribe(socket, alive.Token);
            guard.Watch.Begin();
            listening = true;
            var held = await account.Holdings(alive.Token);
            await sink.Reconcile(protocol.Market, alive.Token);
            if (protocol.Market is Market.Fut)
            {
                await sink.Flat(symbol => facts.Position(symbol) is 0, held, alive.Token);
                toldFlat.Writer.TryWrite(true);
            }
            for (var buffered = heard.Reader.Count; buffered > 0 && heard.Reader.TryRead(out var item); buffered--) await Take(item, connection, stop);
            if (!alive.IsCancellationRequested)
            {
                health.Reconciled(connection);
                whole.TrySetResult();
                guarding = Task.WhenAll(WhileAlive(guard.Run, alive), WhileAlive(LookAgain, alive));
            }
            while (await heard.Reader.WaitToReadAsync(stop)) await TakeWaiting(connection, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The connection ended while it was being set up; why is what the pump or the upkeep says.
        }
        finally
        {
            await alive.CancelAsync();
            await Task.WhenAll(pump, upkeep, guarding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            health.End(connection);
            if (listening) guard.Watch.End();
        }
        if (retired.Task.IsCompleted) return;
        await upkeep;
        await guarding;
        await pump;
        throw new VenueRefusal("the venue closed the connection");
    }

    async Task Subscribe(TextSocket socket, CancellationToken cancel)
    {
        if (protocol.Hello() is not { } hello) return;
        await socket.Send(hello, cancel);
        await subscribed.Task.WaitAsync(SubscribeWithin, time, cancel);
    }

    /// <summary>Reads the socket into the buffer. The moment it ends the stream is no longer whole, whatever still waits in the buffer.</summary>
    async Task Pump(TextSocket socket, object connection, CancellationTokenSource alive)
    {
        await Task.Yield();
        try
        {
            while (await socket.Receive(alive.Token) is { } message)
            {
                switch (protocol.Read(message))
                {
                    case PassedOver passed: Note(passed); break;
                    case Subscribed: subscribed.TrySetResult(); break;
                    case Ending when whole.Task.IsCompleted: relief.TrySetResult(); break;
                    case Ending ending: throw new VenueRefusal(ending.Why);
                    case Ended ended: throw new VenueRefusal(ended.Why, ended.RetryAfter);
                    case Several several:
                        foreach (var @event in several.Events) Buffer(@event);
                        break;
                    case var @event: Buffer(@event); break;
                }
            }
        }
        catch (OperationCanceledException) { }
        finally
        {
            health.End(connection);
            heard.Writer.TryComplete();
            await alive.CancelAsync();
        }
    }

    /// <summary>One warning per connection and kind: a flood of them would hide the rest.</summary>
    void Note(PassedOver passed)
    {
        VenueMeter.PassedOver(protocol.Market, passed.Event, passed.IsKnown);
        var level = passed.IsKnown || !warned.Add(passed.Event ?? "") ? LogLevel.Debug : LogLevel.Warning;
        log.Log(level, "The {Market} user stream said something the router has no use for: {Raw}", protocol.Market, passed.Raw);
    }

    void Buffer(StreamEvent @event)
    {
        if (@event is OrderHeard told) guard.Watch.Heard(told.Order);
        if (@event is AlgoHeard set) guard.Watch.Heard(set.Algo.AsWatched());
        if (!heard.Writer.TryWrite(new(@event, time.GetTimestamp()))) throw new VenueRefusal($"{MaxBuffered} events wait to be taken");
    }

    /// <summary>Runs beside the connection; when it ends, or fails, the connection is given up.</summary>
    static async Task WhileAlive(Func<CancellationToken, Task> run, CancellationTokenSource alive)
    {
        await Task.Yield();
        try
        {
            await run(alive.Token);
        }
        catch (OperationCanceledException) when (alive.IsCancellationRequested) { }
        finally
        {
            await alive.CancelAsync();
        }
    }

    /// <summary>Takes what waits: of orders a number at a time, each in its own line, since one confirm after the other would be slower than a busy account trades.</summary>
    async Task TakeWaiting(object connection, CancellationToken stop)
    {
        var orders = new List<VenueOrderState>();
        long? since = null;
        while (orders.Count < AtOnce && heard.Reader.TryPeek(out var next) && next.Event is OrderHeard or BalancesHeard && heard.Reader.TryRead(out var item))
        {
            health.Waiting(connection, since ??= item.ReceivedAt);
            if (item.Event is OrderHeard told) orders.Add(told.Order);
            else await Take(item.Event, stop);
        }
        if (orders.Count == 0 && heard.Reader.TryRead(out var other)) await Take(other, connection, stop);
        await Task.WhenAll(orders.GroupBy(order => (order.Symbol, order.ClientOrderId)).Select(same => HandOn(Together(same), stop)));
        health.Waiting(connection, heard.Reader.TryPeek(out var waits) ? waits.ReceivedAt : null);
    }

    async Task HandOn(List<VenueOrderState> line, CancellationToken stop)
    {
        foreach (var order in line) await HandOn(order.ClientOrderId, cancel => sink.Heard(protocol.Market, order, cancel), stop);
    }

    static List<VenueOrderState> Together(IEnumerable<VenueOrderState> line)
    {
        var told = new List<VenueOrderState>();
        foreach (var order in line)
        {
            if (told is [.., var last] && last.With(order) is { } both) told[^1] = both;
            else told.Add(order);
        }
        return told;
    }

    /// <summary>Hands one event on, until it has been taken: an event that was heard is not forgotten because its taker was away.</summary>
    async Task Take(Item item, object connection, CancellationToken stop)
    {
        health.Waiting(connection, item.ReceivedAt);
        await Take(item.Event, stop);
        health.Waiting(connection, heard.Reader.TryPeek(out var next) ? next.ReceivedAt : null);
    }

    async Task Take(StreamEvent @event, CancellationToken stop)
    {
        switch (@event)
        {
            case OrderHeard told: await HandOn([told.Order], stop); break;
            case AlgoHeard told: await HandOn(told.Algo.ClientAlgoId, cancel => sink.Heard(protocol.Market, told.Algo, cancel), stop); break;
            case BalancesHeard balances: facts.SetBalances(balances.Balances, balances.At, isAll: false); break;
            case PositionsHeard positions: await TakePositions(positions, stop); break;
        }
    }

    async Task TakePositions(PositionsHeard positions, CancellationToken stop)
    {
        facts.SetPositions(positions.Positions, positions.At, isAll: false);
        var flat = positions.Positions.Where(position => position.Amount == 0).Select(position => position.Symbol).ToHashSet();
        if (flat.Count == 0) return;
        await HandOn(string.Join(' ', flat), cancel => sink.Flat(flat.Contains, positions.At, cancel), stop);
        toldFlat.Writer.TryWrite(true);
    }

    async Task LookAgain(CancellationToken stop)
    {
        await foreach (var _ in toldFlat.Reader.ReadAllAsync(stop))
        {
            await Task.Delay(LookAgainAfter, time, stop);
            try
            {
                var held = await account.Holdings(stop);
                await sink.Flat(symbol => facts.Position(symbol) is 0, held, stop);
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(problem, "Whether positions are still flat could not be looked at or told; trying again");
                toldFlat.Writer.TryWrite(true);
            }
        }
    }

    async Task HandOn(string clientOrderId, Func<CancellationToken, Task> hand, CancellationToken stop)
    {
        var backOff = new BackOff();
        while (true)
        {
            try
            {
                await hand(stop);
                return;
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(problem, "An event of order {ClientOrderId} was not taken; trying again", clientOrderId);
                await Task.Delay(backOff.Next(), time, stop);
            }
        }
    }
}
