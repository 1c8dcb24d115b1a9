using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_curve_document
{
    const string Whole = """
        {"rev":7,"previous_rev":6,"made_at":"2026-03-02T00:10:00+00:00","maker_wait_ms":[{"market":"SPOT","notional_from":"0","spread_bps_from":"1.5","depth_from":"2","value":500,"samples":1234,"low":250,"high":1000}],
        "twap_slices":[{"notional_from":"0","value":1},{"notional_from":"20000","value":3}],"explore":{"share":"0.03","notional_to":"1000"},
        "learning":{"calibrated_on":"2026-03-02","made_rev":7,"in_force_since":"2026-03-01","hold_until":"2026-03-09","previous_wait_ms":[{"notional_from":"0","value":1000}],"previous_slices":[{"notional_from":"0","value":2}],
        "shadow_wait_ms":[{"notional_from":"0","value":250}],"shadow_slices":[{"notional_from":"0","value":4}]}}
        """;

    static RouteCurves Read(string text)
    {
        var curves = CurvesJson.Read(text, out var problem);
        Assert.Equal("", problem);
        return curves!;
    }

    [Fact]
    public void Comes_back_as_it_was_written()
    {
        var curves = Read(Whole);
        Assert.Null(Shape.Differ(Shape.Of(curves), Shape.Of(Read(CurvesJson.Write(curves)))));
        Assert.Equal((7, 6, 500, 1234, 250, 1000), (curves.Rev, curves.PreviousRev, curves.MakerWaitMs[0].Value, curves.MakerWaitMs[0].Samples, curves.MakerWaitMs[0].Low, curves.MakerWaitMs[0].High));
        Assert.Equal((0.03m, 1000m), (curves.Explore!.Share, curves.Explore.NotionalTo));
        Assert.Equal((7, new DateOnly(2026, 3, 9), 250, 4), (curves.Learning!.MadeRev, curves.Learning.HoldUntil, curves.Learning.ShadowWaitMs[0].Value, curves.Learning.ShadowSlices[0].Value));
    }

    /// <summary>By hand: a revision and one number are enough, and numbers may be numbers.</summary>
    [Fact]
    public void May_be_short() => Assert.Equal(250, Read("""{"rev":1,"maker_wait_ms":[{"notional_from":0,"value":250}]}""").WaitMs(Market.Fut, 1, 0, 0));

    [Theory]
    [InlineData("", "$: The input does not contain any JSON tokens")]
    [InlineData("null", "the document is null")]
    [InlineData("[]", "$: The JSON value could not be converted")]
    [InlineData("{}", "rev is missing; it must be a whole number from 1")]
    [InlineData("""{"rev":0}""", "rev 0 must be a whole number from 1")]
    [InlineData("""{"rev":"3"}""", "$.rev: The JSON value could not be converted")]
    [InlineData("""{"rev":3,"previous_rev":3}""", "previous_rev 3 must be 0 or more and below rev 3")]
    [InlineData("""{"rev":1,"maker_wait":[]}""", "$.maker_wait: The JSON property 'maker_wait' could not be mapped")]
    [InlineData("""{"rev":1,"maker_wait_ms":[null]}""", "maker_wait_ms[0] is null")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"0"}]}""", "maker_wait_ms[0].value is missing; it must be 0–86400000")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"0","value":-1}]}""", "maker_wait_ms[0].value -1 must be 0–86400000")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"value":1}]}""", "maker_wait_ms[0].notional_from is missing; it must be 0 or more")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"1,5","value":1}]}""", "$.maker_wait_ms[0].notional_from: '1,5' is no decimal")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"0","spread_bps_from":"-0.5","value":1}]}""", "maker_wait_ms[0].spread_bps_from -0.5 must be 0 or more")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"0","value":1,"market":"spot"}]}""", "$.maker_wait_ms[0].market: market 'spot' is not one of SPOT, FUT")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"0","value":1,"low":5,"high":4}]}""", "maker_wait_ms[0].low 5 must not be above high 4")]
    [InlineData("""{"rev":1,"maker_wait_ms":[{"notional_from":"0","value":1},{"notional_from":"0.0","value":2}]}""", "maker_wait_ms[1] is about the same bucket as maker_wait_ms[0]")]
    [InlineData("""{"rev":1,"twap_slices":[{"notional_from":"0","value":0}]}""", "twap_slices[0].value 0 must be 1–400")]
    [InlineData("""{"rev":1,"explore":{"share":"0.2","notional_to":"5"}}""", "explore.share 0.2 must be 0–0.1")]
    [InlineData("""{"rev":1,"explore":{"share":"0.02"}}""", "explore.notional_to is missing; it must be 0 or more")]
    [InlineData("""{"rev":1,"learning":{}}""", "learning.calibrated_on is missing")]
    public void Is_refused_by_field_and_value(string text, string says)
    {
        Assert.Null(CurvesJson.Read(text, out var problem));
        Assert.StartsWith(says, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0, 100)]
    [InlineData(999.99, 9, 9, 100)]
    [InlineData(1000, 0, 0, 200)]
    [InlineData(1000, 5, 0, 300)]
    [InlineData(1000, 5, 50, 400)]
    [InlineData(1000, 4.99, 50, 200)]
    [InlineData(5000, 9, 99, 500)]
    public void Is_looked_up_by_the_last_bucket_that_begins_before(double notional, double spreadBps, double depth, int waitMs)
    {
        CurveRow[] rows = [new(null, 1000, 5, 0, 300), new(null, 0, 0, 0, 100), new(null, 1000, 0, 0, 200), new(null, 1000, 5, 50, 400), new(null, 5000, 0, 0, 500), new(Market.Fut, 6000, 0, 0, 7)];
        Assert.Equal(waitMs, (new RouteCurves(1) { MakerWaitMs = [.. rows] }).WaitMs(Market.Spot, (decimal)notional, (decimal)spreadBps, (decimal)depth));
    }
}
