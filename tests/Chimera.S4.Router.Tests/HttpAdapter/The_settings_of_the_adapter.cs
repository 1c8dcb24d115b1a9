using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Telemetry;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_settings_of_the_adapter
{
    const string Loopback = "a loopback address (127.0.0.1, [::1], localhost), or any address once S4_API_KEYS names keys";
    const string Address = "http:// or https:// addresses separated by ';', such as http://127.0.0.1:8084";
    const string Keys = "a comma list of role=key, role read, trade or ops, key 16–128 visible ASCII characters without comma";

    [Theory]
    [InlineData("S4_HTTP_URLS", "http://0.0.0.0:8084", "\"http://0.0.0.0:8084\"", Loopback)]
    [InlineData("S4_HTTP_URLS", "http://*:8084", "\"http://*:8084\"", Loopback)]
    [InlineData("S4_HTTP_URLS", "http://127.0.0.1:8084;http://[::]:8085", "\"http://[::]:8085\"", Loopback)]
    [InlineData("S4_HTTP_URLS", "127.0.0.1:8084", "\"127.0.0.1:8084\"", Address)]
    [InlineData("S4_HTTP_URLS", ";", "\";\"", Address)]
    [InlineData("S4_HTTP_WAIT_MS", "1s", "\"1s\"", "a whole number of milliseconds, 0–60000")]
    [InlineData("S4_HTTP_WAIT_MS", "60001", "\"60001\"", "a whole number of milliseconds, 0–60000")]
    [InlineData("S4_HTTP_CANCELS_PER_MINUTE", "0", "\"0\"", "a whole number of cancels per minute, 1–100000")]
    [InlineData("S4_HTTP_CANCELS_PER_MINUTE", "100001", "\"100001\"", "a whole number of cancels per minute, 1–100000")]
    [InlineData("S4_API_KEYS", "read=0123456789abcdef,admin=0123456789abcdef", "\"(hidden; entry 2 is wrong)\"", Keys)]
    [InlineData("S4_API_KEYS", "read=short", "\"(hidden; entry 1 is wrong)\"", Keys)]
    [InlineData("S4_API_KEYS", "0123456789abcdef", "\"(hidden; entry 1 is wrong)\"", Keys)]
    public void Name_the_variable_the_value_and_what_is_allowed_when_they_are_wrong(string variable, string value, string quoted, string allowed)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => AdapterHost.Build([(variable, value)], services => services.AddMassTransit(bus => bus.UsingInMemory())));

        Assert.Equal($"{variable} is {quoted}; allowed: {allowed}.", wrong.Message);
    }

    [Theory]
    [InlineData("S4_OTLP_ENDPOINT", "collector:4317", "\"collector:4317\"", "an address http://host:port or https://host:port without a name and password")]
    [InlineData("S4_OTLP_ENDPOINT", "http://me:hunter2@collector:4317", "\"(hidden)\"", "an address http://host:port or https://host:port without a name and password")]
    [InlineData("S4_OTLP_PROTOCOL", "http/json", "\"http/json\"", "grpc or http")]
    [InlineData("S4_TRACE_RATIO", "1.5", "\"1.5\"", "a number from 0 to 1 inclusive")]
    public void Name_what_is_wrong_about_telemetry(string variable, string value, string quoted, string allowed)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => TelemetryOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new(variable, value)]).Build()));
        Assert.Equal($"{variable} is {quoted}; allowed: {allowed}.", wrong.Message);
    }

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:0;http://127.0.0.2:0")]
    public void Take_any_loopback_address_without_keys(string urls) =>
        AdapterHost.Build([("S4_HTTP_URLS", urls)], services => services.AddMassTransit(bus => bus.UsingInMemory()));

    [Fact]
    public void Take_any_address_with_keys()
    {
        var app = AdapterHost.Build([("S4_HTTP_URLS", "http://0.0.0.0:0"), ("S4_API_KEYS", "trade=0123456789abcdef")], services => services.AddMassTransit(bus => bus.UsingInMemory()));

        Assert.Equal("http://0.0.0.0:0", Assert.Single(app.Urls));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("redis://user:hunter2@host")]
    [InlineData("rabbit")]
    public void Ask_for_a_broker_in_a_process_of_its_own(string? uri)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("S4_RABBITMQ_URI", uri)]).Build();

        var wrong = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddRestAdapterBus(configuration));

        Assert.StartsWith("S4_RABBITMQ_URI is ", wrong.Message);
        Assert.DoesNotContain("hunter2", wrong.Message);
    }

    [Theory]
    [InlineData("rabbitmq://u:p%40@host:5673/s4", "amqp://u:p%40@host:5673/s4")]
    [InlineData("rabbitmqs://host", "amqps://host")]
    [InlineData("amqp://host/", "amqp://host/")]
    public void Say_the_same_broker_in_both_clients_words(string bus, string amqp) => Assert.Equal(new Uri(amqp), BusOptions.AsAmqp(new Uri(bus)));
}
