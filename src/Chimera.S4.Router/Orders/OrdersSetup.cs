using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.Guard;
using Chimera.S4.Router.Journal;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Timers;
using Quartz;

namespace Chimera.S4.Router.Orders;

/// <summary>The saga, its commit, the hand-off of effects and the alarm clock.</summary>
public static class OrdersSetup
{
    static readonly TimeSpan TimersEvery = TimeSpan.FromMilliseconds(50), ReapEvery = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        var dispatch = new DispatchOptions();
        services.AddSingleton(dispatch);
        services.AddSingleton<OrderSteps>().AddSingleton<GateSight>().AddSingleton<OrderCommitWriter>().AddSingleton<ArmedGuards>();
        services.AddSingleton<EffectLanes>().AddSingleton<EffectDispatcher>().AddSingleton<RecordWriter>().AddSingleton<RecordReceiver>().AddSingleton<MarkoutReceiver>().AddSingleton<ReplyReceiver>().AddSingleton<EndIntentReceiver>().AddSingleton<FindExitsReceiver>().AddSingleton<GiveWayReceiver>();
        services.AddHostedService<LaneWorkers>();
        services.AddQuartz(quartz =>
        {
            Every<OutboxSweepJob>(quartz, dispatch.SweepEvery);
            Every<TimerJob>(quartz, TimersEvery);
            Every<TimerReapJob>(quartz, ReapEvery);
        });
        return services.AddQuartzHostedService();
    }

    static void Every<TJob>(IQuartzBuilder quartz, TimeSpan interval) where TJob : class, IJob =>
        quartz.ScheduleJob<TJob>(trigger => trigger.WithIdentity(typeof(TJob).Name).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()));
}
