using Chimera.S4.Contracts;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Startup;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Gates;

/// <summary>Wakes every live order when the kill switch comes on, so that what rests is canceled at once. An order that misses it stops at its next event: nothing hangs on a message.</summary>
sealed class KillSwitchWatch(GateBoard board, IOrderStore store, BoundedSends sends, StartupGate gate, TimeProvider time, AlertBell bell, ILogger<KillSwitchWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    bool isOn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await gate.BusStarted(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookOnce(stoppingToken);
                await Task.Delay(Every, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    async Task LookOnce(CancellationToken cancel)
    {
        try
        {
            await Look(cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(failure, "Not every live order could be told of the kill switch; they will be");
        }
    }

    internal async Task Look(CancellationToken cancel)
    {
        var state = await board.Now(cancel);
        if (state.IsUnreadable || state.IsKilled == isOn) return;
        if (state.IsKilled)
        {
            bell.Raise(AlertCode.KillSwitch, "switch", "the kill switch is on: new exposure is denied, and what rested is canceled");
            log.LogWarning("The kill switch is on: live orders stop adding exposure");
            await foreach (var line in store.Live(cancel)) await sends.Send(Queues.OrdersExchange, new LookAgain { OrderId = line.Id }, cancel);
        }
        else log.LogWarning("The kill switch is off");
        isOn = state.IsKilled;
    }
}
