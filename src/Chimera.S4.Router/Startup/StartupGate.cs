namespace Chimera.S4.Router.Startup;

/// <summary>How far the start has come, for those who must wait for it.</summary>
public sealed class StartupGate
{
    readonly TaskCompletionSource busStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile string stage = "starting";

    /// <summary>What the start is waiting for, in words; <c>ready</c> once everything is up.</summary>
    public string Stage => stage;
    public bool IsReady => stage == Ready;
    public const string Ready = "ready";

    public Task BusStarted(CancellationToken cancel) => busStarted.Task.WaitAsync(cancel);
    public void MarkBusStarted() => busStarted.TrySetResult();
    public void Enter(string next) => stage = next;
}
