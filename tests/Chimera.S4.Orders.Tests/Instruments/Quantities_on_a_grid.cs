using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Chimera.S4.Orders.Tests;

public class Quantities_on_a_grid
{
    static readonly Gen<decimal> Steps = Gen.Elements(0m, 0.00000001m, 0.00001m, 0.001m, 0.004m, 0.006m, 0.01m, 0.1m, 0.25m, 1m, 3m, 10m);
    static readonly Gen<decimal> Values = Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 8), (digits, scale) => new decimal(digits, 0, 0, false, (byte)scale));
    static readonly Arbitrary<(decimal A, decimal B, decimal Qty)> Cases = Steps.Zip(Steps).Zip(Values, (steps, qty) => (steps.Item1, steps.Item2, qty)).ToArbitrary();

    [Fact]
    public void Are_floored_never_above_what_was_asked_and_by_less_than_a_step() => Check(at =>
    {
        var floored = new LotGrid(at.A).Floor(new(at.Qty)).Value;
        return floored <= at.Qty && floored >= 0 && (at.A == 0 ? floored == at.Qty : floored % at.A == 0 && at.Qty - floored < at.A);
    });

    [Fact]
    public void Floored_on_two_grids_lie_on_both() => Check(at =>
    {
        var floored = new LotGrid(at.A).And(new LotGrid(at.B)).Floor(new(at.Qty)).Value;
        return floored <= at.Qty && (at.A == 0 || floored % at.A == 0) && (at.B == 0 || floored % at.B == 0);
    });

    [Fact]
    public void Floored_on_two_grids_are_the_largest_that_lie_on_both() => Check(at =>
    {
        if (at.A == 0 || at.B == 0) return true;
        // Nothing between the floored and the asked lies on both: walk the coarser grid down from the asked.
        var (coarse, fine) = (Math.Max(at.A, at.B), Math.Min(at.A, at.B));
        var walk = Math.Floor(at.Qty / coarse) * coarse;
        while (walk % fine != 0) walk -= coarse;
        return new LotGrid(at.A).And(new LotGrid(at.B)).Floor(new(at.Qty)).Value == walk;
    });

    [Fact]
    public void Do_not_care_which_grid_comes_first() => Check(at => new LotGrid(at.A, 1, 5).And(new LotGrid(at.B, 2, 0)) == new LotGrid(at.B, 2, 0).And(new LotGrid(at.A, 1, 5)));

    [Theory]
    [InlineData("a 0.001  b 0.001  step 0.001")]
    [InlineData("a 0.001  b 0      step 0.001   zero is no rule")]
    [InlineData("a 0      b 0      step 0")]
    [InlineData("a 0.004  b 0.006  step 0.012   the least common multiple, not the coarser")]
    [InlineData("a 1      b 0.25   step 1")]
    [InlineData("a 0.1    b 0.25   step 0.5")]
    public void Of_two_grids_have_the_least_common_step(string row)
    {
        var cell = Row.Of(row);
        Assert.Equal(cell.Decimal("step"), new LotGrid(cell.Decimal("a")).And(new LotGrid(cell.Decimal("b"))).StepSize);
    }

    [Theory]
    [InlineData("min1 1  max1 9  min2 2  max2 7  min 2  max 7")]
    [InlineData("min1 3  max1 0  min2 2  max2 7  min 3  max 7   a maximum of zero is none")]
    [InlineData("min1 3  max1 9  min2 0  max2 0  min 3  max 9")]
    [InlineData("min1 0  max1 0  min2 0  max2 0  min 0  max 0")]
    public void Of_two_grids_lie_in_both_ranges(string row)
    {
        var cell = Row.Of(row);
        var both = new LotGrid(1, cell.Decimal("min1"), cell.Decimal("max1")).And(new LotGrid(1, cell.Decimal("min2"), cell.Decimal("max2")));
        Assert.Equal((cell.Decimal("min"), cell.Decimal("max")), (both.MinQty, both.MaxQty));
    }

    [Fact]
    public void Are_exact_to_the_28th_place()
    {
        var tiny = new decimal(1, 0, 0, false, 28);
        Assert.Equal(7.9228162514264337593543950335m, new LotGrid(tiny).Floor(new(7.9228162514264337593543950335m)).Value);
        Assert.Equal(79228162514264337593543950000m, new LotGrid(1000).Floor(new(decimal.MaxValue)).Value);
        Assert.Equal(0m, decimal.MaxValue % tiny);
    }

    [Theory]
    [InlineData("asked 1    done 0.25  left 0.75")]
    [InlineData("asked 1    done 1     left 0")]
    [InlineData("asked 1    done 1.5   left 0   never negative")]
    public void Leave_what_is_not_done(string row)
    {
        var cell = Row.Of(row);
        Assert.Equal(cell.Decimal("left"), new Quantity(cell.Decimal("asked")).Less(new(cell.Decimal("done"))).Value);
    }

    static void Check(Func<(decimal A, decimal B, decimal Qty), bool> law) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Cases, law));
}
