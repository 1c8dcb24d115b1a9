using Xunit;

namespace Chimera.S4.Orders.Tests.Gates;

public class A_circuit_breaker
{
    static readonly DateTimeOffset Start = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    static readonly BreakerOptions Options = new() { Window = TimeSpan.FromSeconds(60), Threshold = 0.2m, MinSample = 20, OpenFor = TimeSpan.FromSeconds(30), Probes = 3 };

    static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
    static Breaker Opened => Breaker.New(Start).Heard(20, 4, Start, Options);

    [Theory]
    [InlineData("20 4 -> Open")]
    [InlineData("20 3 -> Closed     below the threshold")]
    [InlineData("19 19 -> Closed    too few to say anything")]
    [InlineData("1000 200 -> Open")]
    [InlineData("1000 199 -> Closed")]
    public void Opens_at_the_threshold_of_a_sample_that_is_large_enough(string row)
    {
        var (answers, failures, state) = row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var a, var f, _, var s, ..] ? (long.Parse(a), long.Parse(f), s) : throw new FormatException(row);
        Assert.Equal(state, Breaker.New(Start).Heard(answers, failures, Start, Options).State.ToString());
    }

    [Fact]
    public void Forgets_what_is_older_than_its_window()
    {
        var breaker = Breaker.New(Start).Heard(19, 19, At(0), Options);
        Assert.Equal(BreakerState.Closed, breaker.Heard(1, 0, At(61), Options).State);
        Assert.Equal(BreakerState.Open, breaker.Heard(1, 0, At(59), Options).State);
    }

    [Fact]
    public void Adds_up_what_many_replicas_hear_bit_by_bit()
    {
        var breaker = Breaker.New(Start);
        for (var bit = 0; bit < 240; bit++) breaker = breaker.Heard(1, bit % 6 == 5 ? 1 : 0, At(bit / 4.0), Options);
        Assert.Equal(BreakerState.Closed, breaker.State);
        Assert.InRange(breaker.Counts.Length, 1, 13);                        // however many bits, the window is a dozen parts
        Assert.InRange(breaker.Answers, 215, 240);
    }

    [Fact]
    public void Lets_nothing_through_while_it_is_open_and_a_few_probes_after()
    {
        Assert.Equal(Admission.Refused, Opened.Admit(At(29.9), Options).Told);
        var breaker = Opened;
        for (var probe = 0; probe < 3; probe++)
        {
            (breaker, var told) = breaker.Admit(At(30), Options);
            Assert.Equal((Admission.Probe, BreakerState.Half), (told, breaker.State));
        }
        Assert.Equal(Admission.Refused, breaker.Admit(At(31), Options).Told);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(12.5, 17.5)]
    [InlineData(29.5, 0.5)]
    [InlineData(30, 0)]
    [InlineData(45, 0)]
    public void Tells_how_long_until_it_lets_probes_through(double seconds, double left) => Assert.Equal(TimeSpan.FromSeconds(left), Opened.ProbesIn(At(seconds), Options));

    [Fact]
    public void Tells_of_the_whole_wait_anew_when_a_probe_has_failed_and_of_none_when_it_is_closed()
    {
        Assert.Equal(TimeSpan.FromSeconds(29), Opened.Admit(At(40), Options).Then.Probed(failed: true, At(41), Options).ProbesIn(At(42), Options));
        Assert.Equal(TimeSpan.Zero, Breaker.New(Start).ProbesIn(At(-5), Options));
    }

    [Fact]
    public void Closes_when_as_many_probes_as_are_asked_for_have_passed_and_starts_to_count_anew()
    {
        var breaker = Opened;
        for (var probe = 0; probe < 3; probe++)
        {
            Assert.NotEqual(BreakerState.Closed, breaker.State);
            breaker = breaker.Admit(At(30 + probe), Options).Then.Probed(false, At(30 + probe), Options);
        }
        Assert.Equal((BreakerState.Closed, 0L), (breaker.State, breaker.Answers));
        Assert.Equal(Admission.Passes, breaker.Admit(At(40), Options).Told);
    }

    [Fact]
    public void Opens_again_for_its_whole_time_when_a_probe_fails()
    {
        var breaker = Opened.Admit(At(30), Options).Then.Admit(At(30), Options).Then;
        breaker = breaker.Probed(true, At(31), Options);
        Assert.Equal((BreakerState.Open, At(31)), (breaker.State, breaker.Since));
        breaker = breaker.Probed(false, At(32), Options);                     // the other one's late word
        Assert.Equal((Admission.Refused, Admission.Probe), (breaker.Admit(At(60.9), Options).Told, breaker.Admit(At(61), Options).Told));
    }

    [Fact]
    public void Gives_the_place_of_a_probe_to_another_when_its_replica_has_died()
    {
        var breaker = Opened;
        for (var probe = 0; probe < 3; probe++) breaker = breaker.Admit(At(30), Options).Then;
        Assert.Equal(Admission.Refused, breaker.Admit(At(59), Options).Told);
        Assert.Equal(Admission.Probe, breaker.Admit(At(60), Options).Told);
    }

    [Fact]
    public void Is_not_opened_by_other_answers_while_its_probes_decide()
    {
        var breaker = Opened.At(At(30), Options);
        Assert.Equal(BreakerState.Half, breaker.Heard(100, 100, At(31), Options).State);
    }

    [Theory]
    [InlineData(14, 0, BreakerState.Half)]
    [InlineData(15, 0, BreakerState.Closed)]
    [InlineData(19, 1, BreakerState.Half)]
    [InlineData(20, 1, BreakerState.Closed)]
    public void Closes_without_probes_when_all_else_has_been_answered_well_for_half_its_time(int secondsAfter, long failures, BreakerState then)
    {
        var breaker = Opened.Heard(1, 1, At(30), Options);
        Assert.Equal(BreakerState.Half, breaker.State);
        breaker = breaker.Heard(5, failures, At(35), Options);
        Assert.Equal(then, breaker.Heard(1, 0, At(30 + secondsAfter), Options).State);
    }

    [Fact]
    public void Closes_also_where_nothing_at_all_is_asked()
    {
        var breaker = Opened.Heard(0, 0, At(30), Options);
        Assert.Equal(BreakerState.Half, breaker.Heard(0, 0, At(44), Options).State);
        Assert.Equal(BreakerState.Closed, breaker.Heard(0, 0, At(45), Options).State);
    }

    [Fact]
    public void Waits_for_a_probe_that_is_under_way()
    {
        var breaker = Opened.At(At(30), Options).Admit(At(44), Options).Then;
        Assert.Equal(BreakerState.Half, breaker.Heard(1, 0, At(46), Options).State);
    }

    [Fact]
    public void Stays_the_same_object_of_thought_when_nothing_has_come() => Assert.Same(Opened.Heard(0, 0, At(1), Options) is var same ? same : null, same.Heard(0, 0, At(2), Options));
}
