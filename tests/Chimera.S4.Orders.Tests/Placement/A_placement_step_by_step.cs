using Xunit;

namespace Chimera.S4.Orders.Tests;

/// <summary>The conversation between protocol and driver: what is asked, in which order, for each answer of the venue.</summary>
public class A_placement_step_by_step
{
    const string ToSend = "LoadEntry SignRequest WriteEpoch CheckPending SendRequest";

    static readonly PlaceEffect Place = new(1, Market.Fut, "BTCUSDT", "s4x") { Side = Side.Sell, Type = OrderType.Stop, Qty = new(1), TriggerPx = new Price(49_000), ReduceOnly = true };
    static readonly VenueOrderState Found = new() { Symbol = "BTCUSDT", ClientOrderId = "s4x", VenueOrderId = "7", Status = VenueStatus.New, CumQty = new(0) };

    [Theory]
    [InlineData("Known         Resolve Report                     reported")]
    [InlineData("Rejected      Resolve Report                     reported")]
    [InlineData("NotSent       NoteProbe                          in 0.2 s")]
    [InlineData("NotExecuted   NoteProbe                          in 0.2 s")]
    [InlineData("Exists        LookEverywhere Resolve Report      reported")]
    [InlineData("FailedVerify  Pause QueryOrder Resolve Report    reported")]
    [InlineData("Unknown       Report                             in 0.5 s")]
    public void Asks_for_what_the_answer_demands(string row)
    {
        var outcome = Enum.Parse<VenueOutcome>(row[..14].Trim());
        Assert.Equal($"{ToSend} {row[14..49].Trim()} {row[49..].Trim()}", Drive(null, command => command is SendRequest ? new Answered(Says(outcome)) : null));
    }

