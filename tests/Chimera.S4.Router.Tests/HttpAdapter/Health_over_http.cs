using Chimera.S4.Contracts;
using MassTransit;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class Health_over_http
{
    [Theory]
    [InlineData("OK", 200)]
    [InlineData("DEGRADED", 200)]
    [InlineData("DOWN", 503)]
    public async Task Is_what_the_router_reports(string status, int http)
    {
        var report = new HealthReport { Status = status, Checks = [new HealthCheck { Name = "redis", Status = status }] };
        await using var adapter = await AdapterHost.Start(new FakeRouter { OnHealth = context => context.RespondAsync(report) });

        var answer = await adapter.Get("/health");

        Assert.Equal(http, answer.Status);
        Assert.Equal($$"""{"status":"{{status}}","checks":[{"name":"redis","status":"{{status}}"}]}""", answer.Json.GetRawText());
    }

    [Fact]
    public async Task Is_down_when_no_router_answers()
    {
        await using var adapter = await AdapterHost.Start(new FakeRouter(), options => options.HealthBound = TimeSpan.FromMilliseconds(100));

        Assert.Equal("503 DOWN bus=OK router=DOWN", Told(await adapter.Get("/health")));
        Assert.Equal(200, (await adapter.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task Is_down_and_not_ready_but_alive_without_a_broker()
    {
        await using var adapter = await AdapterHost.StartWithoutBroker();

        Assert.Equal("503 DOWN bus=DOWN router=DOWN", Told(await adapter.Get("/health")));
        Assert.Equal(503, (await adapter.Get("/health/ready")).Status);
        Assert.Equal(200, (await adapter.Get("/health/live")).Status);
    }

    static string Told(Answer answer) =>
        $"{answer.Status} {answer["status"]} {string.Join(" ", answer.Json.GetProperty("checks").EnumerateArray().Select(check => $"{check.GetProperty("name")}={check.GetProperty("status")}"))}";
}
