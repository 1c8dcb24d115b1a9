using Chimera.S4.Orders;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues.Limits;

public class A_rate_budget
{
    // Two seconds into a window of ten.
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 2, TimeSpan.Zero));
    readonly RateBudget budget;

    public A_rate_budget() => budget = new(
        Market.Spot, [new(RateKind.Weight, TimeSpan.FromSeconds(10), 100), new(RateKind.Orders, TimeSpan.FromSeconds(10), 20), new(RateKind.Orders, TimeSpan.FromDays(1), 1000)],
        new ServerClock(time), time);

    static Charge Read(int weight, Urgency urgency = Urgency.Order) => new(weight, 0, urgency);
    static readonly Charge Placement = new(0, 1, Urgency.Order);

    RateTicket Admitted(Charge charge)
    {
        var ticket = budget.Admit(charge);
        Assert.True(ticket.Wait is null, $"refused by {ticket.Why}");
        return ticket;
    }

    static HttpReply Reply(int status = 200, string body = "{}", int? retryAfter = null, params (string Name, long Count)[] counts) => new()
    {
        Status = status, Body = body, RetryAfter = retryAfter is { } s ? TimeSpan.FromSeconds(s) : null, Counts = counts.ToDictionary(count => count.Name, count => count.Count),
    };

    void Told(long weight) => budget.Settle(Admitted(Read(0, Urgency.Urgent)), Reply(counts: ("USED-WEIGHT-10S", weight)));

    int Admissions(Charge charge)
    {
        var count = 0;
        while (budget.Admit(charge).Wait is null && count < 10_000) count++;
        return count;
    }

    /// <summary>So that the refreshing request of a full window is out of the way.</summary>
    void NoRefresh()
    {
        Told(90);
        Admitted(Read(1));
        Told(0);
    }

    [Theory]
    [InlineData(Urgency.Low, 49)]
    [InlineData(Urgency.Normal, 64)]
    [InlineData(Urgency.Order, 79)]
    [InlineData(Urgency.Urgent, 94)]
    public void Leaves_to_the_more_urgent_their_share(object urgency, int admitted)
    {
        NoRefresh();
        // One of weight 1 is under way already.
        Assert.Equal(admitted, Admissions(Read(1, (Urgency)urgency)));
    }

    [Fact]
    public void Serves_cancels_when_placements_have_used_up_theirs()
    {
        NoRefresh();
        Assert.Equal(16, Admissions(Placement));
        Assert.Equal("ORDER-COUNT-10S", budget.Admit(Placement).Why);
        Assert.Equal(3, Admissions(Placement with { Urgency = Urgency.Urgent }));
        Admitted(Read(1, Urgency.Urgent));
        Admitted(Read(1));
    }

    [Fact]
    public void Believes_the_venues_count_whoever_caused_it()
    {
        NoRefresh();
        Told(75);
        Assert.Equal(4, Admissions(Read(1)));
        Assert.Equal("USED-WEIGHT-10S", budget.Admit(Read(1)).Why);
    }

    [Fact]
    public void Waits_for_the_next_window_and_begins_it_anew()
    {
        NoRefresh();
        Told(79);
        var refused = budget.Admit(Read(10));
        Assert.Equal(8.05, refused.Wait!.Value.TotalSeconds, 3);
        time.Advance(refused.Wait.Value - TimeSpan.FromMilliseconds(1));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Admitted(Read(10));
    }

    [Fact]
    public void Counts_what_is_under_way_until_it_is_answered()
    {
        NoRefresh();
        var first = Admitted(Read(60));
        Assert.NotNull(budget.Admit(Read(60)).Wait);
        budget.Settle(first, Reply(counts: ("USED-WEIGHT-10S", 10)));
        Admitted(Read(60));
    }

    [Fact]
    public void Is_not_fooled_by_an_answer_that_was_overtaken()
    {
        NoRefresh();
        var (early, late) = (Admitted(Read(1)), Admitted(Read(1)));
        time.Advance(TimeSpan.FromMilliseconds(5));
        budget.Settle(late, Reply(counts: ("USED-WEIGHT-10S", 78)));
        budget.Settle(early, Reply(counts: ("USED-WEIGHT-10S", 5)));
        Assert.NotNull(budget.Admit(Read(10)).Wait);
    }

    [Fact]
    public void Believes_a_lower_count_of_a_request_sent_later_because_fills_give_orders_back()
    {
        NoRefresh();
        budget.Settle(Admitted(Placement), Reply(counts: ("ORDER-COUNT-10S", 15)));
        time.Advance(TimeSpan.FromMilliseconds(5));
        budget.Settle(Admitted(Placement), Reply(counts: ("ORDER-COUNT-10S", 3)));
        Assert.Equal(13, Admissions(Placement));
    }

    [Fact]
    public void Passes_over_what_an_answer_says_of_a_window_that_has_ended()
    {
        NoRefresh();
        var last = Admitted(Read(1));
        time.Advance(TimeSpan.FromSeconds(9));
        budget.Settle(last, Reply(counts: ("USED-WEIGHT-10S", 79)));
        Admitted(Read(70));
    }

    [Fact]
    public void Lets_one_request_in_two_seconds_hear_a_count_that_may_be_out_of_date()
    {
        Told(85);
        Admitted(Read(1));
        Assert.NotNull(budget.Admit(Read(1)).Wait);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.NotNull(budget.Admit(Read(1)).Wait);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Admitted(Read(1));
        Assert.NotNull(budget.Admit(Read(1)).Wait);
        Told(95);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull(budget.Admit(Read(1)).Wait);
    }

    [Fact]
    public void Tells_nobody_to_wait_for_the_end_of_a_day()
    {
        NoRefresh();
        budget.Settle(Admitted(Placement), Reply(counts: ("ORDER-COUNT-1D", 900)));
        Assert.Equal(("ORDER-COUNT-1D", 10d), (budget.Admit(Placement).Why, budget.Admit(Placement).Wait!.Value.TotalSeconds));
    }

    [Theory]
    [InlineData("no answer", 1)]
    [InlineData("not sent", 0)]
    [InlineData("refused", 0)]
    [InlineData("taken", 1)]
    [InlineData("a gateway's 502", 1)]
    public void Without_a_count_counts_orders_that_may_have_been_placed(string what, int counted)
    {
        NoRefresh();
        var ticket = Admitted(Placement);
        budget.Settle(ticket, what switch
        {
            "no answer" => new() { Failure = HttpFailure.Broken },
            "not sent" => new() { Failure = HttpFailure.NotSent },
            "refused" => Reply(400),
            "taken" => Reply(),
            _ => Reply(502, "<html>"),
        });
        Assert.Equal(16 - counted, Admissions(Placement));
    }

    [Theory]
    [InlineData(418, -1003, 120, "all 120")]
    [InlineData(429, -1003, 7, "all 7")]
    [InlineData(429, -1003, null, "all 60")]
    [InlineData(429, -1015, 4, "orders 4")]
    [InlineData(400, -1015, null, "orders 10")]
    [InlineData(400, -2010, 9, "nothing 0")]
    [InlineData(503, -1008, 9, "nothing 0")]
    public void Heeds_a_refusal_of_the_venues_until_its_end(int status, int code, int? retryAfter, string held)
    {
        budget.Settle(Admitted(Placement), Reply(status, Samples.Error(code, "no"), retryAfter));
        var (scope, seconds) = (held.Split(' ')[0], int.Parse(held.Split(' ')[1]));
        Assert.Equal(scope is "nothing", budget.Admit(Placement).Wait is null);
        Assert.Equal(scope is not "all", budget.Admit(Read(1, Urgency.Urgent)).Wait is null);
        if (seconds == 0) return;
        Assert.Equal(seconds, budget.Admit(Placement with { Urgency = Urgency.Urgent }).Wait!.Value.TotalSeconds, 3);
        time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(budget.Admit(Placement).Wait);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Admitted(Placement);
    }

    [Fact]
    public void Heeds_the_end_that_a_ban_names_and_never_shortens_a_hold()
    {
        var until = time.GetUtcNow().AddHours(3);
        var (first, second) = (Admitted(Read(1)), Admitted(Read(1)));
        budget.Settle(first, Reply(418, Samples.Error(-1003, $"Way too much request weight used; IP banned until {until.ToUnixTimeMilliseconds()}."), 120));
        budget.Settle(second, Reply(429, Samples.Error(-1003, "Too much request weight used."), 1));
        Assert.Equal(3, budget.Admit(Read(1, Urgency.Urgent)).Wait!.Value.TotalHours, 3);
    }

    [Fact]
    public void Takes_its_limits_from_the_venue_and_keeps_its_counts()
    {
        NoRefresh();
        Told(70);
        var underWay = Admitted(Placement);
        budget.SetLimits([new(RateKind.Weight, TimeSpan.FromSeconds(10), 200), new(RateKind.Orders, TimeSpan.FromSeconds(10), 10), new(RateKind.Orders, TimeSpan.FromMinutes(1), 9)]);
        Assert.Equal(89, Admissions(Read(1)));
        Assert.Equal(7, Admissions(Placement));
        Assert.Equal("ORDER-COUNT-10S", budget.Admit(Placement).Why);
        budget.Settle(underWay, Reply(counts: ("ORDER-COUNT-10S", 0)));
        Assert.Equal("ORDER-COUNT-1M", budget.Admit(Placement).Why);
    }
}

