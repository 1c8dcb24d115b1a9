using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Countdown;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Sweep;
using Chimera.S4.Router.Venues;
using MassTransit;

namespace Chimera.S4.Router.Queries;

/// <summary>Tells what the last sweeps have found, whichever replica made them.</summary>
public sealed class GetReconciliationConsumer(SweepRecord record, Countdowns countdowns, IEnumerable<IVenue> venues, Answers answers) : IConsumer<GetReconciliation>
{
    public async Task Consume(ConsumeContext<GetReconciliation> context) =>
        await answers.Send(context, await record.Read(venues.Select(venue => Words.Of(venue.Market)), context.CancellationToken) with { DeadMan = await countdowns.Told(context.CancellationToken) });
}
