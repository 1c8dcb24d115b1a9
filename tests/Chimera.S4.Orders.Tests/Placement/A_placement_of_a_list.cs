using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_placement_of_a_list
{
    static readonly PlaceListEffect Oco = new(7, Market.Spot, "BTCUSDT", "s4l")
    {
        Side = Side.Sell, Qty = new(1), Above = new("s4a", OrderType.LimitMaker, new(110), null), Below = new("s4b", OrderType.Stop, null, new(90)),
    };

    static readonly PlacementView View = new(Sample.Start, Sample.Start, Sample.Start.AddMinutes(-1), TimeSpan.FromSeconds(60));

    static readonly PlacementEntry Sent = new()
    {
        ClientOrderId = "s4l", Epoch = 1, Request = "signature=00", Timestamp = Sample.Start, ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = Sample.Start,
    };

    static VenueOrderState Leg(string id) => new() { Symbol = "BTCUSDT", ClientOrderId = id, VenueOrderId = "v" + id, Status = VenueStatus.New, CumQty = default };

    /// <summary>What is stored, and what is told, after this answer.</summary>
    static (string? Stored, string Told) After(VenueAnswer answer)
    {
        var protocol = new PlacementProtocol(Oco);
        var (command, told, stored) = (protocol.On(new SendRequest(Oco, Sent), new Answered(answer), View), new List<string>(), (string?)null);
        while (command is not Finish)
        {
            if (command is Resolve resolve) stored = string.Join(' ', resolve.Known.Select(Text));
            if (command is Report report) told.Add(Text(report.Told));
            command = protocol.On(command, command is Resolve ? new Settled(true) : Performed.Instance, View);
        }
        return (stored, string.Join(' ', told));
    }

    static string Text(Finding found) => $"{found.Seen.ClientOrderId}:{found.Seen.Kind}{(found.Seen.EffectSeq is { } seq ? $"={seq}" : "")}";

    [Fact]
    public void Is_known_order_by_order_and_the_last_report_answers_the_effect() =>
        Assert.Equal(("s4a:Known s4b:Known=7", "s4a:Known s4b:Known=7"), After(new() { Outcome = VenueOutcome.Known, Legs = [Leg("s4b"), Leg("s4a")] }));

    [Fact]
    public void Is_refused_order_by_order() =>
        Assert.Equal(("s4a:Rejected s4b:Rejected=7", "s4a:Rejected s4b:Rejected=7"), After(new() { Outcome = VenueOutcome.Rejected, Reason = ReasonCode.VenueRejected }));

    [Fact]
    public void Is_open_while_an_answer_does_not_tell_all_of_its_orders() =>
        Assert.Equal((null, "s4a:Unknown s4b:Unknown"), After(new() { Outcome = VenueOutcome.Known, Legs = [Leg("s4a")] }));

    [Fact]
    public void Is_looked_for_as_a_whole()
    {
        var look = Assert.IsType<LookEverywhere>(new PlacementProtocol(Oco).On(new LoadEntry("s4l"), new Loaded(Sent), View));
        Assert.Equal(("s4l", Oco), (look.Order.ClientOrderId, look.Order.List));
    }
}
