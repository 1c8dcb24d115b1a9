using Chimera.S4.Orders;
using Chimera.S4.Router.Dispatch;
using Chimera.S4.Router.MarketData;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Venues;
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

public sealed class A_placement_that_nobody_knows_of : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    /// <summary>Runs, and waits as long as it was told to, until <paramref name="end"/>. The waits, in seconds.</summary>
    async Task<List<double>> RunUntil(Func<bool> end)
    {
        var waits = new List<double>();
        for (var run = 0; run < 500; run++)
        {
            var handled = await rig.Run();
            if (end() || handled.Again is not { } again) return waits;
            waits.Add(again.TotalSeconds);
            rig.Clock.Advance(again);
        }
        throw new InvalidOperationException("500 runs and no end");
    }

    [Fact]
    public async Task Is_looked_for_at_growing_intervals_and_sent_again_only_after_proof()
    {
        var started = rig.Clock.GetUtcNow();
        var waits = await RunUntil(() => rig.Venue.Count("place") == 2);
        Assert.Equal([0.5, 1, 2, 4, 8, 15, 30], waits.Take(7));
        // 60 s after the send, and two empty rounds at least 5 s apart.
        Assert.InRange(rig.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(65), TimeSpan.FromSeconds(125));
        Assert.Equal((2, 2), ((await rig.Entry())!.Epoch, rig.Venue.Placed.Select(request => request.Text).Distinct().Count()));
        Assert.Equal("look", rig.Venue.Calls[^2]);
    }

    [Fact]
    public async Task Is_told_unknown_and_not_with_every_look()
    {
        await RunUntil(() => rig.Venue.Count("look") == 4);
        Assert.All(rig.Wire.Reports, report => Assert.Equal("Unknown", report.Kind));
        Assert.InRange(rig.Wire.Reports.Length, 1, 2);
    }

    [Fact]
    public async Task Is_never_sent_again_while_looks_go_unanswered_and_is_handed_to_a_person_after_a_quarter_of_an_hour()
    {
        rig.Venue.OnLook = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        var end = rig.Clock.GetUtcNow().AddMinutes(20);
        await RunUntil(() => rig.Clock.GetUtcNow() > end);
        Assert.Equal(1, rig.Venue.Count("place"));
        Assert.True((await rig.Entry())!.NeedsReview);
        Assert.Equal("Unknown", Assert.Single(rig.Wire.Reports, report => report.NeedsReview).Kind);      // its order is told, once
    }

    [Fact]
    public async Task Is_never_sent_again_while_the_stream_keeps_breaking()
    {
        rig.Venue.OnLook = _ =>
        {
            rig.Venue.StreamReconciledSince = rig.Clock.GetUtcNow();      // back again, just now: whatever was looked at before may have been missed
            return Task.FromResult(Answer(VenueOutcome.NotFound));
        };
        var end = rig.Clock.GetUtcNow().AddMinutes(20);
        await RunUntil(() => rig.Clock.GetUtcNow() > end);
        Assert.Equal(1, rig.Venue.Count("place"));
    }

    [Fact]
    public async Task Is_taken_as_it_is_found()
    {
        await rig.Run();
        rig.Venue.OnLook = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.PartiallyFilled, 0.5m)));
        Assert.Equal(Handled.Reported, await rig.Run());
        Assert.Equal(("Known", "PartiallyFilled", 0.5m, GatewayRig.Seq), (rig.Wire.Reports[^1].Kind, rig.Wire.Reports[^1].Status, rig.Wire.Reports[^1].CumQty, rig.Wire.Reports[^1].EffectSeq));
        Assert.Equal(1, rig.Venue.Count("place"));
    }
}

public sealed class A_placement_in_two_hands : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Is_sent_by_one_of_two_replicas_that_race()
    {
        var both = await Task.WhenAll(rig.Run(rig.NewProcess()), rig.Run(rig.NewProcess()));
        Assert.Equal(1, rig.Venue.Count("place"));
        Assert.Equal(1, (await rig.Entry())!.Epoch);
        Assert.All(both, handled => Assert.False(handled.IsDone));
    }

    [Fact]
    public async Task Moves_on_by_one_epoch_when_two_replicas_know_that_it_was_not_executed()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotExecuted));
        await rig.Run();
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        await Task.WhenAll(rig.Run(rig.NewProcess()), rig.Run(rig.NewProcess()));
        Assert.Equal((2, 2), (rig.Venue.Count("place"), (await rig.Entry())!.Epoch));
    }

    [Fact]
    public async Task Is_looked_for_and_not_sent_by_the_heir_of_a_process_that_died_after_it_journalled()
    {
        var dead = new TaskCompletionSource<VenueAnswer>();
        rig.Venue.OnPlace = _ => dead.Task;
        _ = rig.Run();
        await Eventually.True(() => rig.Venue.Count("place") == 1);

        var handled = await rig.Run(rig.NewProcess());

        Assert.Equal(["place", "look"], rig.Venue.Calls);
        Assert.NotNull(handled.Again);
        Assert.Equal("Unknown", rig.Wire.Only.Kind);              // its own process never lived to say so
    }

    [Fact]
    public async Task Is_told_again_to_the_letter_and_not_sent_when_it_is_handed_over_again()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1)));
        await rig.Run();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Handled.Reported, await rig.Run(rig.NewProcess()));
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal(2, rig.Wire.Reports.Length);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(rig.Wire.Reports[0]), System.Text.Json.JsonSerializer.Serialize(rig.Wire.Reports[1]));
    }

    [Fact]
    public async Task Is_told_later_when_the_broker_was_away()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.New)));
        rig.Wire.IsDown = true;
        await Assert.ThrowsAsync<TimeoutException>(() => rig.Run());
        rig.Wire.IsDown = false;
        await rig.Run(rig.NewProcess());
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal("New", rig.Wire.Only.Status);
    }
}

