using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_residual_sweep
{
    static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    static readonly Order Live = Sample.Working();
    static readonly SweepView Later = At(3600);

    [Fact]
    public void Leaves_an_order_alone_that_its_document_knows_as_it_is() => Assert.Equal(Residual.Explained, Of(Live.Name(), Live));

    [Theory]
    [InlineData(VenueStatus.PartiallyFilled, 0.5)]
    [InlineData(VenueStatus.New, 0.5)]
    public void Tells_a_document_what_it_has_not_heard(VenueStatus status, decimal cum) => Assert.Equal(Residual.News, Residuals.Of(State(Live.Name(), status, cum), Live, null, Later));

    /// <summary>Sent and not answered: an order in flight, whatever its age.</summary>
    [Fact]
    public void Never_calls_a_placement_an_orphan_whose_outcome_is_open()
    {
        var placed = Sample.Open().Order;
        Assert.Equal(Residual.News, Of(placed.Name(), placed));
        var unknown = OrderDecider.OnReport(placed, placed.Comes(ReportKind.Unknown, placed.Placing()), MarketView.At(Sample.Start)).Order;
        Assert.Equal(Residual.News, Of(unknown.Name(), unknown));
    }

    [Fact]
    public void Gives_an_order_back_to_the_intent_whose_repeat_was_refused()
    {
        var refused = Sample.Open().Order is var placed ? placed.Then(placed.Comes(ReportKind.Rejected, placed.Placing(), ReasonCode.VenueRejected)).Order : null!;
        Assert.True(refused.Final);
        Assert.Equal(Residual.News, Of(refused.Name(), refused));
    }

    [Fact]
    public void Ends_what_no_document_names()
    {
        Assert.Equal(Residual.Orphan, Of(Live.Name(), null));
        Assert.Equal(Residual.Orphan, Of(new ClientOrderId(Sample.Prefix, Live.Id, 0, 7).ToString(), Live));
    }

    [Fact]
    public void Ends_what_a_tombstone_holds_for_ended()
    {
        var ended = Live.Then(Live.Says(VenueStatus.Canceled)).Order;
        Assert.True(ended.Final);
        Assert.Equal(Residual.Orphan, Of(ended.Name(), ended));
    }

    [Theory]
    [InlineData(59, Residual.Young)]
    [InlineData(60, Residual.Orphan)]
    public void Waits_for_the_grace_to_pass(double seconds, Residual verdict)
    {
        Assert.Equal(verdict, Residuals.Of(State(Live.Name()), null, null, At(seconds)));
        var ended = Live.Then(Live.Says(VenueStatus.Canceled), seconds: 300).Order;
        Assert.Equal(verdict, Residuals.Of(State(ended.Name()), ended, null, At(300 + seconds)));
        Assert.Equal(verdict, Residuals.Of(State(Live.Name()), null, Journal(300), At(300 + seconds)));
    }

    [Fact]
    public void Never_finds_an_order_old_enough_whose_age_nobody_has_told() => Assert.Equal(Residual.Young, Residuals.Of(State(Live.Name()) with { Time = null }, null, null, Later));

    [Fact]
    public void Of_nothing_on_either_side_is_wholly_consistent()
    {
        var survey = Residuals.Survey([State("web_1")], new Dictionary<Guid, Order>(), Sample.Prefix, Later);
        Assert.Equal((1m, 1, 0, 0), (survey.Consistency, survey.Foreign, survey.Shown.Length, survey.BelievedOpen));
    }

    [Fact]
    public void Holds_nothing_against_a_document_that_is_moving()
    {
        var moving = new Dictionary<Guid, Order> { [Live.Id] = Live with { UpdatedAt = Later.At.AddSeconds(-1) } };
        Assert.Equal(1, Residuals.Survey([], moving, Sample.Prefix, Later).Consistency);
        var still = new Dictionary<Guid, Order> { [Live.Id] = Live };
        Assert.Equal(0, Residuals.Survey([], still, Sample.Prefix, Later).Consistency);
    }

    [Fact]
    public void Wakes_a_policy_whose_timer_is_lost()
    {
        Assert.Empty(Overdue(Later.At - Grace + TimeSpan.FromTicks(1)));
        Assert.Equal([Live.Id], Overdue(Later.At - Grace).Select(order => order.Id));

        static IEnumerable<Order> Overdue(DateTimeOffset due) =>
            Residuals.Survey([], new Dictionary<Guid, Order> { [Live.Id] = Live with { WakeAt = due } }, Sample.Prefix, Later).Overdue;
    }

    /// <summary>Any mix of documents and orders: who is judged, how the ratio comes about, and that no order of a document that lives is ever canceled, each counted once more by hand.</summary>
    [Fact]
    public void Judges_any_mix_of_orders_as_a_plain_count_does() => Seeds.Each(2_000, random =>
    {
        var (documents, open) = (new Dictionary<Guid, Order>(), new List<VenueOrderState>());
        var (both, oneSide, foreign, orphans, alive) = (0, 0, 0, new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < random.Next(30); i++)
        {
            var order = Sample.Working(Sample.Intent with { IntentId = $"intent-{i}" });
            var name = order.Name();
            switch (random.Next(6))
            {
                case 0: documents[order.Id] = order; open.Add(State(name)); alive.Add(name); both++; break;
                case 1: documents[order.Id] = order; alive.Add(name); oneSide++; break;
                case 2: open.Add(State(name)); orphans.Add(name); oneSide++; break;
                case 3: documents[order.Id] = order.Then(order.Says(VenueStatus.Canceled)).Order; open.Add(State(name)); orphans.Add(name); oneSide++; break;
                case 4: documents[order.Id] = order.Then(order.Says(VenueStatus.Canceled)).Order; break;
                default: open.Add(State(random.Pick("web_1", "", $"zz9{name[3..]}"))); foreign++; break;
            }
        }
        var shuffled = open.OrderBy(_ => random.Next()).ToList();
        var survey = Residuals.Survey(shuffled, documents, Sample.Prefix, Later);
        Assert.Equal(both + oneSide == 0 ? 1 : (decimal)both / (both + oneSide), survey.Consistency);
        Assert.Equal(foreign, survey.Foreign);
        var judged = survey.Shown.ToDictionary(order => order.ClientOrderId, order => Residuals.Of(order, Owner(order.ClientOrderId), null, Later));
        Assert.Equal(orphans, [.. judged.Where(pair => pair.Value is Residual.Orphan).Select(pair => pair.Key)]);
        Assert.DoesNotContain(judged, pair => alive.Contains(pair.Key) && pair.Value is not Residual.Explained);
        Assert.All(survey.Missing, missing => Assert.Contains(missing.Known.ClientOrderId, alive));
        Assert.Equal(alive.Count - both, survey.Missing.Length);

        Order? Owner(string id) => documents.GetValueOrDefault(Reconciliation.OwnerOf(id, Sample.Prefix)!.Value);
    });

    static Residual Of(string name, Order? document) => Residuals.Of(State(name), document, null, Later);

    static SweepView At(double seconds) => new(Sample.Start.AddSeconds(seconds), Sample.Start.AddSeconds(seconds), Grace);

    static PlacementEntry Journal(double sentAfter) => new()
    {
        ClientOrderId = Live.Name(), Epoch = 1, Request = "", Timestamp = Sample.Start, ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = Sample.Start.AddSeconds(sentAfter),
    };

    static VenueOrderState State(string name, VenueStatus status = VenueStatus.New, decimal cum = 0) =>
        new() { Symbol = "BTCUSDT", ClientOrderId = name, VenueOrderId = "1", Status = status, CumQty = new(cum), Time = Sample.Start };
}
