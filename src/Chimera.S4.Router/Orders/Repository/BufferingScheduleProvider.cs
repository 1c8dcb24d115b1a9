using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Timers;
using MassTransit;
using MassTransit.Scheduling;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>Schedules by noting: timers are written by the commit and by nothing else.</summary>
sealed class BufferingScheduleProvider(CommitBuffer buffer) : IScheduleMessageProvider
{
    public Task<ScheduledMessage<T>> ScheduleSend<T>(Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var token = ScheduleTokenIdCache<T>.GetTokenId(message);
        buffer.Arm.Add(new NewTimer(token, new DateTimeOffset(scheduledTime, TimeSpan.Zero), TimerBody.Write(message)));
        return Task.FromResult<ScheduledMessage<T>>(new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message));
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        buffer.Disarm.Add(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) => CancelScheduledSend(tokenId, cancellationToken);
}
