using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

/// <summary>Stands in for the router on the queues that the adapter talks to. What it is not told to answer, it leaves unanswered.</summary>
sealed class FakeRouter
{
    public Func<ConsumeContext<OrderIntent>, Task> OnIntent { get; init; } = Silence;
    public Func<ConsumeContext<CancelRequest>, Task> OnCancel { get; init; } = Silence;
    public Func<ConsumeContext<GetIntent>, Task> OnGet { get; init; } = context => context.RespondAsync(new IntentNotFound { IntentId = context.Message.IntentId });
    public Func<ConsumeContext<GetIntentChart>, Task> OnChart { get; init; } = context => context.RespondAsync(new IntentNotFound { IntentId = context.Message.IntentId });
    public Func<ConsumeContext<ListIntents>, Task> OnList { get; init; } = Silence;
    public Func<ConsumeContext<ListResults>, Task> OnResults { get; init; } = Silence;
    public Func<ConsumeContext<SetKillSwitch>, Task> OnKillSwitch { get; init; } = Silence;
    public Func<ConsumeContext<CancelAll>, Task> OnCancelAll { get; init; } = Silence;
    public Func<ConsumeContext<ResolveIntent>, Task> OnResolve { get; init; } = Silence;
    public Func<ConsumeContext<GetGates>, Task> OnGates { get; init; } = context => context.RespondAsync(new GatesView { KillSwitch = "OFF", Breakers = [] });
    public Func<ConsumeContext<GetQueues>, Task> OnQueues { get; init; } = context => context.RespondAsync(new QueuesView { Bus = "MEMORY", Queues = [] });
    public Func<ConsumeContext<ListAlerts>, Task> OnAlerts { get; init; } = context => context.RespondAsync(new AlertsPage { Items = [] });
    public Func<ConsumeContext<GetHealth>, Task> OnHealth { get; init; } = Silence;

    public void Listen(IInMemoryBusFactoryConfigurator bus)
    {
        bus.ReceiveEndpoint("s4-intents", endpoint =>
        {
            endpoint.Handler<OrderIntent>(context => OnIntent(context));
            endpoint.Handler<CancelRequest>(context => OnCancel(context));
        });
        bus.ReceiveEndpoint("s4-queries", endpoint =>
        {
            endpoint.Handler<GetIntent>(context => OnGet(context));
            endpoint.Handler<GetIntentChart>(context => OnChart(context));
            endpoint.Handler<GetGates>(context => OnGates(context));
            endpoint.Handler<GetQueues>(context => OnQueues(context));
            endpoint.Handler<ListAlerts>(context => OnAlerts(context));
            endpoint.Handler<ListIntents>(context => OnList(context));
            endpoint.Handler<ListResults>(context => OnResults(context));
            endpoint.Handler<SetKillSwitch>(context => OnKillSwitch(context));
            endpoint.Handler<CancelAll>(context => OnCancelAll(context));
            endpoint.Handler<ResolveIntent>(context => OnResolve(context));
            endpoint.Handler<GetHealth>(context => OnHealth(context));
        });
    }

    public static OrderResult Result(string id, string status, bool final = false) => new() { IntentId = id, Status = status, Final = final };

    public static IntentView View(string id, string status) => new()
    {
        Result = Result(id, status),
        Intent = Summary(id, status),
        Timeline = [new TimelineEntry { At = DateTimeOffset.UnixEpoch, What = "ACCEPTED" }],
    };

    public static IntentSummary Summary(string id, string status) => new()
    {
        IntentId = id, Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Type = "LIMIT", Status = status, Qty = 0.015m, FilledQty = 0m,
        CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Final = false,
    };

    static Task Silence<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;
}
