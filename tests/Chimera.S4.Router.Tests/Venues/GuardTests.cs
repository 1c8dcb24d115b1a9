using Chimera.S4.Orders;
using Chimera.S4.Router.Venues.Binance;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Chimera.S4.Router.Tests.Venues;

/// <summary>How soon a deaf stream is found, on a clock of the test's own: Shown by 5. <see cref="A_deaf_stream"/> tells the same against the simulator.</summary>
public sealed class A_guard_over_a_stream : IAsyncLifetime
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    StubVenue stub = null!;
    Rig rig = null!;
    Task guarding = Task.CompletedTask;
    string open = "[]";
    (int, string) order = (400, Samples.Error(-2013, "Order does not exist."));

    public async Task InitializeAsync()
    {
        stub = await StubVenue.Start();
        stub.Answer = request => request.Path.EndsWith("/openOrders", StringComparison.Ordinal) ? (200, open) : order;
        // The clock leaps while a request is under way: that must not count as a time-out.
        rig = new(stub.Rest, time: time, change: options => options.HttpTimeout = TimeSpan.FromDays(1));
        rig.SpotWatch.Begin();
        time.Advance(TimeSpan.FromSeconds(1));
        var guard = new StreamGuard(rig.SpotWatch, new OrderReads(rig.SpotApi, new AnswerReader(rig.SpotApi.Dialect, rig.SpotApi.Clock, rig.SpotWatch)), null, time);
        guarding = guard.Run(default);
    }

    public async Task DisposeAsync()
    {
        rig.Dispose();
        await stub.DisposeAsync();
    }

    /// <summary>How long until the stream is given up, to the tenth of a second; null: not within so many seconds.</summary>
    async Task<double?> GivenUpAfter(double seconds)
    {
        for (var tenths = 0; tenths < seconds * 10; tenths++)
        {
            var asked = stub.Requests.Count;
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10);
            // It is asking the venue: the answer is not to be charged with the test's haste.
            if (stub.Requests.Count > asked) await Task.Delay(100);
            if (guarding.IsCompleted) return (tenths + 1) / 10.0;
        }
        return null;
    }

    string Row(string status, string executed) =>
        Samples.SpotOrder("r", 28, status, executed).Replace("1763800000123", time.GetUtcNow().ToUnixTimeMilliseconds().ToString());

    void Hear(string status) => rig.SpotWatch.Heard(SpotOrders.Order(WireText(Row(status, "0"))));

    static System.Text.Json.JsonElement WireText(string text) => System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(text);

    [Fact]
    public async Task Gives_it_up_within_five_seconds_of_what_REST_told()
    {
        rig.SpotWatch.Told(SpotOrders.Order(WireText(Row("NEW", "0"))));
        Assert.InRange(await GivenUpAfter(10) ?? 99, 2, 5);
        Assert.Contains("the stream is deaf: order 28 of BTCUSDT is New", (await Assert.ThrowsAsync<VenueRefusal>(() => guarding)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partly, and still open")]
    [InlineData("wholly, and in no list any more")]
    public async Task Gives_it_up_within_ten_seconds_of_a_fill_of_a_resting_order(string filled)
    {
        Hear("NEW");
        open = $"[{Row("NEW", "0")}]";
        // Right after a comparison is the worst moment.
        for (var tenths = 0; stub.Requests.IsEmpty; tenths++)
        {
            Assert.True(tenths < 600, "the venue is not asked");
            Assert.Null(await GivenUpAfter(0.1));
        }
        if (filled.StartsWith("partly", StringComparison.Ordinal)) open = $"[{Row("PARTIALLY_FILLED", "0.004")}]";
        else (open, order) = ("[]", (200, Row("FILLED", "0.01")));
        Assert.InRange(await GivenUpAfter(20) ?? 99, 5, 10);
    }

    [Fact]
    public async Task Leaves_it_alone_while_nothing_is_alive_and_asks_the_venue_nothing()
    {
        Hear("NEW");
        Hear("CANCELED");
        Assert.Null(await GivenUpAfter(12));
        Assert.Empty(stub.Requests);
    }
}
