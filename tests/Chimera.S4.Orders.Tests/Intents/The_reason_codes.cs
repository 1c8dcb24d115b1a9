using Xunit;

namespace Chimera.S4.Orders.Tests;

public class The_reason_codes
{
    [Fact]
    public void Are_one_row_for_each_member_in_its_order() => Assert.Equal(Enum.GetValues<ReasonCode>(), ReasonCodes.Table.Select(entry => entry.Reason));

    [Fact]
    public void Are_spelt_like_their_members() => Assert.All(ReasonCodes.Table, entry => Assert.Equal(Words.Of(entry.Reason), entry.Code));

    [Fact]
    public void Of_the_venue_and_remarks_are_answered_with_200_and_denials_never() =>
        Assert.All(ReasonCodes.Table, entry => Assert.Equal(entry.By is not ReasonCodes.Router, entry.HttpStatus == 200));

    [Fact]
    public void Come_from_router_or_venue_or_are_a_remark() => Assert.All(ReasonCodes.Table, entry => Assert.Contains(entry.By, new[] { "ROUTER", "VENUE", "REMARK" }));
}
