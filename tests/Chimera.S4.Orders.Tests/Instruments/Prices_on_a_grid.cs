using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Prices_on_a_grid
{
    // Ticks as venues have them and as they might; prices down to eight places.
    static readonly Gen<decimal> Ticks = Gen.Elements(0m, 0.00000001m, 0.0001m, 0.01m, 0.05m, 0.1m, 0.25m, 0.7m, 1m, 3m, 10m, 1000m);
    static readonly Gen<decimal> Values = Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 8), (digits, scale) => new decimal(digits, 0, 0, false, (byte)scale));
    static readonly Arbitrary<(decimal Tick, decimal Price)> Cases = Ticks.Zip(Values, (tick, price) => (tick, price)).ToArbitrary();

    [Fact]
    public void Snap_to_a_tick_that_is_never_more_aggressive() => Check(at =>
    {
        var grid = new PriceGrid(at.Tick);
        var (buy, sell) = (grid.Snap(new(at.Price), Side.Buy), grid.Snap(new(at.Price), Side.Sell));
        return grid.IsOnTick(buy) && grid.IsOnTick(sell) && buy.Value <= at.Price && sell.Value >= at.Price;
    });

    [Fact]
    public void Snap_by_less_than_a_tick_and_not_at_all_when_on_one() => Check(at =>
    {
        var grid = new PriceGrid(at.Tick);
        var (buy, sell) = (grid.Snap(new(at.Price), Side.Buy), grid.Snap(new(at.Price), Side.Sell));
        if (grid.IsOnTick(new(at.Price))) return buy.Value == at.Price && sell.Value == at.Price;
        return at.Price - buy.Value < at.Tick && sell.Value - buy.Value == at.Tick;
    });

    [Fact]
    public void Snap_once_and_stay() => Check(at =>
    {
        var grid = new PriceGrid(at.Tick);
        var snapped = grid.Snap(new(at.Price), Side.Sell);
        return grid.Snap(snapped, Side.Sell) == snapped && grid.Snap(snapped, Side.Buy) == snapped;
    });

    [Theory]
    [InlineData("tick 0.01   price 100.005   buy 100      sell 100.01")]
    [InlineData("tick 0.01   price 100.01    buy 100.01   sell 100.01")]
    [InlineData("tick 0      price 100.00501 buy 100.00501 sell 100.00501  no tick rule")]
    [InlineData("tick 0.3    price 1         buy 0.9      sell 1.2         a tick that is no power of ten")]
    [InlineData("tick 0.0000000000000000000000000001 price 7.9228162514264337593543950335 buy 7.9228162514264337593543950335 sell 7.9228162514264337593543950335  28 places")]
    public void Snap_as_the_table_says(string row)
    {
        var cell = Row.Of(row);
        var grid = new PriceGrid(cell.Decimal("tick"));
        Assert.Equal(cell.Decimal("buy"), grid.Snap(new(cell.Decimal("price")), Side.Buy).Value);
        Assert.Equal(cell.Decimal("sell"), grid.Snap(new(cell.Decimal("price")), Side.Sell).Value);
    }

    [Theory]
    [InlineData("tick 0.01  min 1  max 10  price 1      on yes  in yes")]
    [InlineData("tick 0.01  min 1  max 10  price 10     on yes  in yes")]
    [InlineData("tick 0.01  min 1  max 10  price 10.01  on yes  in no")]
    [InlineData("tick 0.01  min 1  max 10  price 0.99   on yes  in no")]
    [InlineData("tick 0.01  min 0  max 0   price 5.005  on no   in yes   bounds of zero are off")]
    [InlineData("tick 0     min 0  max 0   price 0      on yes  in no    no price is zero")]
    public void Are_on_the_tick_and_in_range_as_the_table_says(string row)
    {
        var cell = Row.Of(row);
        var grid = new PriceGrid(cell.Decimal("tick"), cell.Decimal("min"), cell.Decimal("max"));
        Assert.Equal(cell["on"] == "yes", grid.IsOnTick(new(cell.Decimal("price"))));
        Assert.Equal(cell["in"] == "yes", grid.IsInRange(new(cell.Decimal("price"))));
    }

    static void Check(Func<(decimal Tick, decimal Price), bool> law) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Cases, law));
}
