using Chimera.S4.Orders;
using Xunit;
using static Chimera.S4.Router.Tests.Gateway.ScriptedVenue;

namespace Chimera.S4.Router.Tests.Gateway;

public sealed class A_placement : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Theory]
    [InlineData("Known         told Known     reported   resolved     place")]
    [InlineData("Rejected      told Rejected  reported   resolved     place")]
    [InlineData("NotSent       told nothing   in 200 ms  not executed place")]
    [InlineData("NotExecuted   told nothing   in 200 ms  not executed place")]
    [InlineData("Exists        told Known     reported   resolved     place look            adopted, never sent again")]
    [InlineData("FailedVerify  told Unknown   in 500 ms  open         place query           one look that shows none proves nothing")]
    [InlineData("Unknown       told Unknown   in 500 ms  open         place")]
    [InlineData("NotOpen       told Unknown   in 500 ms  open         place                 an answer that no placement has")]
    [InlineData("NotFound      told Unknown   in 500 ms  open         place                 an answer that no placement has")]
    public async Task Comes_to_what_the_venue_answers(string row)
    {
        var outcome = Enum.Parse<VenueOutcome>(row[..14].Trim());
        var state = State(rig.ClientOrderId, VenueStatus.New);
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(outcome, outcome is VenueOutcome.Known ? state : null) with { Reason = ReasonCode.InsufficientBalance });
        rig.Venue.OnLook = _ => Task.FromResult(Known(state));

        var handled = await rig.RunWhileTimePasses();

        var entry = (await rig.Entry())!;
        var told = rig.Wire.Reports.SingleOrDefault()?.Kind ?? "nothing";
        var next = handled == Handled.Reported ? "reported" : $"in {handled.Again!.Value.TotalMilliseconds} ms";
        var journal = entry.Resolution is not null ? "resolved" : entry.NotExecuted ? "not executed" : "open";
        Assert.Equal(row[..row.IndexOf(" place", StringComparison.Ordinal)].TrimEnd(), $"{outcome,-13} {"told " + told,-14} {next,-10} {journal}");
        Assert.StartsWith(string.Join(' ', rig.Venue.Calls), row[row.IndexOf(" place", StringComparison.Ordinal)..].TrimStart(), StringComparison.Ordinal);
    }

    /// <summary>Refused for its pace, and asked to end while it waits: it may go out no more.</summary>
    [Fact]
    public async Task Is_not_sent_again_when_its_order_was_asked_to_end_meanwhile()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotExecuted));
        await rig.Run();
        await rig.AskToEnd();
        Assert.Equal(Handled.Reported, await rig.Run());
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal(("Known", "Canceled", GatewayRig.Seq), (rig.Wire.Only.Kind, rig.Wire.Only.Status, rig.Wire.Only.EffectSeq));
        Assert.Equal(Handled.Reported, await rig.Run());                                    // told again, as long as it is taken up
        Assert.Equal(2, rig.Wire.Reports.Length);
    }

    /// <summary>The start's quarantine held it back, and meanwhile its order was asked to end: nothing of it leaves.</summary>
    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "place")]
    public async Task Is_not_sent_at_all_when_its_order_was_asked_to_end_before(bool isAsked, string calls)
    {
        var since = rig.Venue.StreamReconciledSince;
        rig.Venue.StreamReconciledSince = null;
        rig.Venue.OnPlace = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.New)));
        Assert.NotNull((await rig.Run()).Again);
        if (isAsked) await rig.AskToEnd();
        rig.Venue.StreamReconciledSince = since;
        Assert.Equal(Handled.Reported, await rig.Run(hasWaited: true));
        Assert.Equal(calls, string.Join(' ', rig.Venue.Calls));
        if (!isAsked) return;
        Assert.Equal(("Known", "Canceled", null, GatewayRig.Seq), (rig.Wire.Only.Kind, rig.Wire.Only.Status, rig.Wire.Only.VenueOrderId, rig.Wire.Only.EffectSeq));
        Assert.NotNull((await rig.Entry())!.Resolution);
    }

    /// <summary>One that was sent, and of which nobody has heard, is looked for: it is not called not sent because its order was asked to end.</summary>
    [Fact]
    public async Task Is_never_called_not_sent_once_it_may_have_been()
    {
        await rig.Run();
        await rig.AskToEnd();
        await rig.Run(hasWaited: true);
        Assert.Equal(["place", "look"], rig.Venue.Calls);
        Assert.DoesNotContain(rig.Wire.Reports, told => told.Status == "Canceled");
    }

    [Fact]
    public async Task Is_journalled_before_a_byte_leaves()
    {
        rig.Facts.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(99, 1)], [new BookLevel(101, 2)], rig.Clock.GetUtcNow()));
        PlacementEntry? atSend = null;
        rig.Venue.OnPlace = async _ =>
        {
            atSend = await rig.Entry();
            return Answer(VenueOutcome.Unknown);
        };
        await rig.Run();
        Assert.Equal((1, rig.Venue.Placed.Single().Text, 100m, """{"bids":[["99","1"]],"asks":[["101","2"]]}"""), (atSend!.Epoch, atSend.Request, atSend.MidAtSend, atSend.BookTop3));
    }

    [Fact]
    public async Task Tells_when_it_was_sent_and_answered_and_what_the_book_was()
    {
        var sent = rig.Clock.GetUtcNow();
        rig.Facts.SetQuote(Market.Spot, "BTCUSDT", new Quote([new BookLevel(99, 1)], [new BookLevel(101, 2)], sent));
        rig.Venue.OnPlace = _ =>
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(30));
            return Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1)));
        };
        await rig.Run();
        var told = rig.Wire.Only;
        Assert.Equal((rig.OrderId, GatewayRig.Seq, "PLACE", "Filled", 1m, 2, 100m), (told.OrderId, told.EffectSeq, told.Source, told.Status, told.CumQty, told.Trades.Length, told.MidAtSend));
        Assert.Equal((sent, sent.AddMilliseconds(30)), (told.SentAt, told.AnsweredAt));
        Assert.Equal(new Uri("exchange:s4-orders"), rig.Wire.Destinations.Single());
    }

    [Fact]
    public async Task Names_the_venues_reason_code_and_words_when_it_is_refused()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Rejected) with { Reason = ReasonCode.InsufficientBalance, VenueCode = -2010, VenueText = "Account has insufficient balance" });
        await rig.Run();
        Assert.Equal(("InsufficientBalance", -2010, "Account has insufficient balance"), (rig.Wire.Only.Reason, rig.Wire.Only.VenueCode, rig.Wire.Only.VenueText));
    }

    [Fact]
    public async Task That_was_withdrawn_is_not_sent()
    {
        await rig.Store.CompleteEffects(rig.OrderId, [GatewayRig.Seq], GatewayRig.Ever);
        Assert.Equal(Handled.Done, await rig.Run());
        Assert.Empty(rig.Venue.Calls);
        Assert.Empty(rig.Wire.Reports);
    }

    [Fact]
    public async Task Waits_in_quarantine_until_the_stream_is_reconciled()
    {
        rig.Venue.StreamReconciledSince = null;
        Assert.Equal(TimeSpan.FromMilliseconds(250), (await rig.Run()).Again);
        Assert.Empty(rig.Venue.Calls);
        Assert.Null(await rig.Entry());
        rig.Venue.StreamReconciledSince = rig.Clock.GetUtcNow();
        await rig.Run();
        Assert.Equal(["place"], rig.Venue.Calls);
    }

    [Fact]
    public async Task Honours_the_pause_that_the_venue_asks_for()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotExecuted) with { RetryAfter = TimeSpan.FromSeconds(7) });
        Assert.Equal(TimeSpan.FromSeconds(7), (await rig.Run()).Again);
    }

    [Fact]
    public async Task Backs_off_longer_with_each_try_up_to_five_seconds()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotSent));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++) waits.Add((await rig.Run()).Again!.Value.TotalMilliseconds);
        Assert.Equal([200, 400, 800, 1600, 3200, 5000, 5000, 5000], waits);
        Assert.Equal(8, (await rig.Entry())!.Epoch);
        Assert.Equal(8, rig.Venue.Placed.Select(request => request.Text).Distinct().Count());   // each signed anew, all under one id
    }

    [Fact]
    public async Task Counts_a_failure_as_unknown_when_the_look_behind_it_is_not_answered()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.FailedVerify) with { VenueCode = -1008 });
        rig.Venue.OnQuery = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        await rig.RunWhileTimePasses();
        Assert.Equal(("Unknown", -1008), (rig.Wire.Only.Kind, rig.Wire.Only.VenueCode));
        Assert.False((await rig.Entry())!.NotExecuted);
    }

    [Fact]
    public async Task Counts_as_placed_when_the_look_behind_a_failure_finds_it()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.FailedVerify));
        rig.Venue.OnQuery = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.New)));
        Assert.Equal(Handled.Reported, await rig.RunWhileTimePasses());
        Assert.Equal("Known", rig.Wire.Only.Kind);
        await rig.RunWhileTimePasses();
        Assert.Equal(1, rig.Venue.Count("place"));
    }
}