public class Replicas_of_one_account
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 2, TimeSpan.Zero));

    RateBudget Replica() => new(Market.Spot, [new(RateKind.Weight, TimeSpan.FromSeconds(10), 100)], new ServerClock(time), time);

    static int Admissions(RateBudget budget)
    {
        var count = 0;
        while (budget.Admit(new(1, 0, Urgency.Order)).Wait is null && count < 1000) count++;
        return count;
    }

    [Fact]
    public void Keep_clear_of_what_another_has_under_way()
    {
        var (one, other) = (Replica(), Replica());
        for (var i = 0; i < 20; i++) one.Admit(new(1));
        // Twenty under way, and as many again while nobody asks.
        other.Learn([one.Tell()]);
        Assert.Equal(41, Admissions(other));
    }

    [Fact]
    public void Hear_the_venues_count_through_each_other()
    {
        var (one, other) = (Replica(), Replica());
        one.Settle(one.Admit(new(1)), new() { Status = 200, Counts = new Dictionary<string, long> { ["USED-WEIGHT-10S"] = 60 } });
        one.Tell();
        other.Learn([one.Tell()]);
        Assert.Equal(21, Admissions(other));
    }

    [Fact]
    public void Forget_what_was_said_of_an_old_window()
    {
        var (one, other) = (Replica(), Replica());
        for (var i = 0; i < 40; i++) one.Admit(new(1));
        var news = one.Tell();
        time.Advance(TimeSpan.FromSeconds(10));
        other.Learn([news]);
        Assert.Equal(81, Admissions(other));
    }

    [Fact]
    public void Share_a_ban()
    {
        var (one, other) = (Replica(), Replica());
        var told = 0;
        (one.HoldBegan, other.HoldBegan) = (() => told++, () => told += 100);
        one.Settle(one.Admit(new(1)), new() { Status = 418, RetryAfter = TimeSpan.FromMinutes(2) });
        other.Learn([one.Tell()]);
        Assert.Equal(120, other.Admit(new(1, 0, Urgency.Urgent)).Wait!.Value.TotalSeconds, 3);
        Assert.Equal(1, told);
    }
}
