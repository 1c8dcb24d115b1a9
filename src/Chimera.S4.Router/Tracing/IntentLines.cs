using MassTransit;

namespace Chimera.S4.Router.Tracing;

/// <summary>Every line that is written while a message about an order is handled names it; what gave the message up is said once more, since MassTransit says it where nobody knows the order any more.</summary>
sealed class IntentLines<T>(ILogger<IntentLines<T>> log) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (OrderOf.Message(context.Message) is not { } order)
        {
            await next.Send(context);
            return;
        }
        using var lines = Lines.About(log, order);
        try
        {
            await next.Send(context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            log.LogError(failure, "{Message} could not be handled", typeof(T).Name);
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("intent-lines");
}

static class Lines
{
    /// <summary>Until it is disposed, lines of this flow carry the order; <see cref="IntentEnricher"/> adds its intent.</summary>
    public static IDisposable? About(ILogger log, Subject of)
    {
        List<KeyValuePair<string, object?>> told = [new("OrderId", of.Id)];
        if (of.IntentId is not null) told.Add(new("IntentId", of.IntentId));
        if (of.ClientOrderId is not null) told.Add(new("ClientOrderId", of.ClientOrderId));
        return log.BeginScope(told);
    }
}
