using Chimera.S4.Orders;
using Chimera.S4.Router.MarketData;
using Xunit;

namespace Chimera.S4.Router.Tests.Journal;

public class The_middle_of_a_book_in_the_past
{
    static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    readonly MidHistory history = new();

    void Note(double seconds, decimal mid) => history.Note(Market.Spot, "BTCUSDT", mid, Start.AddSeconds(seconds));
    decimal? At(double seconds) => history.At(Market.Spot, "BTCUSDT", Start.AddSeconds(seconds))?.Mid;

    [Fact]
    public void Is_that_of_the_last_book_before_the_instant()
    {
        Note(0, 100);
        Note(1, 101);
        Note(3, 103);
        Assert.Equal([null, 100, 100, 101, 101, 103, 103], new[] { -0.001, 0, 0.999, 1, 2.999, 3, 100 }.Select(At));
    }

    [Fact]
    public void Is_not_that_of_another_market()
    {
        Note(0, 100);
        Assert.Null(history.At(Market.Fut, "BTCUSDT", Start));
        Assert.Null(history.At(Market.Spot, "ETHUSDT", Start));
    }

    [Fact]
    public void Is_not_known_before_what_is_kept()
    {
        for (var step = 0; step <= 20_000; step++) Note(step * 0.05, step);
        Assert.Null(At(1000 - MidHistory.Reach.TotalSeconds - 1));
        Assert.Equal(20_000 - 5_000, At(1000 - 250));
        Assert.Equal(20_000, At(1000));
    }

    /// <summary>However the books come, the answer was in force at most one step before the instant, and a book that stands alone is never passed over.</summary>
    [Fact]
    public void Is_at_most_a_step_too_old()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (random, told, at) = (new Random(seed), new List<(double At, decimal Mid)>(), 0.0);
            var own = new MidHistory();
            for (var book = 0; book < 200; book++)
            {
                at += random.Next(5) == 0 ? random.NextDouble() : random.NextDouble() * 0.02;
                told.Add((at, book));
                own.Note(Market.Spot, "BTCUSDT", book, Start.AddSeconds(at));
            }
            for (var asked = told[0].At; asked < at + 1; asked += 0.013)
            {
                var answer = own.At(Market.Spot, "BTCUSDT", Start.AddSeconds(asked))?.Mid;
                var (latest, earliest) = (told.Last(book => book.At <= asked).Mid, told.LastOrDefault(book => book.At <= asked - MidHistory.Step.TotalSeconds - 0.0001, told[0]).Mid);
                Assert.True(answer <= latest && answer >= earliest, $"seed {seed}: asked for {asked}, answered {answer}, in force {latest}, a step before {earliest}");
            }
        }
    }
}
