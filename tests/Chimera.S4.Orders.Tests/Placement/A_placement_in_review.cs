using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_placement_in_review
{
    const string Words = "by ops 12345678: neither in history nor in trades";
    static readonly Order Flagged = Needing(Sample.Open().Order);
    static readonly PlaceEffect Place = (PlaceEffect)Assert.Single(Sample.Open().Effects);

    static readonly PlacementEntry Entry = new()
    {
        ClientOrderId = Flagged.Name(), Epoch = 3, Request = "signature=00", Timestamp = Sample.Start, ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = Sample.Start, NeedsReview = true, Probes = 40,
    };

    static PlacementView View => new(Sample.Start.AddMinutes(20), Sample.Start.AddMinutes(20), null, TimeSpan.FromSeconds(60));

    [Fact]
    public void Is_the_only_one_that_an_operator_may_speak_of()
    {
        Assert.Equal(ReasonCode.NotInReview, Review.Of(Sample.Open().Order, null).Refused!.Reason);
        Assert.Equal(ReasonCode.NotInReview, Review.Of(Sample.Working(), "v9").Refused!.Reason);
        Assert.Equal(new UnprovenPlacement(Place.Seq, IsWanted: true), Assert.Single(Review.Of(Flagged, null).Placements));
        var canceled = OrderDecider.OnCancel(Flagged, null, "RISK", null, MarketView.At(Sample.Start)).Order;
        Assert.Equal(new UnprovenPlacement(Place.Seq, IsWanted: false), Assert.Single(Review.Of(canceled, null).Placements));
    }

    [Fact]
    public void That_is_called_absent_moves_to_an_epoch_that_was_never_sent()
    {
        var (written, handled, outcome) = Run(new RuledAbsent(IsWanted: true, Words), VenueOutcome.Unknown);
        var moved = Assert.IsType<WriteEpoch>(written).Entry;
        Assert.Equal((4, true, false), (moved.Epoch, moved.NotExecuted, moved.NeedsReview));
        Assert.Equal(PlacementStep.Advance, PlacementProtocol.StepFor(moved, View));          // as after a proof
        Assert.Equal((Handled.Done, ReviewOutcome.SentAgain), (handled, outcome));
    }

    [Fact]
    public void That_is_called_absent_and_is_not_wanted_ends_and_a_late_sighting_is_a_correction()
    {
        var order = OrderDecider.OnCancel(Flagged, null, "RISK", null, MarketView.At(Sample.Start)).Order;
        var (written, _, outcome) = Run(new RuledAbsent(IsWanted: false, Words), VenueOutcome.NotFound);
        var resolve = Assert.IsType<Resolve>(written);
        Assert.Equal((3, ReviewOutcome.Ended), (resolve.OfEpoch, outcome));
        var ended = order.Then(Assert.Single(resolve.Known).Seen, 1_200);
        Assert.Equal((true, ReasonCode.RuledAbsent, false), (ended.Order.Final, ended.Order.Reason, ended.Order.NeedsReview));
        Assert.Equal(Words, ended.Order.Message);
        Assert.Equal(Place.Seq, Assert.Single(ended.Done));

        var sighted = ended.Order.Then(ended.Order.Says(VenueStatus.Filled, 1, null, 1, 2), 1_201);
        Assert.Equal(("FILLED", 1m, ended.Result!.Seq), (sighted.Result!.Status, sighted.Result.CumQty.Value, sighted.Corrects));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void That_the_venue_shows_is_merged_whatever_was_said(bool isWanted)
    {
        var (written, handled, outcome) = Run(new RuledAbsent(isWanted, Words), VenueOutcome.Known, State());
        var resolve = Assert.IsType<Resolve>(written);
        Assert.Equal((null, Handled.Reported, ReviewOutcome.Found), (resolve.OfEpoch, handled, outcome));
        var found = Flagged.Then(Assert.Single(resolve.Known).Seen).Order;
        Assert.Equal((OrderStatus.Working, null), (found.Status, found.Code));
    }

    [Fact]
    public void Is_nobodys_to_judge_once_another_has_come_first()
    {
        Assert.Equal(ReviewOutcome.NotInReview, Run(new RuledAbsent(true, Words), VenueOutcome.NotFound, stands: false).Outcome);
        Assert.Equal(ReviewOutcome.NotInReview, Run(new RuledAbsent(false, Words), VenueOutcome.NotFound, stands: false).Outcome);
        Assert.Equal(ReviewOutcome.NotInReview, Run(new RuledAbsent(true, Words), VenueOutcome.NotFound, entry: Entry with { NeedsReview = false }).Outcome);      // sent again, just now
        Assert.Equal(ReviewOutcome.NotInReview, Run(new RuledAbsent(true, Words), VenueOutcome.NotFound, entry: Entry with { NotExecuted = true }).Outcome);
        var known = Run(new RuledAbsent(true, Words), VenueOutcome.NotFound, entry: Entry with { Resolution = "{}" });
        Assert.Equal((ReviewOutcome.Found, null), (known.Outcome, known.Written));
    }

    [Theory]
    [InlineData("id ours      status New       -> Found")]
    [InlineData("id web_7     status Canceled  -> Found       somebody canceled it, and spot gave it the cancel's name")]
    [InlineData("id web_7     status Filled    -> OtherOrder  an order that still has its own name is not this one")]
    [InlineData("id another   status Canceled  -> OtherOrder  another intent's")]
    [InlineData("id none      status None      -> OtherOrder")]
    [InlineData("id silent    status None      -> Silent")]
    public void That_is_named_by_its_order_id_has_to_be_that_order(string row)
    {
        var cell = Row.Of(row);
        var state = cell["id"] is "none" or "silent" ? null : State() with
        {
            ClientOrderId = cell["id"] switch { "ours" => Flagged.Name(), "another" => new ClientOrderId(Sample.Prefix, SagaIds.Of("intent-2"), 0, 0).ToString(), var other => other },
            Status = Enum.Parse<VenueStatus>(cell["status"]),
        };
        var answered = state is not null ? VenueOutcome.Known : cell["id"] == "none" ? VenueOutcome.NotFound : VenueOutcome.Unknown;
        var (written, _, outcome) = Run(new RuledFound("v7", Sample.Prefix), answered, state);
        Assert.Equal(cell["->"], outcome.ToString());
        Assert.Equal(outcome is ReviewOutcome.Found, written is Resolve { OfEpoch: null });
    }

    static Order Needing(Order order) => order.Then(order.Comes(ReportKind.Unknown) with { NeedsReview = true }).Order;

    static VenueOrderState State() => new() { Symbol = "BTCUSDT", ClientOrderId = Flagged.Name(), VenueOrderId = "v7", Status = VenueStatus.New, CumQty = Quantity.Zero };

    /// <summary>Drives the protocol to its end; what it wrote to the journal, if anything.</summary>
    static (VenueCommand? Written, Handled Handled, ReviewOutcome Outcome) Run(Ruling ruling, VenueOutcome answered, VenueOrderState? state = null, bool stands = true, PlacementEntry? entry = null)
    {
        var protocol = new ReviewProtocol(Place, ruling);
        VenueCommand? written = null;
        var command = protocol.Start(View);
        while (command is not Finish)
        {
            if (command is WriteEpoch or Resolve) written = command;
            Reply reply = command switch
            {
                LoadEntry => new Loaded(entry ?? Entry),
                WriteEpoch or Resolve => new Settled(stands),
                LookEverywhere or QueryOrder => new Answered(new VenueAnswer { Outcome = answered, Order = state }),
                _ => Performed.Instance,
            };
            command = protocol.On(command, reply, View);
        }
        var handled = ((Finish)command).Handled;
        return (written, handled, protocol.Outcome(handled));
    }
}
