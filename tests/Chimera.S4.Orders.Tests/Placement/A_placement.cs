using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_placement
{
    static readonly TimeSpan Settle = TimeSpan.FromSeconds(60);

    static readonly PlacementEntry Sent = new()
    {
        ClientOrderId = "s4x", Epoch = 1, Request = "symbol=BTCUSDT&signature=00", Timestamp = Sample.Start, ReceiveWindow = TimeSpan.FromSeconds(1), SentAt = Sample.Start,
    };

    // Seconds since the send. "empty a-b": first and latest empty round that count; "stream": since when it is reconciled; "venue": the exchange's clock where it differs.
    [Theory]
    [InlineData("entry none                                     -> Begin")]
    [InlineData("entry sent  now 0     stream -5                -> Look")]
    [InlineData("entry sent  now 900   stream -5                -> Look     time alone proves nothing")]
    [InlineData("entry sent  now 900   stream -5  empty 70-70   -> Look     one round")]
    [InlineData("entry sent  now 900   stream -5  empty 70-74.9 -> Look     two rounds too close")]
    [InlineData("entry sent  now 75    stream -5  empty 70-75   -> Advance")]
    [InlineData("entry sent  now 59.9  stream -5  empty 50-58   -> Look     not settled")]
    [InlineData("entry sent  now 60    stream -5  empty 50-58   -> Advance  settled")]
    [InlineData("entry sent  now 75    stream -5  empty 70-75  venue 59   -> Look     not settled: the clock of this machine was set, the venue's was not")]
    [InlineData("entry sent  now 75    stream -5  empty 70-75  venue 11   settle 1 -> Look     the fence still stands: window and engine have 11 s")]
    [InlineData("entry sent  now 75    stream -5  empty 70-75  venue 11.1 settle 1 -> Advance  past the fence")]
    [InlineData("entry sent  now 75    stream none empty 70-75  -> Look     the stream is down")]
    [InlineData("entry sent  now 75    stream 71  empty 70-75   -> Look     the first round was before the reconnect")]
    [InlineData("entry sent  now 76    stream 71  empty 71-76   -> Advance  both rounds after it")]
    [InlineData("entry refused  now 0  stream none              -> Advance  known not to have been executed")]
    [InlineData("entry known    now 0  stream none              -> Tell")]
    [InlineData("entry known    now 75 stream -5  empty 70-75   -> Tell     what is known is never sent again")]
    public void Takes_the_step_that_the_table_says(string row)
    {
        var cell = Row.Of(row);
        var empty = cell.Has("empty") ? cell["empty"].Split('-').Select(text => At(text)).ToArray() : null;
        var entry = cell["entry"] switch
        {
            "none" => null, "refused" => Sent with { NotExecuted = true }, "known" => Sent with { NotExecuted = true, Resolution = "{}" }, _ => Sent,
        };
        if (entry is not null && empty is not null) entry = entry with { FirstEmptyAt = empty[0], LastEmptyAt = empty[1] };
        Assert.Equal(cell["->"], PlacementProtocol.StepFor(entry, View(cell)).ToString());
    }

    [Theory]
    [InlineData("now 59.9  stream -5              first none   not settled: it counts for nothing")]
    [InlineData("now 60    stream -5              first 60")]
    [InlineData("now 90    stream none            first none   nobody listened")]
    [InlineData("now 90    stream -5   venue 11   settle 1 first none   the fence still stands")]
    [InlineData("now 90    stream -5   was 70     first 70     the first stays the first")]
    [InlineData("now 90    stream 80   was 70     first 90     a gap in the stream voids what was seen before it")]
    [InlineData("now 90    stream none was 70     first 70     last 70   a deaf replica proves nothing, and voids nothing")]
    public void Counts_an_empty_round_as_the_table_says(string row)
    {
        var cell = Row.Of(row);
        var entry = cell.Has("was") ? Sent with { FirstEmptyAt = At(cell["was"]), LastEmptyAt = At(cell["was"]), Probes = 3 } : Sent with { Probes = 3 };
        var looked = AbsenceProof.LookedEmpty(entry, View(cell));
        Assert.Equal(cell["first"] == "none" ? (null, null, 4) : (At(cell["first"]), At(cell[cell.Has("last") ? "last" : "now"]), 4), (looked.FirstEmptyAt, looked.LastEmptyAt, looked.Probes));
    }

    [Fact]
    public void Counts_no_round_in_which_a_look_was_not_answered()
    {
        var entry = Sent with { FirstEmptyAt = At("70"), LastEmptyAt = At("70") };
        Assert.Equal(entry with { Probes = 1 }, AbsenceProof.Looked(entry, View(Row.Of("now 80 stream -5"))));
    }

    [Theory]
    [InlineData("now 899.9  review no")]
    [InlineData("now 900    review yes")]
    public void Needs_review_after_a_quarter_of_an_hour_and_from_then_on(string row)
    {
        var cell = Row.Of(row + " stream none");
        Assert.Equal(cell["review"] == "yes", AbsenceProof.Looked(Sent, View(cell)).NeedsReview);
        Assert.True(AbsenceProof.LookedEmpty(Sent with { NeedsReview = true }, View(cell)).NeedsReview);
    }

    [Theory]
    [InlineData("probes 0 seconds 0.5")]
    [InlineData("probes 3 seconds 4")]
    [InlineData("probes 9 seconds 30")]
    [InlineData("probes 9 empty yes seconds 5   the second round is due as soon as it may be")]
    [InlineData("probes 1 empty yes seconds 1")]
    public void Is_looked_for_again_as_the_table_says(string row)
    {
        var cell = Row.Of(row);
        var entry = Sent with { Probes = (int)cell.Decimal("probes"), FirstEmptyAt = cell.Has("empty") ? Sample.Start : null };
        Assert.Equal((double)cell.Decimal("seconds"), AbsenceProof.LookAgainIn(entry).TotalSeconds);
    }

    static DateTimeOffset At(string seconds) => Sample.Start.AddSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));

    static PlacementView View(Row cell)
    {
        var now = cell.Has("now") ? At(cell["now"]) : Sample.Start;
        return new(now, cell.Has("venue") ? At(cell["venue"]) : now, !cell.Has("stream") || cell["stream"] == "none" ? null : At(cell["stream"]), cell.Has("settle") ? TimeSpan.FromSeconds((double)cell.Decimal("settle")) : Settle);
    }
}