    [Theory]
    [InlineData("nothing is journalled, the stream is down  LoadEntry                                                in 0.25 s")]
    [InlineData("not executed, the stream is down           LoadEntry                                                in 0.25 s")]
    [InlineData("sent, the stream is down                   LoadEntry LookEverywhere Resolve Report                  reported")]
    [InlineData("known                                      LoadEntry TellAgain                                      reported")]
    [InlineData("not executed, still wanted                 LoadEntry SignRequest WriteEpoch CheckPending CheckWanted SendRequest Resolve Report  reported")]
    [InlineData("not executed, asked to end meanwhile       LoadEntry SignRequest WriteEpoch CheckPending CheckWanted Resolve Report  reported")]
    [InlineData("absent, asked to end meanwhile             LoadEntry SignRequest WriteEpoch CheckPending CheckWanted Resolve Report  reported")]
    [InlineData("waited, still wanted                       LoadEntry SignRequest WriteEpoch CheckPending CheckWanted SendRequest Resolve Report  reported")]
    [InlineData("waited, asked to end meanwhile             LoadEntry SignRequest WriteEpoch CheckPending CheckWanted Resolve Report  reported")]
    [InlineData("another was first                          LoadEntry SignRequest WriteEpoch                         in 0 s")]
    [InlineData("withdrawn                                  LoadEntry SignRequest WriteEpoch CheckPending Resolve    done")]
    [InlineData("settled by another meanwhile               LoadEntry SignRequest WriteEpoch CheckPending SendRequest Resolve  in 0 s")]
    public void Begins_where_the_journal_says(string row)
    {
        var (given, expected) = (row[..43].Trim(), string.Join(' ', row[43..].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var sent = new PlacementEntry { ClientOrderId = "s4x", Epoch = 1, Request = "", Timestamp = Sample.Start, ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = Sample.Start };
        var entry = given.Split(',')[0] switch { "not executed" => sent with { NotExecuted = true }, "sent" => sent, "absent" => sent with { Timestamp = Sample.Start.AddMinutes(-2), FirstEmptyAt = Sample.Start.AddSeconds(-10), LastEmptyAt = Sample.Start }, "known" => sent with { Resolution = "{}" }, _ => null };
        Assert.Equal(expected, Drive(entry, command => (command, given) switch
        {
            (CheckWanted, _) => new Settled(!given.EndsWith("asked to end meanwhile", StringComparison.Ordinal)),
            (WriteEpoch, "another was first") or (CheckPending, "withdrawn") or (Resolve { OfEpoch: null }, "settled by another meanwhile") => new Settled(false),
            _ => null,
        }, isWhole: !given.EndsWith("down", StringComparison.Ordinal), hasWaited: given.StartsWith("waited", StringComparison.Ordinal)));
    }

    /// <summary>An UNKNOWN placement whose cancel waits for the outcome: proven absent, it must not go out again, where it could fill before the cancel.</summary>
    [Fact]
    public void Ends_canceled_where_it_never_came_to_be_and_was_asked_to_end()
    {
        var sent = Sample.Open();
        var (place, view) = ((PlaceEffect)Assert.Single(sent.Effects), MarketView.At(Sample.Start.AddMinutes(2)));
        Assert.True(Review.IsWanted(sent.Order, place.Seq));
        var asked = OrderDecider.OnCancel(OrderDecider.OnReport(sent.Order, new Observation { ClientOrderId = place.ClientOrderId, Kind = ReportKind.Unknown }, view).Order, null, "RISK", null, view).Order;
        Assert.Equal((OrderStatus.Unknown, false), (asked.Status, Review.IsWanted(asked, place.Seq)));
        var protocol = new PlacementProtocol(place);
        var told = Assert.IsType<Resolve>(protocol.On(new CheckWanted(place.Seq, new PlacementEntry { ClientOrderId = place.ClientOrderId, Epoch = 2, Request = "", Timestamp = Sample.Start, ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = Sample.Start }), new Settled(false), View(true)));
        Assert.Equal(2, told.OfEpoch);
        var ended = OrderDecider.OnReport(asked, Assert.Single(told.Known).Seen, view);
        Assert.Equal((OrderStatus.Canceled, true), (ended.Order.Status, ended.Order.Final));
        Assert.Contains(ended.Events, happened => happened.Type is OrderEventType.NotSent);
    }

    /// <summary>Futures keep orders that wait for a price in a book of their own: asked in the wrong one, every look is empty.</summary>
    [Fact]
    public void Is_looked_for_in_the_book_that_it_was_placed_in()
    {
        var asked = new List<OrderRef>();
        Drive(null, command =>
        {
            if (command is QueryOrder query) asked.Add(query.Order);
            if (command is LookEverywhere look) asked.Add(look.Order);
            return command switch { SendRequest => new Answered(Says(VenueOutcome.FailedVerify)), QueryOrder => new Answered(Says(VenueOutcome.Exists)), _ => null };
        });
        Assert.All(asked, order => Assert.True(order.IsConditional));
        Assert.NotEmpty(asked);
    }

    [Fact]
    public void Takes_no_answer_to_another_question() =>
        Assert.Throws<InvalidOperationException>(() => new PlacementProtocol(Place).On(new LoadEntry("s4x"), new Settled(true), View(true)));

    /// <summary>Drives to the end. Whatever <paramref name="reply"/> leaves open goes well, and looks find the order.</summary>
    static string Drive(PlacementEntry? entry, Func<VenueCommand, Reply?> reply, bool isWhole = true, bool hasWaited = false)
    {
        var (protocol, asked) = (new PlacementProtocol(Place, hasWaited), new List<string>());
        var command = protocol.Start(View(isWhole));
        while (command is not Finish)
        {
            asked.Add(command.GetType().Name);
            command = protocol.On(command, reply(command) ?? command switch
            {
                LoadEntry => new Loaded(entry),
                SignRequest => new Signed(new SignedRequest("signed", Sample.Start, TimeSpan.FromSeconds(1))),
                WriteEpoch or CheckPending or CheckWanted or Resolve => new Settled(true),
                SendRequest or QueryOrder or LookEverywhere => new Answered(Says(VenueOutcome.Known)),
                _ => Performed.Instance,
            }, View(isWhole));
        }
        var handled = ((Finish)command).Handled;
        return $"{string.Join(' ', asked)} {(handled.IsDone ? "done" : handled.Again is { } again ? string.Create(null, $"in {again.TotalSeconds} s") : "reported")}";
    }

    static VenueAnswer Says(VenueOutcome outcome) => new() { Outcome = outcome, Order = outcome is VenueOutcome.Known ? Found : null };

    static PlacementView View(bool isWhole) => new(Sample.Start, Sample.Start, isWhole ? Sample.Start.AddHours(-1) : null, TimeSpan.FromSeconds(60));
}
