using Chimera.S4.Router.MarketData;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Keeps one venue's user stream up, for ever: a session, a pause, the next session. What a session does is <see cref="UserStreamSession"/>.</summary>
sealed class UserStream(IUserStreamProtocol protocol, StreamHealth health, IUserStreamSink sink, MarketFacts facts, AccountReads account, TimeProvider time, ILogger log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var state = new UpDownLog(log, $"{protocol.Market} user stream");
        var backOff = new BackOff();
        while (!stoppingToken.IsCancellationRequested)
        {
            var session = new UserStreamSession(protocol, health, sink, facts, account, time, log);
            var (hold, born) = (TimeSpan.Zero, time.GetTimestamp());
            try
            {
                await session.Run(state.Up, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever it was, the stream has to come back.
            catch (Exception problem)
            {
                state.Down(problem.Message);
                if (problem is VenueRefusal { RetryAfter: { } told }) hold = told;
            }
            backOff.ResetIfLasted(time.GetElapsedTime(born));
            var pause = backOff.Next();
            await Task.Delay(hold > pause ? hold : pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
