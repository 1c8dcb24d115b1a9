using Chimera.S4.Contracts;
using Chimera.S4.Orders;
using Chimera.S4.Router.Intake;
using MassTransit;

namespace Chimera.S4.Router.Orders;

/// <summary>Which message moves an order from which state. What it does about it is decided by <see cref="OrderDecider"/>; one verb joins the two.</summary>
public sealed class OrderStateMachine : MassTransitStateMachine<OrderSaga>
{
    public State PendingNew { get; private set; } = null!;
    public State Unknown { get; private set; } = null!;
    public State Armed { get; private set; } = null!;
    public State Working { get; private set; } = null!;
    public State PartiallyFilled { get; private set; } = null!;
    public State PendingCancel { get; private set; } = null!;
    public State Filled { get; private set; } = null!;
    public State Closed { get; private set; } = null!;
    public State Canceled { get; private set; } = null!;
    public State Rejected { get; private set; } = null!;
    public State Expired { get; private set; } = null!;

    public Event<OrderIntent> IntentReceived { get; private set; } = null!;
    public Event<VenueReport> VenueReported { get; private set; } = null!;
    public Event<CancelOrder> CancelRequested { get; private set; } = null!;
    public Event<PriceReached> PriceSeen { get; private set; } = null!;
    public Event<LookAgain> LookAsked { get; private set; } = null!;
    public Event<PositionFlat> FlatSeen { get; private set; } = null!;
    public Event<CancelReply> ReplacedEnded { get; private set; } = null!;
    public Event<ExitsFound> ExitsHeard { get; private set; } = null!;
    public Event<GiveWay> WayAsked { get; private set; } = null!;
    public Schedule<OrderSaga, ProbeDue> ProbeTimer { get; private set; } = null!;
    public Schedule<OrderSaga, PolicyDue> PolicyTimer { get; private set; } = null!;

    internal OrderSteps Steps { get; }

    public OrderStateMachine(OrderSteps steps)
    {
        Steps = steps;
        InstanceState(saga => saga.CurrentState);
        Event(() => IntentReceived, intent => intent.CorrelateById(context => IntentReader.OrderIdOf(context.Message)));
        Event(() => VenueReported, report => { report.CorrelateById(context => context.Message.OrderId); report.OnMissingInstance(steps.NoSuchOrder); });
        Event(() => CancelRequested, cancel => { cancel.CorrelateById(context => context.Message.OrderId); cancel.OnMissingInstance(steps.NothingToCancel); });
        Event(() => PriceSeen, price => { price.CorrelateById(context => context.Message.OrderId); price.OnMissingInstance(missing => missing.Discard()); });
        Event(() => LookAsked, look => { look.CorrelateById(context => context.Message.OrderId); look.OnMissingInstance(missing => missing.Discard()); });
        Event(() => FlatSeen, flat => { flat.CorrelateById(context => context.Message.OrderId); flat.OnMissingInstance(missing => missing.Discard()); });
        Event(() => ReplacedEnded, ended => { ended.CorrelateById(context => context.RequestId ?? Guid.Empty); ended.OnMissingInstance(missing => missing.Discard()); });
        Event(() => ExitsHeard, exits => { exits.CorrelateById(context => context.Message.OrderId); exits.OnMissingInstance(missing => missing.Discard()); });
        Event(() => WayAsked, way => { way.CorrelateById(context => context.Message.OrderId); way.OnMissingInstance(missing => missing.Discard()); });
        Schedule(() => ProbeTimer, saga => saga.ProbeToken, timer => timer.Received = due =>
        {
            due.CorrelateById(context => context.Message.OrderId);
            due.OnMissingInstance(steps.OrphanTimer);
        });
        Schedule(() => PolicyTimer, saga => saga.PolicyToken, timer => timer.Received = due =>
        {
            due.CorrelateById(context => context.Message.OrderId);
            due.OnMissingInstance(steps.OrphanTimer);
        });

        Initially(
            When(IntentReceived).Step(steps.Open, this));
        During([PendingNew, Unknown,                         // to be sent, or sent; whether it exists is the placement's business, and a cancel waits for that
                Armed, Working, PartiallyFilled, PendingCancel, // alive at the venue, or between two orders; of one that has ended fills may be missing
                Filled, Canceled, Expired],                  // ended; looked at until every fill is proven
            When(IntentReceived).Step(steps.IntentAgain, this),
            When(VenueReported).Step(steps.Reported, this),
            When(CancelRequested).Step(steps.Cancel, this),
            When(ReplacedEnded).Step(steps.Replaced, this),
            When(PolicyTimer.Received).Step(steps.Wake, this),
            When(PriceSeen).Step(steps.PriceReached, this),
            When(LookAsked).Step(steps.Look, this),
            When(FlatSeen).Step(steps.Flat, this),
            When(ExitsHeard).Step(steps.ExitsFound, this),
            When(WayAsked).Step(steps.GiveWay, this),
            When(ProbeTimer.Received).Step(steps.Probe, this));
        During([Closed, Rejected],                          // ended and proven; a late fill is a correction, a repeated intent the same answer
            When(IntentReceived).Step(steps.IntentAgain, this),
            When(VenueReported).Step(steps.Reported, this),
            When(CancelRequested).Step(steps.Cancel, this),
            When(ReplacedEnded).Step(steps.Replaced, this),
            When(ExitsHeard).Step(steps.ExitsFound, this),  // what was closed is told of when it is over
            Ignore(WayAsked),
            Ignore(PolicyTimer.Received),
            Ignore(PriceSeen),
            Ignore(LookAsked),
            Ignore(FlatSeen),
            Ignore(ProbeTimer.Received));
    }
}
