using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_futures_position
{
    [Theory]
    [InlineData("long 0.5 of 2     -> rest 1.5")]
    [InlineData("long 0.5 of 0.5   -> rest 0")]
    [InlineData("long 0.5 of 0.2   -> rest -0.3  short")]
    [InlineData("short 0.5 of -2   -> rest -1.5")]
    [InlineData("short 0.5 of 0    -> rest 0.5   short")]
    [InlineData("short 0.5 of 1    -> rest 1.5   short")]
    public void Is_held_against_what_live_intents_have_brought(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var side = words[0] is "long" ? Side.Buy : Side.Sell;
        var order = Sample.Working(Sample.Intent with { Side = side, Market = Market.Fut });
        var line = PositionCheck.Of(new Dictionary<string, decimal> { ["BTCUSDT"] = decimal.Parse(words[3]) }, [order.Then(order.Says(VenueStatus.PartiallyFilled, 0.5m, null, 1)).Order]).Single();
        Assert.Equal((decimal.Parse(words[6]), words.Length > 7), (line.Rest, line.IsShort));
    }

    [Fact]
    public void Of_which_nobody_has_anything_is_no_line() => Assert.Empty(PositionCheck.Of(new Dictionary<string, decimal> { ["BTCUSDT"] = 0 }, [Sample.Working()]));
}
