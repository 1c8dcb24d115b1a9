using MassTransit;

namespace Chimera.S4.HttpAdapter.Bus;

/// <summary>A message that has been handed over, and the answer to come.</summary>
sealed class PendingReply<TReply>(RequestHandle request, Task<Response<TReply>> response, TimeProvider clock) : IDisposable
    where TReply : class
{
    public Task Arrived => response;

    /// <summary>The answer; null where none has come in time. May be asked again.</summary>
    /// <param name="stopping">This process is about to end: the time is over.</param>
    /// <exception cref="RouterUnreachableException">The router gave the message up.</exception>
    public async Task<TReply?> Within(TimeSpan wait, CancellationToken cancellation, CancellationToken stopping = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        try
        {
            return (await response.WaitAsync(wait, clock, either.Token)).Message;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellation.IsCancellationRequested && !response.IsCompleted)
        {
            return null;
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (RequestException failure)
        {
            throw RouterUnreachableException.Because(failure);
        }
    }

    public void Dispose()
    {
        _ = response.ContinueWith(late => late.Exception, TaskScheduler.Default);     // nobody waits any more: an error is nobody's
        request.Dispose();
    }
}
