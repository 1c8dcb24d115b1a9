using System.Text;
using System.Text.Json;
using Chimera.S4.HttpAdapter;
using Chimera.S4.HttpAdapter.Bus;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chimera.S4.Router.Tests.HttpAdapter;

/// <summary>The REST adapter for real on a free loopback port, over an in-memory bus with a <see cref="FakeRouter"/>; waits are cut to what a test can spare.</summary>
sealed class AdapterHost : IAsyncDisposable
{
    readonly WebApplication app;

    AdapterHost(WebApplication app) => this.app = app;

    public HttpClient Http { get; private set; } = new();

    public static Task<AdapterHost> Start(FakeRouter router, params (string Name, string Value)[] settings) => Start(settings, services => services.AddBus(router));

    /// <summary>For a test in which a bound passes: it names the bound. The others keep their real length, which a slow machine does not reach.</summary>
    public static Task<AdapterHost> Start(FakeRouter router, Action<RestAdapterOptions> shorten) => Start([], services => services.AddBus(router).Configure(shorten));

    /// <summary>On a broker that nobody runs.</summary>
    public static Task<AdapterHost> StartWithoutBroker() => Start([], services => services
        .AddRestAdapterBus(new ConfigurationBuilder().AddInMemoryCollection([new("S4_RABBITMQ_URI", "rabbitmq://guest:guest@127.0.0.1:1/")]).Build())
        .Configure<RestAdapterOptions>(options => options.HandOverBound = options.HealthBound = TimeSpan.FromMilliseconds(100)));

    public static WebApplication Build((string Name, string Value)[] settings, Action<IServiceCollection> addBus)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Prepend((Name: "S4_HTTP_WAIT_MS", Value: "5000")).Prepend((Name: "S4_HTTP_URLS", Value: "http://127.0.0.1:0"))
            .GroupBy(s => s.Name).Select(s => new KeyValuePair<string, string?>(s.Key, s.Last().Value)));
        builder.Services.AddRestAdapter();
        addBus(builder.Services);
        return builder.Build().MapRestAdapter();
    }

    static async Task<AdapterHost> Start((string, string)[] settings, Action<IServiceCollection> addBus)
    {
        var app = Build(settings, addBus);
        await app.StartAsync();
        return new AdapterHost(app) { Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) } };
    }

    public async Task<Answer> Post(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await Send(request, headers);
    }

    public async Task<Answer> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, headers);
    }

    public async Task<Answer> Send(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.OriginalString,
            response.Headers.RetryAfter?.Delta, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>As a signal does: the process still serves, and is to end soon.</summary>
    public void TellToStop() => app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

static class InMemoryBus
{
    public static IServiceCollection AddBus(this IServiceCollection services, FakeRouter router) => services
        .AddMassTransit(bus => bus.UsingInMemory((_, memory) => router.Listen(memory)))
        .Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
}

sealed record Answer(int Status, string? MediaType, string? Location, TimeSpan? RetryAfter, JsonElement Json)
{
    public string? this[string field] => Json.GetProperty(field).ToString();
}
