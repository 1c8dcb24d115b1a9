using System.Text;
using Chimera.S4.Orders;
using Chimera.S4.Router.Orders;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.Orders;

public sealed class The_order_machine
{
    // Steps are bound, not run, when a machine is built.
    readonly OrderStateMachine machine = new(new OrderSteps(null!, null!, null!, null!, null!, null!, null!, null!));

    [Fact]
    public void Has_the_statuses_of_an_order_as_its_states_and_no_others()
    {
        var states = machine.States.Select(state => state.Name).Except(["Initial", "Final"]).Order();
        Assert.Equal(Enum.GetNames<OrderStatus>().Order(), states);
    }

    [Fact]
    public void Answers_every_event_in_every_state()
    {
        const string Expected = """
                            IntentReceived  VenueReported  CancelRequested  ReplacedEnded  ProbeTimer  PolicyTimer  PriceSeen  LookAsked  FlatSeen  ExitsHeard  WayAsked
            Initial         handled         -              -                -              -           -            -          -          -         -           -
            PendingNew      handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            Unknown         handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            Armed           handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            Working         handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            PartiallyFilled handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            PendingCancel   handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            Filled          handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            Closed          handled         handled        handled          handled        ignored     ignored      ignored    ignored    ignored   handled     ignored
            Canceled        handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            Rejected        handled         handled        handled          handled        ignored     ignored      ignored    ignored    ignored   handled     ignored
            Expired         handled         handled        handled          handled        handled     handled      handled    handled    handled   handled     handled
            """;
        var handled = Handlers();
        Event[] events = [machine.IntentReceived, machine.VenueReported, machine.CancelRequested, machine.ReplacedEnded, machine.ProbeTimer.Received, machine.PolicyTimer.Received, machine.PriceSeen, machine.LookAsked, machine.FlatSeen, machine.ExitsHeard, machine.WayAsked];
        var table = new StringBuilder($"{"",-16}IntentReceived  VenueReported  CancelRequested  ReplacedEnded  ProbeTimer  PolicyTimer  PriceSeen  LookAsked  FlatSeen  ExitsHeard  WayAsked");
        foreach (var status in Enum.GetNames<OrderStatus>().Prepend("Initial"))
        {
            var answered = machine.NextEvents(machine.GetState(status)).ToHashSet();
            string Answer(Event @event) => handled.Contains((status, @event.Name)) ? "handled" : answered.Contains(@event) ? "ignored" : "-";
            table.Append(string.Create(null, $"\n{status,-16}{Answer(events[0]),-16}{Answer(events[1]),-15}{Answer(events[2]),-17}{Answer(events[3]),-15}{Answer(events[4]),-12}{Answer(events[5]),-13}{Answer(events[6]),-11}{Answer(events[7]),-11}{Answer(events[8]),-10}{Answer(events[9]),-12}{Answer(events[10])}"));
        }
        Assert.Equal(Expected.ReplaceLineEndings("\n"), table.ToString());
    }

    /// <summary>Random lives of orders, held against the table: what the machine ignores, the decider would not have acted on either; and the status that it names is a state.</summary>
    [Fact]
    public void Ignores_only_what_the_decider_would_do_nothing_about()
    {
        var handled = Handlers();
        var acted = new HashSet<OrderStatus>();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var order = OrderDecider.Open(SagaIds.Of("i"), Lives.Intent, null, Lives.Facts, "s4", null).Order;
            for (var step = 0; step < 12; step++)
            {
                var probe = OrderDecider.OnProbe(order, MarketView.At(Lives.Now));
                var ignored = !handled.Contains((order.Status.ToString(), machine.ProbeTimer.Received.Name));
                if (probe.Effects.Length > 0 || probe.Order != order)
                {
                    Assert.False(ignored, $"seed {seed} step {step}: {order.Status} ignores a probe that the decider acts on");
                    acted.Add(order.Status);
                }
                order = Lives.Next(order, random);
                _ = machine.GetState(order.Status.ToString());
            }
        }
        // These have a reason to with one order; the others while an earlier order of theirs has ended and its fills are not all here.
        Assert.Superset(new HashSet<OrderStatus> { OrderStatus.Filled, OrderStatus.Canceled, OrderStatus.Expired }, acted);
    }

    /// <summary>MassTransit's own <c>GetGraph()</c> knows transitions only, and here the decider names the next state: so the machine is walked for its handlers.</summary>
    HashSet<(string State, string Event)> Handlers()
    {
        var walk = new HandlerWalk();
        machine.Accept(walk);
        return walk.Handlers;
    }

    sealed class HandlerWalk : StateMachineVisitor
    {
        string state = "";
        public HashSet<(string State, string Event)> Handlers { get; } = [];

        public void Visit(State visited, Action<State> next)
        {
            state = visited.Name;
            next(visited);
        }

        public void Visit(Event @event, Action<Event> next) => Handlers.Add((state, @event.Name));
        public void Visit<TMessage>(Event<TMessage> @event, Action<Event<TMessage>> next) where TMessage : class => Handlers.Add((state, @event.Name));
        public void Visit(IStateMachineActivity activity) { }
        public void Visit(IStateMachineActivity activity, Action<IStateMachineActivity> next) { }
        public void Visit<T>(IBehavior<T> behavior) where T : class, SagaStateMachineInstance { }
        public void Visit<T>(IBehavior<T> behavior, Action<IBehavior<T>> next) where T : class, SagaStateMachineInstance { }
        public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior) where T : class, SagaStateMachineInstance where TMessage : class { }
        public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior, Action<IBehavior<T, TMessage>> next) where T : class, SagaStateMachineInstance where TMessage : class { }
    }
}

