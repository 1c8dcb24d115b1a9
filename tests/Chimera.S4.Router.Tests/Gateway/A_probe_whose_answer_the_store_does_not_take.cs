using System.Diagnostics.Metrics;
using Chimera.S4.Orders;
using Chimera.S4.Router.Alerts;
using Chimera.S4.Router.Gates;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Ops;
using Chimera.S4.Router.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chimera.S4.Router.Tests.Gateway;

public class A_probe_whose_answer_the_store_does_not_take
{
    [Fact]
    public async Task Is_counted_and_holds_nobody_up()
    {
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = meters.GetRequiredService<IMeterFactory>();
        using var measured = new Measured(factory);
        var (metrics, options) = (new RouterMetrics(factory), new BreakerOptions());
        var away = Stub<IGateStore>.Of((_, _) => throw new StoreUnavailableException("away", new TimeoutException()));
        var gates = new SendGates(new GateBoard(away, new GateLimits(), options, TimeProvider.System), new SharedBreaker(away, options, metrics, new AlertBell(metrics), NullLogger<SharedBreaker>.Instance), metrics);

        await gates.Probed(Market.Spot, ScriptedVenue.Answer(VenueOutcome.Unknown), CancellationToken.None);

        Assert.Equal(1, measured["s4.breaker.probes_lost"]);
    }
}
