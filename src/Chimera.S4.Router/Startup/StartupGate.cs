namespace Chimera.S4.Router.Startup;

/// <summary>How far the start has come, for those who must wait for it.</summary>
public sealed class StartupGate
{
    readonly TaskCompletionSource busStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile string stage = "starting";
    volatile bool isStopping, isDeaf;

    /// <summary>What the start is waiting for, in words; <c>ready</c> once everything is up, <c>stopping</c> once it is to go down.</summary>
    public string Stage => isStopping ? "stopping" : stage;
    public bool IsReady => Stage == Ready;
    public bool IsStopping => isStopping;
    public bool HasBusStarted => busStarted.Task.IsCompleted;
    public const string Ready = "ready";

    public Task BusStarted(CancellationToken cancel) => busStarted.Task.WaitAsync(cancel);
    public void MarkBusStarted() => busStarted.TrySetResult();
    public void Enter(string next) => stage = next;

    /// <summary>The broker no longer brings anything to this process: what an orderly end would wait for does not come.</summary>
    public bool IsDeaf => isDeaf;
    public void GoDeaf() => isDeaf = true;

    /// <summary>Ready no more, whatever the start still comes to.</summary>
    public void Stop() => isStopping = true;
}