/// <summary>Orders to try things on.</summary>
static class Lives
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static readonly Intent Intent = new()
    {
        IntentId = "i", Market = Market.Spot, Symbol = "BTCUSDT", Side = Side.Buy, Qty = new(1), Type = OrderType.Limit, Price = new Price(100), TimeInForce = TimeInForce.Gtc,
        PublishedAt = Now, ReceivedAt = Now, ContentHash = "h",
    };

    public static readonly Intent Sliced = Intent with
    {
        Type = OrderType.Market, Price = null, TimeInForce = null, Twap = new TwapTerms(4, null, TimeSpan.FromSeconds(1), TimeSpan.Zero, SliceWeights.Equal),
    };

    public static readonly IntentFacts Facts = new()
    {
        Now = Now, InstrumentsKnown = true, Mid = 100,
        Instrument = new Instrument { Market = Market.Spot, Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", IsTrading = true, Prices = new PriceGrid(0.01m), Lots = new LotGrid(0.001m) },
    };

    /// <summary>One random thing happens to the order: a report with or without its trades, an unknown outcome, a refusal, a cancel, a probe, the intent again.</summary>
    public static Order Next(Order order, Random random)
    {
        var id = order.VenueOrders[0].ClientOrderId;
        var status = (VenueStatus)random.Next(1, 7);
        if (status is VenueStatus.Rejected) status = VenueStatus.New;
        var filled = status switch { VenueStatus.Filled => 2, VenueStatus.New => 0, VenueStatus.PartiallyFilled => 1, _ => random.Next(2) };
        var seen = new Observation
        {
            ClientOrderId = id, Kind = ReportKind.Known, Status = status, VenueOrderId = "71", CumQty = new(filled * 0.5m), CumQuote = filled * 50, EffectSeq = random.Next(3) == 0 ? 1 : null,
            Trades = random.Next(2) == 0 ? [] : [.. Enumerable.Range(1, filled).Select(Gateway.ScriptedVenue.Trade)], AnsweredAt = Now, SentAt = Now, MidAtSend = 100, BookTop3 = "{}",
        };
        return (random.Next(10) switch
        {
            0 => OrderDecider.OnReport(order, new Observation { ClientOrderId = id, Kind = ReportKind.Unknown, EffectSeq = 1 }, MarketView.At(Now)),
            1 => OrderDecider.OnReport(order, new Observation { ClientOrderId = id, Kind = ReportKind.Rejected, Reason = ReasonCode.VenueRejected, EffectSeq = 1, VenueText = "no" }, MarketView.At(Now)),
            2 => OrderDecider.OnCancel(order, null, "RISK", null, MarketView.At(Now)),
            3 => OrderDecider.OnProbe(order, MarketView.At(Now)),
            4 => OrderDecider.OnIntent(order, Intent, new Waiter(new Uri("loopback://localhost/reply"), Guid.NewGuid(), WaitsFor.Answer), Now),
            _ => OrderDecider.OnReport(order, seen, MarketView.At(Now)),
        }).Order;
    }
}
