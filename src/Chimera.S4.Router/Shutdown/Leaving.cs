namespace Chimera.S4.Router.Shutdown;

/// <summary>How far the end of this process has come, for those who have to act otherwise on the way there.</summary>
public sealed class Leaving
{
    volatile bool isWithdrawing, takesNothing;

    /// <summary>No other replica is there: what is decided from now on withdraws makers and enters nothing.</summary>
    public bool IsWithdrawing => isWithdrawing;

    /// <summary>Neither timers nor effects that others left behind are taken up any more.</summary>
    public bool TakesNothing => takesNothing;

    public void Withdraw() => isWithdrawing = true;

    /// <summary>Another replica has come, and the makers are its own now.</summary>
    public void StopWithdrawing() => isWithdrawing = false;

    public void TakeNothing() => takesNothing = true;
}