public sealed class A_placement_whose_time_has_passed : IAsyncLifetime
{
    readonly GatewayRig rig = new();

    public Task InitializeAsync() => rig.WithPending();
    public async Task DisposeAsync() => await rig.DisposeAsync();

    PlaceEffect Expiring => rig.Placement with { NotAfter = rig.Clock.Start.AddSeconds(10) };

    [Theory]
    [InlineData(10_000)]
    [InlineData(3_600_000)]
    public async Task Is_rejected_as_expired_and_not_sent(int laterMs)
    {
        rig.Clock.Advance(TimeSpan.FromMilliseconds(laterMs));
        Assert.Equal(Handled.Reported, await rig.Run(effect: Expiring));
        Assert.Empty(rig.Venue.Calls);
        Assert.Equal(("Rejected", "IntentExpired", GatewayRig.Seq, (DateTimeOffset?)null), (rig.Wire.Only.Kind, rig.Wire.Only.Reason, rig.Wire.Only.EffectSeq, rig.Wire.Only.SentAt));
        Assert.Contains("expires_at", rig.Wire.Only.VenueText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_sent_up_to_the_last_moment()
    {
        rig.Clock.Advance(TimeSpan.FromMilliseconds(9_999));
        await rig.Run(effect: Expiring);
        Assert.Equal(["place"], rig.Venue.Calls);
    }

    [Fact]
    public async Task Is_rejected_rather_than_tried_again()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotSent));
        await rig.Run(effect: Expiring);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        await rig.Run(effect: Expiring);
        Assert.Equal(["place"], rig.Venue.Calls);
        Assert.Equal("IntentExpired", rig.Wire.Only.Reason);
    }

    [Fact]
    public async Task Is_still_looked_for_once_it_was_sent()
    {
        await rig.Run(effect: Expiring);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        rig.Venue.OnLook = _ => Task.FromResult(Known(State(rig.ClientOrderId, VenueStatus.Filled, 1)));
        await rig.Run(effect: Expiring);
        Assert.Equal("Filled", rig.Wire.Reports[^1].Status);
    }

    // A process that was paused between reading the journal and its clock must not speak for the one that has sent meanwhile.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_not_called_expired_by_a_process_that_slept_while_another_sent_it(bool afterATry)
    {
        if (afterATry)
        {
            rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.NotSent));
            await rig.Run(effect: Expiring);
        }
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Unknown));
        var slept = false;
        var sleepy = Stub<IPlacementJournal>.Of((method, args) => method.Name != nameof(IPlacementJournal.Load) || slept ? Stub.PassOn : Sleep(), rig.Journal);

        Assert.Equal(TimeSpan.Zero, (await rig.Run(rig.NewProcess(sleepy), Expiring)).Again);

        Assert.DoesNotContain(rig.Wire.Reports, report => report.Kind == "Rejected");
        Assert.Null((await rig.Entry())!.Resolution);

        async Task<PlacementEntry?> Sleep()
        {
            slept = true;
            var before = await rig.Entry();
            await rig.Run(rig.NewProcess(), Expiring);
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
            return before;
        }
    }

    [Fact]
    public async Task Is_not_called_refused_for_an_epoch_that_is_over_by_a_process_that_slept()
    {
        rig.Venue.OnPlace = _ => Task.FromResult(Answer(VenueOutcome.Rejected));
        var sleepy = Stub<IPlacementJournal>.Of((method, args) => method.Name != nameof(IPlacementJournal.Resolve) ? Stub.PassOn : Sleep(args), rig.Journal);

        Assert.Equal(TimeSpan.Zero, (await rig.Run(rig.NewProcess(sleepy))).Again);

        Assert.DoesNotContain(rig.Wire.Reports, report => report.Kind == "Rejected");
        Assert.Null((await rig.Entry())!.Resolution);

        async Task<bool> Sleep(object?[] args)
        {
            var entry = (await rig.Entry())!;
            Assert.True(await rig.Journal.TryAdvance(entry with { Epoch = 2 }, CancellationToken.None));
            return await rig.Journal.Resolve((string)args[0]!, (int?)args[1], (string)args[2]!, CancellationToken.None);
        }
    }
}
