using Chimera.S4.HttpAdapter.Telemetry;
using Chimera.S4.Router.Hosting;
using Chimera.S4.Router.Intake;
using Chimera.S4.Router.Messaging;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Shutdown;
using Chimera.S4.Router.Venues.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chimera.S4.Router.Tests.Hosting;

public class A_wrong_setting
{
    static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();

    [Theory]
    [InlineData("S4_ID_PREFIX", "s", "'s' is not 2–4 characters of A–Z, a–z, 0–9, _ and -.")]
    [InlineData("S4_ID_PREFIX", "s4!", "'s4!' is not 2–4 characters of A–Z, a–z, 0–9, _ and -.")]
    [InlineData("S4_ID_PREFIX", "s4s4s", "'s4s4s' is not 2–4 characters of A–Z, a–z, 0–9, _ and -.")]
    [InlineData("S4_INTENT_MAX_AGE", "60", "'60' is not a duration from 1s to 24h inclusive, such as 1m.")]
    [InlineData("S4_INTENT_MAX_AGE", "25h", "'25h' is not a duration from 1s to 24h inclusive, such as 1m.")]
    [InlineData("S4_INTENT_MAX_AGE", "-5s", "'-5s' is not a duration from 1s to 24h inclusive, such as 1m.")]
    [InlineData("S4_INTENT_MAX_AGE", "99999999999999999999h", "'99999999999999999999h' is not a duration from 1s to 24h inclusive, such as 1m.")]
    [InlineData("S4_QUOTE_MAX_AGE", "99ms", "'99ms' is not a duration from 100ms to 10m inclusive, such as 10s.")]
    [InlineData("S4_ABSENCE_SETTLE", "soon", "'soon' is not a duration from 1s to 1h inclusive, such as 1m.")]
    [InlineData("S4_ABSENCE_SETTLE", "61m", "'61m' is not a duration from 1s to 1h inclusive, such as 1m.")]
    [InlineData("S4_SHUTDOWN_BOUND", "999ms", "'999ms' is not a duration from 1s to 10m inclusive, such as 25s.")]
    [InlineData("S4_FUT_LEVERAGE", "126", "'126' is not a whole number of times from 1 to 125 inclusive, such as 20.")]
    [InlineData("S4_FUT_MARGIN_TYPE", "isolated", "'isolated' is not one of ISOLATED, CROSSED.")]
    [InlineData("S4_RABBITMQ_URI", "rabbit:hunter2@here", "the value (not shown: it may hold a password) is not amqp://user:password@host:port/vhost, or amqps://….")]
    [InlineData("S4_EXCHANGE", "live", "'live' is not one of paper, binance.")]
    [InlineData("S4_LOG_LEVEL", "loud", "'loud' is not one of Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("S4_LOG_LEVEL", "17", "'17' is not one of Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("S4_RECALIBRATE_AT", "24:00", "'24:00' is neither a time of day in UTC from 00:00 to 23:59, such as 00:10, nor off.")]
    [InlineData("S4_TCA_SOURCE", "nowhere.jsonl", "there is no file 'nowhere.jsonl'; it has a leg a line, such as /var/lib/s11/tca.jsonl.")]
    [InlineData("S4_TCA_SOURCE", "tca.csv", "'tca.csv' is neither a file whose name ends in .jsonl nor a collection, such as tca.")]
    [InlineData("S4_TCA_SOURCE", "tca", "'tca' is a collection and S4_DB_ARANGO_URLS names no ArangoDB; a file's name ends in .jsonl.")]
    [InlineData("S4_LOG_FORMAT", "xml", "'xml' is not one of human, json.")]
    public async Task Is_refused_by_its_name_its_form_and_its_range(string name, string value, string says)
    {
        var settings = Settings((name, value));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            IntakeOptions.Read(settings);
            GatewayOptions.Read(settings);
            BusOptions.Read(settings);
            RecalibrationOptions.Read(settings);
            ShutdownOptions.Read(settings);
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Configuration.AddConfiguration(settings);
            builder.AddLogs(quiet: false);
            await (await builder.AddExchange()).DisposeAsync();
        });
        Assert.Equal($"{name}: {says}", refusal.Message);
    }

    [Fact]
    public void Includes_a_broker_without_a_shared_store()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => BusOptions.Read(Settings(("S4_RABBITMQ_URI", "amqp://u:hunter2@host"))));
        Assert.StartsWith("S4_REDIS_ADDRESSES: not set; S4_RABBITMQ_URI needs it", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000ms", 1)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("", 60)]
    public void Is_none_of_these_durations(string text, double seconds) => Assert.Equal(seconds, GatewayOptions.Read(Settings(("S4_ABSENCE_SETTLE", text))).AbsenceSettle.TotalSeconds);

    [Theory]
    [InlineData("--exit", "--exit: it goes with --demo.")]
    [InlineData("--dry-run", "--dry-run: it goes with --recalibrate.")]
    [InlineData("--dmeo", "--dmeo: not a switch of the router; there are --demo, --exit, --recalibrate and --dry-run, and settings as --S4_NAME=value or in the environment.")]
    public void Includes_a_wrong_switch(string argument, string says) => Assert.Equal(says, Assert.Throws<OptionsValidationException>(() => CommandLine.Read([argument])).Message);

    [Fact]
    public async Task Is_named_beside_every_other_one()
    {
        await using var router = new RouterProcess(("S4_BINANCE_RECV_WINDOW_MS", "0"), ("S4_SYMBOLS", "eth/usdt"), ("S4_REDIS_ADDRESSES", "here"));
        Assert.Equal(2, await router.Exit());
        foreach (var name in new[] { "S4_BINANCE_RECV_WINDOW_MS is 0", "S4_SYMBOLS holds 'eth/usdt'", "S4_REDIS_ADDRESSES: 'here'" }) Assert.Contains(name, router.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", router.Errors + router.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S4_EXCHANGE", "live", "S4_EXCHANGE: 'live' is not one of paper, binance.")]
    [InlineData("S4_ID_PREFIX", "toolong", "S4_ID_PREFIX: 'toolong' is not 2–4 characters")]
    [InlineData("S4_BINANCE_RECV_WINDOW_MS", "0", "S4_BINANCE_RECV_WINDOW_MS is 0; allowed: 1–60000")]
    [InlineData("S4_HTTP_URLS", "http://0.0.0.0:8084", "S4_HTTP_URLS is \"http://0.0.0.0:8084\"; allowed: a loopback address")]
    [InlineData("S4_RESULTS_MAX_LENGTH", "7", "S4_RESULTS_MAX_LENGTH: '7' is not a whole number of lines from 1000 to 10000000 inclusive")]
    public async Task Ends_the_process_with_a_sentence_and_no_stack_trace(string name, string value, string says)
    {
        await using var router = new RouterProcess((name, value));
        Assert.Equal(2, await router.Exit());
        Assert.StartsWith(says, router.Errors, StringComparison.Ordinal);
        Assert.Single(router.Errors.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", router.Errors + router.Output, StringComparison.Ordinal);
    }
}
