namespace Chimera.S4.Router.Venues.Binance;

/// <summary>
/// Keeps one venue's user stream up, for ever: a session, a pause, the next session. A session that knows its end to be near (24 h, serverShutdown) is relieved: it goes on until the next one is
/// whole, so that nothing falls between them. What a session does is <see cref="UserStreamSession"/>.
/// </summary>
sealed class UserStream(Func<UserStreamSession> begin, string name, TimeProvider time, ILogger log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var state = new UpDownLog(log, name);
        var backOff = new BackOff();
        UserStreamSession? elder = null;
        var elderRun = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (session, born) = (begin(), time.GetTimestamp());
            var run = Run(session, state, stoppingToken);
            await Task.WhenAny(run, session.Whole);
            if (session.Whole.IsCompleted)
            {
                state.Up();
                elder?.Retire();
                elder = null;
                await Task.WhenAny(run, session.WantsRelief);
                if (!run.IsCompleted)
                {
                    (elder, elderRun) = (session, run);
                    backOff.ResetIfLasted(time.GetElapsedTime(born));
                    continue;
                }
            }
            var hold = await run;
            backOff.ResetIfLasted(time.GetElapsedTime(born));
            var pause = backOff.Next();
            await Task.Delay(hold > pause ? hold : pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await elderRun;
    }

    /// <summary>Returns how long the venue wants to be left alone.</summary>
    static async Task<TimeSpan> Run(UserStreamSession session, UpDownLog state, CancellationToken stop)
    {
        try
        {
            await session.Run(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        // Whatever it was, the stream has to come back.
        catch (Exception problem)
        {
            state.Down(problem.Message);
            if (problem is VenueRefusal { RetryAfter: { } told }) return told;
        }
        return TimeSpan.Zero;
    }
}
