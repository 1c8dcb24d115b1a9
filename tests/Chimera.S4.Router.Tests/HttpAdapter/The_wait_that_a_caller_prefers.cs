using Chimera.S4.Contracts;
using Chimera.S4.HttpAdapter.Orders;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_wait_that_a_caller_prefers
{
    [Theory]
    [InlineData("wait=0", 0)]
    [InlineData("wait=7", 7)]
    [InlineData("WAIT = 7", 7)]
    [InlineData("wait=\"7\"", 7)]
    [InlineData("respond-async, wait=7; foo=bar", 7)]
    [InlineData("wait=61", 60)]
    [InlineData("wait=99999999", 60)]
    [InlineData("wait=-1", null)]
    [InlineData("wait=soon", null)]
    [InlineData("wait", null)]
    [InlineData("return=minimal", null)]
    public void Is_read_from_the_header_and_ends_at_a_minute(string header, int? seconds)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = header;

        Assert.Equal(seconds is { } some ? TimeSpan.FromSeconds(some) : null, Prefer.Wait(request));
    }

    [Theory]
    [InlineData(null, 1_000)]
    [InlineData(1_500, 2_500)]
    [InlineData(-5, 1_000)]
    [InlineData(int.MaxValue, 60_000)]
    public void Is_the_maker_window_and_a_margin_where_the_header_is_silent(int? windowMs, int waitMs)
    {
        var intent = new OrderIntent { ExecPolicy = new() { MakerThenTaker = new() { WaitMs = windowMs } } };

        Assert.Equal(TimeSpan.FromMilliseconds(waitMs), Prefer.Default(intent, TimeSpan.FromSeconds(1)));
    }
}
