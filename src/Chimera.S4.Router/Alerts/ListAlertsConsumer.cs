using Chimera.S4.Contracts;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Stores;
using MassTransit;

namespace Chimera.S4.Router.Alerts;

/// <inheritdoc cref="Queries.ListResultsConsumer"/>
public sealed class ListAlertsConsumer(IAlertStore store, Answers answers) : IConsumer<ListAlerts>
{
    public async Task Consume(ConsumeContext<ListAlerts> context)
    {
        var asked = context.Message;
        var query = asked with { Limit = Math.Clamp(asked.Limit, 1, ResultsPosition.MaxLimit), After = asked.After is { } after && ResultsPosition.IsValid(after) ? after : null };
        await answers.Send(context, await store.Alerts(query, context.CancellationToken));
    }
}
