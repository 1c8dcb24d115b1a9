using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Words_of_the_wire
{
    [Theory]
    [InlineData("Market     SPOT FUT")]
    [InlineData("Side       BUY SELL")]
    [InlineData("OrderType  MARKET LIMIT LIMIT_MAKER STOP TAKE_PROFIT")]
    [InlineData("TimeInForce GTC IOC FOK")]
    public void Are_these(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var allowed = words[0] switch
        {
            nameof(Market) => Words.Allowed<Market>(), nameof(Side) => Words.Allowed<Side>(), nameof(OrderType) => Words.Allowed<OrderType>(), _ => Words.Allowed<TimeInForce>(),
        };
        Assert.Equal(string.Join(", ", words[1..]), allowed);
    }

    [Theory]
    [InlineData("LIMIT_MAKER", true)]
    [InlineData("limit_maker", false)]
    [InlineData("LimitMaker", false)]
    [InlineData("LIMIT MAKER", false)]
    [InlineData("UNKNOWN", false)]
    [InlineData("2", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Are_read_exactly_as_written(string? word, bool isRead) => Assert.Equal(isRead, Words.TryRead<OrderType>(word, out _));
}
