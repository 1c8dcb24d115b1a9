using System.Text;
using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_kill_switch_over_http
{
    const string Trade = "trade-key-01234567==", Ops = "ops-key-0123456789";
    static readonly (string, string) Keys = ("S4_API_KEYS", $"trade={Trade},ops={Ops}");

    [Fact]
    public async Task Is_set_by_an_operator_whose_key_is_told_apart_and_not_told()
    {
        SetKillSwitch? heard = null;
        await using var adapter = await AdapterHost.Start(Router(set => heard = set), Keys);

        var answer = await Put(adapter, """{"state":"ON","reason":"runaway"}""", Ops);

        Assert.Equal((200, "ON"), (answer.Status, answer["kill_switch"]));
        Assert.Equal(("ON", "runaway"), (heard!.State, heard.Reason));
        Assert.Matches("^ops [0-9a-f]{8}$", heard.By);
    }

    [Theory]
    [InlineData(Trade, 403)]
    [InlineData(null, 401)]
    public async Task Is_nobody_elses_to_set(string? key, int status)
    {
        await using var adapter = await AdapterHost.Start(Router(_ => throw new InvalidOperationException("the router must not hear of it")), Keys);

        Assert.Equal(status, (await Put(adapter, """{"state":"OFF","reason":"r"}""", key)).Status);
    }

    [Theory]
    [InlineData("""{"reason":"r"}""", "state")]
    [InlineData("""{"state":"on","reason":"r"}""", "state")]
    [InlineData("""{"state":"ON"}""", "reason")]
    [InlineData("""{"state":"ON","reason":""}""", "reason")]
    [InlineData("""{"state":"ON","reason":"r","why":"w"}""", "why")]
    public async Task That_is_malformed_names_the_field(string body, string field)
    {
        await using var adapter = await AdapterHost.Start(Router(_ => throw new InvalidOperationException("the router must not hear of it")));

        var answer = await Put(adapter, body, null);

        Assert.Equal((400, field), (answer.Status, answer["field"]));
    }

    static async Task<Answer> Put(AdapterHost adapter, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/ops/kill-switch") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await adapter.Send(request, key is null ? [] : [("X-API-Key", key)]);
    }

    static FakeRouter Router(Action<SetKillSwitch> heard) => new()
    {
        OnKillSwitch = context =>
        {
            heard(context.Message);
            return context.RespondAsync(new GatesView { KillSwitch = context.Message.State, Breakers = [] });
        },
    };
}
