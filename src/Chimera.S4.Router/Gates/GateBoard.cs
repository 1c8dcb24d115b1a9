using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Gates;

/// <summary>How the shared gates stand, as the store tells. A store that does not answer means: no new exposure.</summary>
public sealed class GateBoard(IGateStore store, GateLimits limits, BreakerOptions breaker, TimeProvider clock)
{
    static readonly TimeSpan Age = TimeSpan.FromMilliseconds(250);
    volatile Known latest = new(GateState.Unreadable, DateTimeOffset.MinValue);

    sealed record Known(GateState State, DateTimeOffset At);

    /// <summary>As stored at this instant.</summary>
    public async Task<GateState> Now(CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        var state = await Read(cancel);
        latest = new Known(state, at);
        return state;
    }

    /// <summary>As stored a quarter of a second ago at most.</summary>
    public ValueTask<GateState> Lately(CancellationToken cancel) => latest is { } known && clock.GetUtcNow() - known.At < Age ? new(known.State) : new(Now(cancel));

    /// <summary>False: there are as many new intents within a minute as may be. Throws where the store does not answer, and the intent waits for it.</summary>
    public Task<bool> TakeOrderSlot(Guid orderId, CancellationToken cancel) => store.TakeOrderSlot(orderId, limits.OrdersPerMinute, cancel);

    async Task<GateState> Read(CancellationToken cancel)
    {
        try
        {
            var read = await store.Read(cancel);
            var (spot, fut) = (Of(read, Market.Spot), Of(read, Market.Fut));
            return new GateState
            {
                IsKilled = GateState.IsOn(read.KillSwitch), Spot = spot.State, Fut = fut.State, SpotProbesIn = spot.ProbesIn(read.Now, breaker), FutProbesIn = fut.ProbesIn(read.Now, breaker),
            };
        }
        catch (StoreUnavailableException)
        {
            return GateState.Unreadable;
        }
        catch (JsonException)
        {
            return GateState.Unreadable;
        }
    }

    Breaker Of(GateReading read, Market market) => BreakerDocument.Read(read.Of(market))?.At(read.Now, breaker) ?? Breaker.New(read.Now);
}
