using Xunit;

namespace Chimera.S4.Orders.Tests;

public class A_client_order_id
{
    /// <summary>Stored and sent for years: if this changes, every running order is orphaned.</summary>
    [Fact]
    public void Of_one_intent_is_this_for_ever()
    {
        Assert.Equal(Guid.Parse("ed724e3c-34b8-5fa7-a61c-a7a4c41e8575"), SagaIds.Of("intent-1"));
        Assert.Equal("S47XJOPDS4X6emHKekxB6FdQ0000", new ClientOrderId("S4", SagaIds.Of("intent-1"), Leg: 0, Attempt: 0).ToString());
        Assert.Equal("S47XJOPDS4X6emHKekxB6FdQ12zy", new ClientOrderId("S4", SagaIds.Of("intent-1"), Leg: 38, Attempt: 1294).ToString());
    }

    [Fact]
    public void Reads_back_as_itself() => Seeds.Each(2000, random =>
    {
        var id = Any(random);
        Assert.True(ClientOrderId.TryParse(id.ToString(), id.Prefix, out var read));
        Assert.Equal(id, read);
    });

    [Fact]
    public void Reads_back_from_its_cancel_as_well() => Seeds.Each(2000, random =>
    {
        var id = Any(random);
        Assert.True(ClientOrderId.TryParse(ClientOrderId.CancelId(id.ToString(), random.Next(100)), id.Prefix, out var read));
        Assert.Equal(id, read);
    });

    [Fact]
    public void Fits_into_what_the_venue_allows_with_its_cancel() => Seeds.Each(2000, random =>
    {
        var cancel = ClientOrderId.CancelId(Any(random).ToString(), random.Next(100));
        Assert.Matches("^[A-Za-z0-9_-]{1,36}$", cancel);
    });

    [Fact]
    public void Is_its_own_for_every_intent_leg_and_attempt()
    {
        var saga = SagaIds.Of("intent-1");
        string[] ids =
        [
            new ClientOrderId("s4", saga, 0, 0).ToString(), new ClientOrderId("s4", saga, 0, 1).ToString(), new ClientOrderId("s4", saga, 1, 0).ToString(),
            new ClientOrderId("s4", SagaIds.Of("intent-2"), 0, 0).ToString(), new ClientOrderId("s5", saga, 0, 0).ToString(),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData("web_5c7a1fd02f3b4c1e9d2a", "an order placed by hand")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAA", "too short")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAA00000", "one too long")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAA0000x0", "no cancel of ours")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAA0000c-", "a try is a base-36 digit")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAA0000c00", "two too long")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAA00A0", "numbers are lower case")]
    [InlineData("s4AAAAAAAAAA.AAAAAAAAAAA0000", "the venue allows a dot, base64url does not")]
    [InlineData("s4AAAAAAAAAA:AAAAAAAAAAA0000", "the venue allows a colon")]
    [InlineData("s4AAAAAAAAAA/AAAAAAAAAAA0000", "the venue allows a slash")]
    [InlineData("s4AAAAAAAAAA AAAAAAAAAAA0000", "white space is no letter")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAA==0000", "padding is no letter")]
    [InlineData("s4AAAAAAAAAAAAAAAAAAAAAB0000", "not what the sixteen bytes are written as")]
    [InlineData("S4AAAAAAAAAAAAAAAAAAAAAA0000", "another deployment's prefix")]
    [InlineData("s4\u00e9AAAAAAAAAAAAAAAAAAAAA0000", "no ASCII")]
    public void Of_another_is_refused(string? text, string because) =>
        Assert.False(ClientOrderId.TryParse(text, "s4", out _), because);

    [Fact]
    public void Is_never_read_from_noise_that_it_would_not_write() => Seeds.Each(5000, random =>
    {
        var letters = (Any(random) with { Prefix = "s4" }).ToString().ToCharArray();
        letters[random.Next(letters.Length)] = (char)random.Next(33, 127);
        var text = new string(letters);
        if (ClientOrderId.TryParse(text, "s4", out var read)) Assert.Equal(text, read.ToString());
    });

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1296, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 1296)]
    public void Has_room_for_1296_legs_and_attempts_and_says_so(int leg, int attempt) =>
        Assert.Throws<InvalidOperationException>(() => new ClientOrderId("s4", Guid.Empty, leg, attempt).ToString());

    static ClientOrderId Any(Random random)
    {
        var raw = new byte[16];
        random.NextBytes(raw);
        return new ClientOrderId(random.Pick("s4", "a_b", "Z9-x"), new Guid(raw), random.Next(1296), random.Next(1296));
    }
}
